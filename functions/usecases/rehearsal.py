"""What a rebuild would do, without doing it: days and totals as they would be.

Totals are summed by storage, which knows nothing of what was only rehearsed. So the seconds that
days would gain or lose, and the time that merges would move, are added to what storage says.
"""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from functions.timekeeping.daily import DailyTime, DayChange, RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.totals import Contribution
from functions.usecases.total_cases import (
    CaseFigures,
    CaseTotal,
    KeepsTotals,
    RecordedTotal,
    TotalChange,
)

Gains = dict[RepresentativeId, Contribution]
"""What each representative gains on a case; what she loses is a negative gain."""

REHEARSED = "rehearsed"
"""The version of a total that was not written."""


@dataclass(frozen=True, slots=True)
class ForeseenTotal:
    """A total that would be written, over what was recorded before."""

    before: CaseTotal | None
    after: CaseTotal


@dataclass(slots=True)
class Rehearsal:
    """What would have been written so far. Threads may share it; it grows with what is wrong."""

    totals: dict[CaseId, ForeseenTotal] = field(default_factory=dict)
    _gains: dict[CaseId, Gains] = field(default_factory=dict)
    _left: set[CaseId] = field(default_factory=set)
    _strays: set[UUID] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def cases(self) -> frozenset[CaseId]:
        """The cases whose figures would change; storage need not have any of theirs yet."""
        with self._lock:
            return frozenset(self._gains)

    def note_day(self, change: DayChange, before: RecordedDay | None) -> None:
        """Take in a day that would be written over what was recorded, if anything was.

        A row that says to be another's is met twice, as a stray one there and in the place of the
        day that it was made for: what it counts for is lost once.
        """
        after = change.time
        counts_for = after.case
        with self._lock:
            if before is not None and before.stray in self._strays:
                before = None
            elif before is not None and before.stray:
                self._strays.add(before.stray)
            if before is not None:
                counted_for = before.counts_for or before.time.case
                counts_for = after.case if change.put_back else counted_for
                self._gain(counted_for, _tracked(before.time, -before.time.tracked_seconds))
            self._gain(counts_for, _tracked(after, after.tracked_seconds))

    def note_move(self, case: CaseId, figures: CaseFigures, surviving: CaseId) -> None:
        """Take in that all but activities, which storage moves itself, would leave a case."""
        with self._lock:
            self._left.add(case)
            for part in figures.contributions.values():
                moved = replace(part, activities=0)
                self._gain(surviving, moved)
                self._gain(case, _negative(moved))

    def note_total(self, total: CaseTotal, before: CaseTotal | None) -> None:
        """Take in a total that would be written."""
        with self._lock:
            earlier = self.totals.get(total.case)
            self.totals[total.case] = ForeseenTotal(earlier.before if earlier else before, total)

    def foreseen(self, case: CaseId, figures: CaseFigures) -> CaseFigures:
        """Return the figures of a case as they would be."""
        with self._lock:
            parts = dict(figures.contributions)
            for whose, gain in self._gains.get(case, {}).items():
                parts[whose] = _plus(parts.get(whose), gain)
            if case in self._left:
                parts = {whose: part for whose, part in parts.items() if _has_time(part)}
            total = self.totals.get(case)
            recorded = RecordedTotal(total.after, REHEARSED) if total else figures.recorded
            return replace(figures, contributions=parts, recorded=recorded)

    def _gain(self, case: CaseId, gain: Contribution) -> None:
        gains = self._gains.setdefault(case, {})
        gains[gain.representative] = _plus(gains.get(gain.representative), gain)


@dataclass(slots=True)
class RehearsedTotals:
    """Totals as they are kept, for one portion; what would be written is noted instead."""

    kept: KeepsTotals
    rehearsal: Rehearsal
    _seen: dict[CaseId, CaseTotal] = field(default_factory=dict)

    def look(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseFigures]:
        seen = self.kept.look(cases)
        self._seen |= {case: each.recorded.total for case, each in seen.items() if each.recorded}
        return {case: self.rehearsal.foreseen(case, figures) for case, figures in seen.items()}

    def move(self, merged: Mapping[CaseId, CaseId]) -> None:
        there = self.kept.look(sorted(set(merged.values()))).keys()
        for case, figures in self.look(sorted(merged)).items():
            if merged[case] in there:
                self.rehearsal.note_move(case, figures, merged[case])

    def write(self, changes: Collection[TotalChange]) -> frozenset[CaseId]:
        for each in changes:
            self.rehearsal.note_total(each.total, self._seen.get(each.total.case))
        return frozenset()


def _tracked(day: DailyTime, seconds: int) -> Contribution:
    return Contribution(representative=day.representative, tracked=seconds)


def _plus(part: Contribution | None, gain: Contribution) -> Contribution:
    if part is None:
        return gain
    return replace(
        part,
        tracked=part.tracked + gain.tracked,
        adjusted=part.adjusted + gain.adjusted,
        corrections=part.corrections + gain.corrections,
        time_logs=part.time_logs + gain.time_logs,
    )


def _negative(part: Contribution) -> Contribution:
    return replace(
        part,
        tracked=-part.tracked,
        adjusted=-part.adjusted,
        corrections=-part.corrections,
        time_logs=-part.time_logs,
    )


def _has_time(part: Contribution) -> bool:
    return any((part.tracked, part.adjusted, part.corrections, part.time_logs, part.activities))
