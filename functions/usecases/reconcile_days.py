"""Recorded days are made again from their segments, and then the totals of their cases.

Nobody waits for it and nobody is locked out: a day is written only over the version it was worked
out from, and read again only if that failed. A segment that comes between reading and writing is
counted by who brings it, or by the next run, as all that is new. A repetition finds nothing to do,
so whoever fails half way is simply run again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from functions.timekeeping.daily import (
    DayChange,
    RecordedDay,
    WorkDay,
    changes,
    outdated_days,
)
from functions.timekeeping.days import day_of
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.settings import Settings, SettingsBook
from functions.usecases.ledger import Evidence
from functions.usecases.portions import portions
from functions.usecases.total_cases import KeepsTotals, Totalled, total_cases

DAYS_AT_ONCE = 10
"""A day of a busy representative has about a hundred segments: a thousand rows at a time."""

ROUNDS = 4
"""How often to write and read again before a day is left to a later delivery."""


Place = tuple[RepresentativeId, date, CaseId, UUID | None]
"""Where a recorded day is: whose, when, of which case, in which row if it is a stray one."""


class Drift(StrEnum):
    """What was wrong with a recorded day."""

    MISSING = "missing"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    MISCOUNTED = "miscounted"
    """The seconds were right, the number of segments was not."""
    MISPLACED = "misplaced"
    """It counted for a case that was not the one of its segments, without a merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysWritten:
    """Which changes were not written, and why.

    Args:
        overtaken: the day was written elsewhere meanwhile.
        gone: the case is no more.
        refused: the representative may not have such a day now, or nobody can act for her.
    """

    overtaken: frozenset[DayChange] = frozenset()
    gone: frozenset[DayChange] = frozenset()
    refused: frozenset[DayChange] = frozenset()


class KeepsDays(Protocol):
    """Evidence and recorded days as the service sees them. Raises ``StorageUnavailable``."""

    def settings(self) -> SettingsBook: ...

    def look(
        self, days: Mapping[RepresentativeId, Collection[date]]
    ) -> Mapping[RepresentativeId, Evidence]:
        """Return the recorded days, and the evidence as it was after they were read."""

    def write(
        self, due: Collection[DayChange], sign_ins: Mapping[RepresentativeId, UUID | None]
    ) -> DaysWritten:
        """Write days over their versions; new ones as whose they are.

        ``sign_ins`` has everybody whose days these are; one that is not given is looked up.
        """


@dataclass(frozen=True, slots=True)
class MendedDay:
    """A day that was wrong and is right now; without ``seconds_before`` it was not there."""

    change: DayChange
    drift: Drift
    seconds_before: int | None


@dataclass(slots=True)
class Reconciled:
    """What became of the days.

    Args:
        segments: how many were seen.
        mended: days that were wrong and are right now.
        too_old: days whose evidence may have expired; they are left as they are.
        waiting: days of which fewer segments can be seen than they were made from, or that keep
            changing; they are left as they are for now.
        of_gone_cases: days of cases that are no more.
        unwritable: days that nobody could write for the representative.
        cases: all cases of the days.
        totals: what became of these.
    """

    segments: int = 0
    mended: list[MendedDay] = field(default_factory=list)
    too_old: int = 0
    waiting: set[WorkDay] = field(default_factory=set)
    of_gone_cases: set[DayChange] = field(default_factory=set)
    unwritable: set[DayChange] = field(default_factory=set)
    cases: set[CaseId] = field(default_factory=set)
    totals: Totalled = field(default_factory=Totalled)

    @property
    def drift(self) -> Counter[Drift]:
        """How many days were mended, by what was wrong."""
        return Counter(each.drift for each in self.mended)

    @property
    def gone(self) -> int:
        return len(self.of_gone_cases)

    @property
    def refused(self) -> int:
        return len(self.unwritable)


def reconcile_days(
    work_days: Mapping[WorkDay, UUID | None],
    *,
    now: datetime,
    days: KeepsDays,
    totals: KeepsTotals,
) -> Reconciled:
    """Make the recorded days say what their segments amount to, and totals what days amount to.

    Args:
        work_days: which days; with each the sign-in of whose it is, where that is known.
        now: decides with the retention which days are too old.
        days: where evidence and days are kept.
        totals: where totals are kept.

    Raises:
        StorageUnavailable: storage does not answer; the same days again find what is left to do.
    """
    outcome = mend_days(work_days, now=now, days=days)
    outcome.totals = total_cases(outcome.cases, totals=totals)
    return outcome


def mend_days(
    work_days: Mapping[WorkDay, UUID | None], *, now: datetime, days: KeepsDays
) -> Reconciled:
    """Do the same without the totals, for whoever makes these afterwards."""
    oldest = oldest_day(days.settings().environment, now)
    due = sorted(each for each in work_days if each.day >= oldest)
    outcome = Reconciled(too_old=len(work_days) - len(due))
    sign_ins = {each.representative: work_days[each] for each in due}
    for some in portions(due, DAYS_AT_ONCE):
        _Mending(outcome, days, sign_ins).mend(some)
    return outcome


def oldest_day(settings: Settings, now: datetime) -> date:
    """Return the first day that can be made again: no segment of it has expired."""
    return day_of(now, settings.reporting_zone) - timedelta(days=settings.retention_days)


@dataclass(slots=True)
class _Mending:
    """A few days under way; ``left`` are changes that cannot be made."""

    outcome: Reconciled
    days: KeepsDays
    sign_ins: Mapping[RepresentativeId, UUID | None]
    left: set[DayChange] = field(default_factory=set)

    def mend(self, work_days: Iterable[WorkDay]) -> None:
        rest = set(work_days)
        for _ in range(ROUNDS):
            seen = self.days.look(_by_representative(rest))
            self.outcome.segments += sum(len(evidence.segments) for evidence in seen.values())
            due = [each for evidence in seen.values() for each in self._due(evidence)]
            written = self.days.write(due, self.sign_ins) if due else DaysWritten()
            self._take_in(due, written, _recorded(seen.values()))
            rest = {_work_day(each) for each in written.overtaken}
            if not rest:
                return
        self.outcome.waiting |= rest

    def _due(self, evidence: Evidence) -> list[DayChange]:
        """Return what is to be written of one representative's days."""
        self.outcome.cases |= {each.case for each in evidence.segments}
        self.outcome.cases |= {case for each in evidence.recorded for case in each.cases}
        outdated = outdated_days(evidence.segments, evidence.recorded)
        self.outcome.waiting |= {
            _work_day(each) for each in evidence.recorded if each.time.day in outdated
        }
        return [
            change
            for change in changes(evidence.segments, evidence.recorded)
            if change.time.day not in outdated and change not in self.left
        ]

    def _take_in(
        self,
        due: Collection[DayChange],
        written: DaysWritten,
        before: Mapping[Place, int],
    ) -> None:
        self.left |= written.gone | written.refused
        self.outcome.of_gone_cases |= written.gone
        self.outcome.unwritable |= written.refused
        left = self.left | written.overtaken
        done = ((each, before.get(_place(each))) for each in due if each not in left)
        self.outcome.mended += [
            MendedDay(each, _drift(each, seconds), seconds) for each, seconds in done
        ]


def _by_representative(work_days: Iterable[WorkDay]) -> dict[RepresentativeId, set[date]]:
    days: defaultdict[RepresentativeId, set[date]] = defaultdict(set)
    for each in work_days:
        days[each.representative].add(each.day)
    return dict(days)


def _work_day(day: DayChange | RecordedDay) -> WorkDay:
    return WorkDay(day.time.representative, day.time.day)


def _place(day: DayChange | RecordedDay) -> Place:
    return day.time.representative, day.time.day, day.time.case, day.stray


def _recorded(seen: Iterable[Evidence]) -> dict[Place, int]:
    """Return the seconds as they were recorded."""
    return {
        _place(each): each.time.tracked_seconds for evidence in seen for each in evidence.recorded
    }


def _drift(change: DayChange, seconds_before: int | None) -> Drift:
    if change.put_back:
        return Drift.MISPLACED
    if seconds_before is None:
        return Drift.MISSING
    if seconds_before == change.time.tracked_seconds:
        return Drift.MISCOUNTED
    few = seconds_before < change.time.tracked_seconds
    return Drift.TOO_FEW if few else Drift.TOO_MANY
