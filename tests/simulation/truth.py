"""What is true of a story, second by second, and what time by hand amounts to.

Nothing of the code under test is asked. A second belongs to the case whose focus began last among
all that are in focus in it. Seconds a sleeping device and closed cases have none; a killed browser
loses what came after its last beat. What was worked on a case that is deleted may have become
evidence before or not: a second that it won may count for the case that it was won from.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.agenda import BEGINNING
from tests.simulation.story import (
    Cancelled,
    Corrected,
    Crashed,
    Deleted,
    LogChanged,
    Logged,
    LogRestored,
    LogVoided,
    Merged,
    Reactivated,
    ReportsIn,
    Resolved,
    Slept,
    Step,
    Story,
    TaskDone,
    Worked,
)

BEAT_SECONDS = 5
SECONDS_A_MINUTE = 60

Spot = tuple[int, int, date]
"""A representative, the case she worked on, a day."""


@dataclass(slots=True)
class CaseLife:
    """When a case was closed: each time from, until (``None``: for good).

    ``merged_at`` is the place of the merge among the steps in their order.
    """

    closed: list[tuple[int, int | None]] = field(default_factory=list)
    deleted: bool = False
    merged_into: int | None = None
    merged_at: int = -1
    survived: bool = False

    @property
    def is_open(self) -> bool:
        return not self.closed or self.closed[-1][1] is not None

    def is_closed_at(self, second: int) -> bool:
        return any(since <= second and (to is None or second < to) for since, to in self.closed)

    def close(self, at: int) -> None:
        if self.is_open:
            self.closed.append((at, None))

    def open(self, at: int) -> None:
        self.closed[-1] = (self.closed[-1][0], at)


@dataclass(frozen=True, slots=True)
class Truth:
    """What every figure must be.

    Args:
        least: seconds of each representative on each case worked on, by day.
        most: the same, with the seconds that a deleted case may have left to another.
        logged: seconds logged by hand, by representative and the case that has them in the end.
        done: seconds of activities, in the same way.
        survivor: which case each case is in the end; deleted ones are none.
    """

    least: Counter[Spot]
    most: Counter[Spot]
    logged: Counter[tuple[int, int]]
    done: Counter[tuple[int, int]]
    survivor: dict[int, int]

    @property
    def seconds(self) -> int:
        return self.most.total()


def truth(story: Story) -> Truth:
    """Return what is true in the end."""
    cases = case_lives(story)
    zones = [step.zone for step in story if isinstance(step, ReportsIn)]
    zone = ZoneInfo(zones[-1] if zones else "UTC")
    least: Counter[Spot] = Counter()
    most: Counter[Spot] = Counter()
    focused = _focused(story, cases)
    for who, seconds in focused.items():
        for second, contenders in seconds.items():
            day = (BEGINNING + timedelta(seconds=second)).astimezone(zone).date()
            contenders.sort(reverse=True)
            for place, (_, case) in enumerate(contenders):
                if not cases[case].deleted:
                    most[who, case, day] += 1
                    least[who, case, day] += place == 0
                    break
    survivor = {case: _survivor(case, cases) for case in cases if not cases[case].deleted}
    return Truth(least, most, _logged(story, cases), _done(story, cases), survivor)


def case_lives(story: Story) -> defaultdict[int, CaseLife]:
    """Return what became of each case that anything happened to."""
    lives: defaultdict[int, CaseLife] = defaultdict(CaseLife)
    for place, step in enumerate(_in_order(story)):
        match step:
            case Merged(case=case, into=into, at=at):
                if case != into and lives[case].is_open and lives[into].is_open:
                    lives[case].close(at)
                    lives[case].merged_into, lives[case].merged_at = into, place
                    lives[into].survived = True
            case Resolved() | Cancelled() | Reactivated() | Deleted():
                _go_on(lives[step.case], step)
            case Worked(case=case) | TaskDone(case=case) | Logged(case=case) | Corrected(case=case):
                lives[case]
            case _:
                pass
    return lives


def _go_on(life: CaseLife, step: Resolved | Cancelled | Reactivated | Deleted) -> None:
    in_a_merge = life.merged_into is not None or life.survived
    match step:
        case Reactivated():
            if not (life.is_open or life.deleted or life.merged_into is not None):
                life.open(step.at)
        case Deleted():
            if not in_a_merge:
                life.deleted = True
                life.close(step.at)
        case Resolved() | Cancelled():
            life.close(step.at)


def _focused(
    story: Story, cases: defaultdict[int, CaseLife]
) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Return for each representative and second when each focus began, and on which case."""
    seconds: defaultdict[int, defaultdict[int, list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for step in story:
        if isinstance(step, Worked):
            for second, began in _seen(step, story, cases[step.case]):
                seconds[step.who][second].append((began, step.case))
    return {who: dict(of) for who, of in seconds.items()}


def _seen(step: Worked, story: Story, case: CaseLife) -> Iterator[tuple[int, int]]:
    """Yield each second that is known of a window, with the moment its focus began."""
    hers = [
        each
        for each in story
        if isinstance(each, Slept | Crashed) and (each.who, each.device) == (step.who, step.device)
    ]
    asleep = [each for each in hers if isinstance(each, Slept)]
    crashes = [each.at for each in hers if isinstance(each, Crashed)]
    end = min([step.end, *(at for at in crashes if step.start < at < step.end)])
    begins = [step.start, *(each.end for each in asleep), *(to for _, to in case.closed if to)]
    began: list[int | None] = []
    for second in range(step.start, end):
        counts = not case.is_closed_at(second) and not any(
            each.start <= second < each.end for each in asleep
        )
        began.append(max(at for at in begins if at <= second) if counts else None)
    if end < step.end and began and began[-1] is not None:
        del began[len(began) - (end - began[-1]) % BEAT_SECONDS :]
    for second, since in enumerate(began, step.start):
        if since is not None:
            yield second, since


def _logged(story: Story, cases: defaultdict[int, CaseLife]) -> Counter[tuple[int, int]]:
    minutes: dict[int, int] = {}
    voided: set[int] = set()
    of: dict[int, tuple[int, int]] = {}
    for step in _in_order(story):
        match step:
            case Logged(log=log):
                minutes[log] = step.minutes
                of[log] = step.who, step.case
            case LogChanged(log=log) if log in of:
                minutes[log] = step.minutes
            case LogVoided(log=log) if log in of:
                voided.add(log)
            case LogRestored(log=log):
                voided.discard(log)
            case _:
                pass
    seconds: Counter[tuple[int, int]] = Counter()
    for log, (who, case) in of.items():
        if log not in voided and not cases[case].deleted:
            seconds[who, _survivor(case, cases)] += minutes[log] * SECONDS_A_MINUTE
    return seconds


def _done(story: Story, cases: defaultdict[int, CaseLife]) -> Counter[tuple[int, int]]:
    """Return the seconds of activities: those that are there at a merge move, later ones stay."""
    done: Counter[tuple[int, int]] = Counter()
    for place, step in enumerate(_in_order(story)):
        if isinstance(step, TaskDone):
            case = step.case
            while cases[case].merged_at > place:
                case = _into(cases[case])
            if not cases[case].deleted:
                done[step.who, case] += step.minutes * SECONDS_A_MINUTE
    return done


def _into(life: CaseLife) -> int:
    assert life.merged_into is not None
    return life.merged_into


def _survivor(case: int, cases: defaultdict[int, CaseLife]) -> int:
    into = cases[case].merged_into
    return case if into is None else _survivor(into, cases)


def _in_order(story: Iterable[Step]) -> list[Step]:
    return sorted(story, key=lambda step: getattr(step, "at", 0))
