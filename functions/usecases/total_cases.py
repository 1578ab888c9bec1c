"""Totals per case, for views, charts and dashboards: worked out again, written where they differ.

Every write is absolute and over the version that was seen before the sums were, so of two that work
at once the later sums stay, and a repetition finds nothing to do.

The time of a case that was merged into another counts for the other one. It is moved there whenever
the merged case is totalled: after the merge, and again after whatever arrives late. What cannot be
moved, because the surviving case is gone, stays where it is and counts there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.totals import Contribution, TimeByKind, summed
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.portions import portions

CASES_AT_ONCE = 50
"""They share four sums, and Dataverse sums up 50,000 rows at most."""

ROUNDS = 4
"""How often to start again while others write the same totals."""

MOVES = 2
"""How often to move what is on merged cases, which others may write to, before it stays there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTotal:
    """What is shown of a case: its title and everybody's seconds."""

    case: CaseId
    title: str
    time: TimeByKind


@dataclass(frozen=True, slots=True)
class RecordedTotal:
    """A total as it is stored, with the version that a change must still find."""

    total: CaseTotal
    version: str


@dataclass(frozen=True, slots=True)
class TotalChange:
    """A total to be written; over ``version``, or for the first time when ``None``."""

    total: CaseTotal
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigures:
    """A case, the total recorded of it, and what everybody contributed, seen in this order."""

    title: str
    merged_into: CaseId | None = None
    recorded: RecordedTotal | None
    contributions: Mapping[RepresentativeId, Contribution]

    @property
    def have_to_move(self) -> bool:
        """Tell whether time of ours stays on a case that is none any more."""
        return self.merged_into is not None and any(
            each.tracked or each.corrections or each.time_logs
            for each in self.contributions.values()
        )


class KeepsTotals(Protocol):
    """Where figures are summed and totals are kept. Raises ``StorageUnavailable``."""

    def look(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseFigures]:
        """Return the figures of those cases that there are."""

    def move(self, merged: Mapping[CaseId, CaseId]) -> None:
        """Let what was recorded on merged cases count for those that survived.

        What somebody writes meanwhile may stay, and all does of which the surviving case is gone;
        the next look shows it.
        """

    def write(self, changes: Collection[TotalChange]) -> frozenset[CaseId]:
        """Write, and return the cases of which the total or the case itself changed meanwhile."""


@dataclass(slots=True)
class Totalled:
    """What became of the cases.

    Args:
        gone: are no more, and nothing is kept of them.
        stayed: were merged into others, and still have time that could not be moved there.
    """

    written: int = 0
    unchanged: int = 0
    gone: set[CaseId] = field(default_factory=set)
    stayed: set[CaseId] = field(default_factory=set)


@dataclass(slots=True)
class _Followed:
    """Merged cases with the surviving ones, and from which of them time was moved."""

    merged: dict[CaseId, CaseId] = field(default_factory=dict)
    moved: set[CaseId] = field(default_factory=set)


def total_cases(
    cases: Iterable[CaseId], *, totals: KeepsTotals, at_once: int = CASES_AT_ONCE
) -> Totalled:
    """Make the totals of cases say what everybody's time amounts to.

    Raises:
        StorageUnavailable: storage does not answer, or the totals keep changing; the same cases
            again find what is left to do.
    """
    outcome = Totalled()
    due = set(cases)
    known: set[CaseId] = set()
    passes = 0
    # Each pass goes one merge further. More of them than there are merged cases go in a circle.
    while due and passes <= len(known):
        followed = _Followed()
        for some in portions(sorted(due), at_once):
            _total(some, outcome, followed, totals)
        # Whoever was given time comes after all that was moved to it, whether totalled before or
        # not; and the first to follow a merge asks for the surviving case in any case, because
        # somebody else may have moved time there and failed before it was totalled.
        due = {
            into
            for case, into in followed.merged.items()
            if case in followed.moved or case not in known
        }
        known |= followed.merged.keys()
        passes += 1
    return outcome


def _total(
    cases: Collection[CaseId], outcome: Totalled, followed: _Followed, totals: KeepsTotals
) -> None:
    """Total some cases, after what is on merged ones was moved away."""
    moves = 0
    for _ in range(MOVES + ROUNDS):
        seen = totals.look(cases)
        outcome.gone |= {case for case in cases if case not in seen}
        followed.merged |= {case: into for case, each in seen.items() if (into := each.merged_into)}
        staying = {case: followed.merged[case] for case, each in seen.items() if each.have_to_move}
        if staying and moves < MOVES:
            totals.move(staying)
            followed.moved |= staying.keys()
            moves += 1
            continue
        outcome.stayed = outcome.stayed - seen.keys() | staying.keys()
        changes = [change for case, figures in seen.items() if (change := _change(case, figures))]
        cases = totals.write(changes) if changes else frozenset()
        outcome.unchanged += len(seen) - len(changes)
        outcome.written += len(changes) - len(cases)
        if not cases:
            return
    raise StorageUnavailable("the same totals keep being written elsewhere")


def _change(case: CaseId, figures: CaseFigures) -> TotalChange | None:
    """Return what must be written of a case; one that nobody worked on needs no total."""
    total = CaseTotal(case=case, title=figures.title, time=summed(figures.contributions.values()))
    if figures.recorded is None:
        return TotalChange(total, None) if figures.contributions else None
    if figures.recorded.total == total:
        return None
    return TotalChange(total, figures.recorded.version)
