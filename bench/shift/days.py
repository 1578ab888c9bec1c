"""Ordinary days, made up from a seed: what a representative does in eight hours, about.

She works on a case for nine minutes in the mean and then does something of ``TIMES_AN_HOUR``; after
half of the day she has 45 minutes of lunch. One in five compares cases in two windows. Nothing
fails, and no clock is wrong. Assumptions of ours, all of them; ``bench.accuracy.working_days`` has
hectic days, with twice as many calls.
"""

import math
from collections.abc import Callable
from datetime import date
from random import Random
from uuid import UUID

from bench.accuracy.day import (
    Absence,
    Closed,
    Day,
    Device,
    Event,
    Left,
    Opened,
    Resolved,
    Returned,
    Showed,
    Turned,
    Window,
)
from functions.timekeeping.identifiers import CaseId

SHIFT_SECONDS = 8 * 3600
LUNCH_SECONDS = 45 * 60
MEDIAN_STINT_SECONDS, SPREAD, LONGEST_STINT_SECONDS = 420, 0.8, 45 * 60
CASES_AT_ONCE = 4
"""Open in sessions, among which she switches."""

COMPARERS = 5
"""One of so many works in two windows now and then."""

MAIN, SECOND = Window(1, Device.DESK), Window(2, Device.DESK)
DAY = date(2026, 3, 10)


def ordinary_day(number: int, *, seed: int) -> Day:
    """Return one day; the same seed and number give the same everywhere."""
    shift = _Shift(Random(f"{seed}/{number}"), compares=number % COMPARERS == 0)
    shift.work()
    return Day(
        date=DAY,
        events=tuple(shift.events),
        outages=(),
        clock_sets=(),
        clock_errors_ms={},
        network_delay_ms=0,
    )


class _Shift:
    """Her day so far: ``now`` goes on as she works."""

    def __init__(self, rng: Random, *, compares: bool) -> None:
        self.events: list[Event] = []
        self._rng = rng
        self._now = 0
        self._cases = [self._new_case() for _ in range(CASES_AT_ONCE)]
        self._case = self._cases[0]
        self._times = {
            what: weight
            for what, weight in TIMES_AN_HOUR.items()
            if compares or what is not _Shift.compare
        }

    def work(self) -> None:
        lunch_at = SHIFT_SECONDS // 2
        self.events.append(Opened(self._now, MAIN, self._case))
        while self._now < SHIFT_SECONDS:
            self._stint()
            if self._now > lunch_at:
                lunch_at = 2 * SHIFT_SECONDS
                self._leave(Absence.LOCK, LUNCH_SECONDS)
            else:
                self._rng.choices([*self._times], [*self._times.values()])[0](self)
        self._stint()
        self.events.append(Closed(self._now, MAIN))

    def switch(self) -> None:
        self._show(self._rng.choice([each for each in self._cases if each != self._case]))

    def resolve(self) -> None:
        """Resolve the case and begin with a new one."""
        self.events.append(Resolved(self._now, self._case))
        self._cases[self._cases.index(self._case)] = new = self._new_case()
        self._now += self._between(2, 40)
        self._show(new)

    def look_elsewhere(self) -> None:
        self._leave(Absence.OTHER_PROGRAM, self._between(20, 480))

    def lock(self) -> None:
        self._leave(Absence.LOCK, self._between(120, 900))

    def reload(self) -> None:
        self.events.append(Closed(self._now, MAIN))
        self._now += self._between(2, 6)
        self.events.append(Opened(self._now, MAIN, self._case))

    def compare(self) -> None:
        """Open another window on a case, and go to and fro."""
        other = self._rng.choice([each for each in self._cases if each != self._case])
        self.events.append(Opened(self._now, SECOND, other))
        for window in (MAIN, SECOND):
            self._now += self._between(15, 240)
            self.events.append(Turned(self._now, window))
        self._now += self._between(15, 240)
        self.events += [Closed(self._now, SECOND), Turned(self._now, MAIN)]

    def _show(self, case: CaseId) -> None:
        self._case = case
        self.events.append(Showed(self._now, MAIN, case))

    def _leave(self, absence: Absence, seconds: int) -> None:
        self.events.append(Left(self._now, Device.DESK, absence))
        self._now += seconds
        self.events.append(Returned(self._now, Device.DESK))

    def _stint(self) -> None:
        drawn = self._rng.lognormvariate(math.log(MEDIAN_STINT_SECONDS), SPREAD)
        self._now += max(5, min(LONGEST_STINT_SECONDS, int(drawn)))

    def _new_case(self) -> CaseId:
        return CaseId(UUID(int=self._rng.getrandbits(128), version=4))

    def _between(self, least: int, most: int) -> int:
        return self._rng.randint(least, most)


TIMES_AN_HOUR: dict[Callable[[_Shift], None], float] = {
    _Shift.switch: 3,
    _Shift.resolve: 1,
    _Shift.look_elsewhere: 1,
    _Shift.lock: 0.5,
    _Shift.compare: 0.5,
    _Shift.reload: 0.1,
}
"""How often each thing happens, about."""
