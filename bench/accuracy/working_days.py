"""Makes up working days from a seed: the same seed and number give the same day everywhere.

How often things happen is an assumption, stated in ``TIMES_A_DAY`` for all to see; every method is
measured over the same days. A day is a shift of about seven hours with a lunch break; some begin in
the afternoon and end after midnight.
"""

import math
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bench.accuracy.day import (
    Absence,
    ClockSet,
    Closed,
    Crashed,
    Day,
    Device,
    Event,
    Fault,
    Left,
    Opened,
    Outage,
    Resolved,
    Returned,
    Showed,
    Turned,
    Window,
)
from functions.timekeeping.identifiers import CaseId

FIRST_DAY = date(2026, 1, 5)
SHIFT_SECONDS = 7 * 3600
MINUTE = 60

STINT_SECONDS, LONGEST_STINT_SECONDS = 180, 45 * MINUTE
"""The median and the most that she works on a case before something happens."""

DESK, LAPTOP = Device.DESK, Device.LAPTOP
LOCKS_ITSELF_AFTER_SECONDS = 15 * MINUTE
"""A device that is left on."""

FEWEST_OTHERS = 3
"""Among how many other cases she chooses at least."""

MAIN = Window(1, DESK)
ON_LAPTOP = Window(100, LAPTOP)


def working_days(count: int, *, seed: int) -> Iterator[Day]:
    """Yield so many days."""
    return (working_day(number, seed=seed) for number in range(count))


def working_day(number: int, *, seed: int, seconds: int = SHIFT_SECONDS) -> Day:
    """Return one day; ``seconds`` is how long the shift lasts, about."""
    rng = Random(f"{seed}/{number}")
    shift = _Shift(rng, begins=rng.choice((7, 8, 8, 9, 9, 10, 14, 19)) * 3600)
    shift.work(seconds)
    return Day(
        date=FIRST_DAY + timedelta(days=number),
        events=tuple(shift.events),
        outages=tuple(shift.outages),
        clock_sets=tuple(shift.clock_sets),
        clock_errors_ms={device: _clock_error_ms(rng) for device in Device},
        network_delay_ms=rng.randint(30, 900),
    )


def _clock_error_ms(rng: Random) -> int:
    """Most clocks are right to two seconds; one in six is off by up to three hours."""
    most = 3 * 3_600_000 if rng.random() < 1 / 6 else 2_000
    return rng.randint(-most, most)


class _Shift:
    """Her day so far: ``now`` goes on as she works."""

    def __init__(self, rng: Random, *, begins: int) -> None:
        self.events: list[Event] = []
        self.outages: list[Outage] = []
        self.clock_sets: list[ClockSet] = []
        self._rng = rng
        self._now = begins
        self._windows = MAIN.number
        self._cases = [CaseId(UUID(int=rng.getrandbits(128), version=4)) for _ in range(4)]
        self._case = self._cases[0]
        self._laptop_is_on = False

    def work(self, seconds: int) -> None:
        begun = self._now
        lunch = begun + seconds // 2
        names = list(TIMES_A_DAY)
        weights = list(TIMES_A_DAY.values())
        self._open()
        while self._now < begun + seconds:
            self._stint()
            if lunch is not None and self._now > lunch:
                self._leave(Absence.LOCK, self._between(30 * MINUTE, 50 * MINUTE))
                lunch = begun + 2 * seconds
            else:
                self._rng.choices(names, weights)[0](self)
        self._stint()
        if self._rng.random() < 1 / 2:
            self.events.append(Closed(self._now, MAIN))
        else:
            self.events.append(Left(self._now, DESK, Absence.LOCK))

    def switch(self) -> None:
        self._case = self._another()
        self.events.append(Showed(self._now, MAIN, self._case))

    def look_elsewhere(self) -> None:
        self._leave(Absence.OTHER_PROGRAM, self._between(20, 8 * MINUTE))

    def lock(self) -> None:
        self._leave(Absence.LOCK, self._between(2 * MINUTE, 15 * MINUTE))

    def sleep(self) -> None:
        self._leave(Absence.SLEEP, self._between(5 * MINUTE, 45 * MINUTE))

    def reload(self) -> None:
        self._end_main(Closed(self._now, MAIN), away_seconds=self._between(2, 6))

    def close(self) -> None:
        self._end_main(Closed(self._now, MAIN), away_seconds=self._between(10, 10 * MINUTE))

    def crash(self) -> None:
        self._end_main(Crashed(self._now, DESK), away_seconds=self._between(20, 5 * MINUTE))

    def resolve(self) -> None:
        """Resolve the case, look at it for a moment, and go on with another."""
        self.events.append(Resolved(self._now, self._case))
        self._cases.remove(self._case)
        self._now += self._between(2, 40)
        self.switch()

    def compare(self) -> None:
        """Work in two windows side by side."""
        self._windows += 1
        second = Window(self._windows, DESK)
        self.events.append(Opened(self._now, second, self._another()))
        for _ in range(self._between(1, 4)):
            self._now += self._between(15, 4 * MINUTE)
            self.events.append(Turned(self._now, MAIN))
            self._now += self._between(15, 4 * MINUTE)
            self.events.append(Turned(self._now, second))
        self._now += self._between(5, MINUTE)
        self.events += [Closed(self._now, second), Turned(self._now, MAIN)]

    def take_the_laptop(self) -> None:
        """Work elsewhere for a while; the desk is locked, or stays on until it locks itself."""
        begun, locked = self._now, self._rng.random() < 1 / 2
        if locked:
            self.events.append(Left(self._now, DESK, Absence.LOCK))
            self._now += self._between(30, 3 * MINUTE)
        if self._laptop_is_on:
            self.events.append(Returned(self._now, LAPTOP))
            self._now += self._between(2, 20)
            self.events.append(Showed(self._now, ON_LAPTOP, self._another()))
        else:
            self.events.append(Opened(self._now, ON_LAPTOP, self._another()))
        self._laptop_is_on = True
        for _ in range(self._between(0, 3)):
            self._now += self._between(30, 8 * MINUTE)
            self.events.append(Showed(self._now, ON_LAPTOP, self._another()))
        self._now += self._between(30, 8 * MINUTE)
        absence = self._rng.choice((Absence.LOCK, Absence.SLEEP))
        self.events.append(Left(self._now, LAPTOP, absence))
        if not locked and self._now > begun + LOCKS_ITSELF_AFTER_SECONDS:
            locked = True
            self.events.append(Left(begun + LOCKS_ITSELF_AFTER_SECONDS, DESK, Absence.LOCK))
            self.events.sort(key=lambda event: event.at)
        if locked:
            self._now += self._between(30, 3 * MINUTE)
            self.events.append(Returned(self._now, DESK))

    def lose_the_network(self) -> None:
        self._outage(Fault.UNREACHABLE, self._between(MINUTE, 40 * MINUTE), DESK)

    def lose_the_service(self) -> None:
        self._outage(Fault.UNREACHABLE, self._between(30, 15 * MINUTE))

    def lose_answers(self) -> None:
        self._outage(Fault.ANSWER_LOST, self._between(30, 15 * MINUTE))

    def set_the_clock(self) -> None:
        by_ms = self._rng.randint(-2 * 3_600_000, 2 * 3_600_000)
        self.clock_sets.append(ClockSet(self._now, DESK, by_ms))

    def _stint(self) -> None:
        drawn = self._rng.lognormvariate(math.log(STINT_SECONDS), 1.0)
        self._now += max(5, min(LONGEST_STINT_SECONDS, int(drawn)))

    def _open(self) -> None:
        self.events.append(Opened(self._now, MAIN, self._case))

    def _end_main(self, end: Closed | Crashed, *, away_seconds: int) -> None:
        self.events.append(end)
        self._now += away_seconds
        self._open()

    def _leave(self, absence: Absence, seconds: int) -> None:
        self.events.append(Left(self._now, DESK, absence))
        self._now += seconds
        self.events.append(Returned(self._now, DESK))

    def _outage(self, fault: Fault, seconds: int, device: Device | None = None) -> None:
        start = self._now - self._between(0, 2 * MINUTE)
        self.outages.append(Outage(start, start + seconds, fault, device))

    def _another(self) -> CaseId:
        """Return another case: one of those she works on today, or now and then a new one."""
        others = [case for case in self._cases if case != self._case]
        if len(others) < FEWEST_OTHERS or self._rng.random() < 1 / 5:
            others = [CaseId(UUID(int=self._rng.getrandbits(128), version=4))]
            self._cases += others
        return self._rng.choice(others)

    def _between(self, least: int, most: int) -> int:
        return self._rng.randint(least, most)


TIMES_A_DAY: dict[Callable[[_Shift], None], float] = {
    _Shift.switch: 45,
    _Shift.look_elsewhere: 8,
    _Shift.resolve: 6,
    _Shift.lock: 3,
    _Shift.compare: 2,
    _Shift.reload: 1.5,
    _Shift.close: 1.5,
    _Shift.take_the_laptop: 1,
    _Shift.lose_the_network: 1,
    _Shift.lose_answers: 1,
    _Shift.sleep: 0.7,
    _Shift.lose_the_service: 0.5,
    _Shift.crash: 0.2,
    _Shift.set_the_clock: 0.02,
}
"""How often each thing happens on a day, about."""
