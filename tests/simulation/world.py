"""Makes up stories: the same seed, the same story.

How often things happen is no claim about offices: a shift is short, and has the mishaps of a year.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.simulation.mishaps import (
    Died,
    Down,
    Fate,
    Ill,
    Overtaken,
    QueuesWent,
    StaleCopies,
    Trouble,
    WebhooksWent,
    When,
)
from tests.simulation.story import (
    Cancelled,
    ClockIsOff,
    Corrected,
    Crashed,
    DayMadeWrong,
    DaysErased,
    Deleted,
    LogChanged,
    Logged,
    LogRestored,
    LogVoided,
    Merged,
    MyTimeSet,
    Reactivated,
    ReportsIn,
    Resolved,
    Slept,
    Step,
    Story,
    TaskDone,
    WasOffline,
    Worked,
)

MINUTE, HOUR, DAY = 60, 3_600, 86_400
DESK, LAPTOP = 1, 2
ZONES = ("UTC", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
STINT_SECONDS = 240
"""Half of all stints on a case are shorter than this, and half are longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything: representatives, days, and how long a shift is about."""

    representatives: int = 2
    days: int = 1
    shift_seconds: int = HOUR


def story(seed: int | str, scale: Scale) -> Story:
    """Return the story of a seed."""
    rng = Random(seed)
    office = _Office(rng, scale)
    for who in range(1, scale.representatives + 1):
        for day in range(scale.days):
            _Shift(office, who, day * DAY).work()
    office.run_cases()
    office.close_behind_a_back()
    office.go_wrong()
    return tuple(office.steps)


@dataclass(slots=True)
class _Office:
    """What is made up so far; ``hours`` are spans in which somebody works."""

    rng: Random
    scale: Scale
    steps: list[Step] = field(default_factory=list)
    hours: list[tuple[int, int]] = field(default_factory=list)
    logs: int = 0
    begins: int = 0

    def __post_init__(self) -> None:
        self.steps.append(ReportsIn(zone=self.rng.choice(ZONES)))
        self.begins = self.rng.choice(range(6, 24)) * HOUR

    @property
    def cases(self) -> int:
        return 3 * self.scale.representatives + 2

    def case_of(self, who: int) -> int:
        """Return one of her own cases, or one that everybody knows."""
        own = [3 * who, 3 * who + 1, 3 * who + 2]
        return self.rng.choice([*own, *own, 1, 2])

    def moment(self) -> int:
        """Return a moment at which somebody works."""
        start, end = self.rng.choice(self.hours)
        return self.rng.randint(start, end)

    def happens(self, times_a_shift: float) -> int:
        """Return how often something happens in all that happens so often in a shift."""
        return self.often(times_a_shift * len(self.hours))

    def often(self, expected: float) -> int:
        return int(expected) + (self.rng.random() < expected % 1)

    def close_behind_a_back(self) -> None:
        """Close a case, or merge it, while somebody's device cannot tell what she did on it."""
        rng, add = self.rng, self.steps.append
        for _ in range(self.happens(0.5)):
            work = rng.choice(self._worked_on_before() or self._worked())
            at = work.end + rng.randint(1, 10 * MINUTE)
            back = at + rng.randint(MINUTE, 30 * MINUTE)
            add(WasOffline(who=work.who, device=work.device, start=work.start, end=back))
            into = rng.randint(1, self.cases)
            if into != work.case and rng.random() < 2 / 3:
                add(Merged(case=work.case, into=into, at=at))
            else:
                add(Resolved(case=work.case, at=at))

    def _worked(self) -> list[Worked]:
        return [step for step in self.steps if isinstance(step, Worked)]

    def _worked_on_before(self) -> list[Worked]:
        """Return work on cases that had some a quarter of an hour earlier: it was totalled."""
        first: dict[int, int] = {}
        for step in self._worked():
            first[step.case] = min(step.end, first.get(step.case, step.end))
        return [step for step in self._worked() if first[step.case] + 16 * MINUTE < step.start]

    def run_cases(self) -> None:
        """Let cases be closed, opened again, merged and deleted, and activities be done."""
        rng, add = self.rng, self.steps.append
        for _ in range(self.happens(1.2)):
            case, at = rng.randint(1, self.cases), self.moment()
            close = rng.choice((Resolved, Resolved, Cancelled))
            add(close(case=case, at=at))
            if rng.random() < 2 / 3:
                add(Reactivated(case=case, at=at + rng.randint(1, 20 * MINUTE)))
        for _ in range(self.happens(0.6)):
            case, into = rng.sample(range(1, self.cases + 1), 2)
            add(Merged(case=case, into=into, at=self.moment()))
        for _ in range(self.happens(0.15)):
            add(Deleted(case=rng.randint(1, self.cases), at=self.moment()))
        for _ in range(self.happens(0.5)):
            who = rng.randint(1, self.scale.representatives)
            minutes = rng.randint(1, 90)
            add(TaskDone(who=who, case=self.case_of(who), minutes=minutes, at=self.moment()))
        for _ in range(self.happens(0.3)):
            who = rng.randint(1, self.scale.representatives)
            case, at = self.case_of(who), self.moment()
            add(DayMadeWrong(who=who, case=case, seconds=rng.randint(0, 9_999), at=at))
        for _ in range(self.happens(0.2)):
            who = rng.randint(1, self.scale.representatives)
            add(DaysErased(who=who, case=self.case_of(who), at=self.moment()))
        if rng.random() < 1 / 3:
            add(MyTimeSet(visible=False, at=self.moment()))

    def go_wrong(self) -> None:
        """Let Dataverse, the network, the host and the queues be as bad as they can be."""
        rng, add = self.rng, self.steps.append
        for _ in range(self.happens(4)):
            times = rng.choice((1, 1, 2, 4, 5, 12))
            ill, skip = rng.choice(list(Ill)), rng.randint(0, 12)
            add(Trouble(ill=ill, at=self.moment(), skip=skip, times=times))
        for _ in range(self.happens(3)):
            when, skip = rng.choice(list(When)), rng.randint(0, 8)
            add(Died(when=when, at=self.moment(), skip=skip))
        for _ in range(self.happens(4)):
            add(Overtaken(at=self.moment(), skip=rng.randint(0, 8)))
        self._spells(0.7, 20 * MINUTE, lambda start, end: Down(start=start, end=end))
        self._spells(
            0.8,
            30 * MINUTE,
            lambda start, end: StaleCopies(seconds=rng.randint(1, 120), start=start, end=end),
        )
        self._spells(
            0.8,
            30 * MINUTE,
            lambda start, end: WebhooksWent(fate=rng.choice(list(Fate)), start=start, end=end),
        )
        self._spells(
            0.8,
            30 * MINUTE,
            lambda start, end: QueuesWent(
                fate=rng.choice((Fate.TWICE, Fate.LATE)), start=start, end=end
            ),
        )

    def _spells(self, times_a_day: float, longest: int, spell: Callable[[int, int], Step]) -> None:
        for _ in range(self.often(times_a_day * self.scale.days)):
            start = self.moment()
            self.steps.append(spell(start, start + self.rng.randint(MINUTE, longest)))


class _Shift:
    """A representative's day so far: ``now`` goes on as she works."""

    def __init__(self, office: _Office, who: int, midnight: int) -> None:
        self._office = office
        self._rng = office.rng
        self._who = who
        self._now = midnight + office.begins + self._rng.randint(0, HOUR // 2)

    def work(self) -> None:
        rng, add = self._rng, self._office.steps.append
        begun, seconds = self._now, self._office.scale.shift_seconds
        for device in (DESK, LAPTOP):
            if begun < DAY and rng.random() < 1 / 8:
                off = rng.choice((-1, 1)) * rng.randint(6, 3 * HOUR)
                add(ClockIsOff(who=self._who, device=device, seconds=off))
        while self._now < begun + seconds:
            names, weights = zip(*STINTS.items(), strict=True)
            rng.choices(names, weights)[0](self)
            if rng.random() < 1 / 4:
                self._now += rng.randint(1, 10 * MINUTE)
        self._office.hours.append((begun, self._now))
        for _ in range(self._office.often(1.5)):
            start = rng.randint(begun, self._now)
            end = start + rng.randint(MINUTE, 30 * MINUTE)
            device = rng.choice((DESK, DESK, LAPTOP))
            add(WasOffline(who=self._who, device=device, start=start, end=end))
        for _ in range(self._office.often(1.5)):
            self._enter_by_hand(rng.randint(begun, self._now))

    def look(self) -> None:
        """Work on a case."""
        self._work(self._seconds())

    def sleep(self) -> None:
        """Let the device sleep, with a case in front of it."""
        before, asleep = self._seconds(), self._rng.randint(10, 20 * MINUTE)
        start = self._now + before
        self._office.steps.append(
            Slept(who=self._who, device=DESK, start=start, end=start + asleep)
        )
        self._work(before + asleep + self._seconds())

    def crash(self) -> None:
        seconds = self._seconds()
        before = self._rng.randint(1, seconds)
        self._office.steps.append(Crashed(who=self._who, device=DESK, at=self._now + before))
        self._work(seconds)

    def take_the_laptop(self) -> None:
        """Work on the laptop for a while; the desk stays on, with its case in front."""
        start = self._now
        stays = self._seconds() + self._seconds()
        self._now += self._rng.randint(1, MINUTE)
        for _ in range(self._rng.randint(1, 3)):
            self._work(self._seconds(), LAPTOP)
        ended, self._now = self._now, start
        self._work(stays)
        self._now = max(ended, self._now) + 1

    def _work(self, seconds: int, device: int = DESK) -> None:
        start, self._now = self._now, self._now + seconds
        case = self._office.case_of(self._who)
        self._office.steps.append(
            Worked(who=self._who, device=device, case=case, start=start, end=self._now)
        )

    def _seconds(self) -> int:
        drawn = self._rng.lognormvariate(math.log(STINT_SECONDS), 1.0)
        return max(5, min(25 * MINUTE, int(drawn)))

    def _enter_by_hand(self, at: int) -> None:
        rng, add, who = self._rng, self._office.steps.append, self._who
        case = self._office.case_of(who)
        if rng.random() < 2 / 5:
            add(Corrected(who=who, case=case, seconds=rng.randint(1, 2 * HOUR), at=at))
            return
        self._office.logs += 1
        log = self._office.logs
        add(Logged(who=who, case=case, log=log, minutes=rng.randint(1, 90), at=at))
        for _ in range(rng.choice((0, 0, 1, 3))):
            at += rng.randint(1, 15 * MINUTE)
            add(
                rng.choice(
                    (
                        LogChanged(log=log, minutes=rng.randint(1, 90), at=at),
                        LogVoided(log=log, at=at),
                        LogRestored(log=log, at=at),
                    )
                )
            )


STINTS: dict[Callable[[_Shift], None], float] = {
    _Shift.look: 20,
    _Shift.sleep: 1.5,
    _Shift.crash: 1.5,
    _Shift.take_the_laptop: 4,
}
"""How often a stint is of which kind, about."""
