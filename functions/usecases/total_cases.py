"""Totals per case, for views, charts and dashboards: worked out again, written where they differ.

Every write is absolute and over the version that was seen before the sums were, so of two that work
at once the later sums stay, and a repetition finds nothing to do.

The time of a case that was merged into another counts for the other one. It is moved there whenever
the merged case is totalled: after the merge, and again after whatever arrives late.
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

        What somebody writes meanwhile may stay; the next look shows it.
        """

    def write(self, changes: Collection[TotalChange]) -> frozenset[CaseId]:
        """Write, and return the cases of which the total or the case itself changed meanwhile."""


@dataclass(slots=True)
class Totalled:
    """What became of the cases; ``gone`` are no more, and nothing is kept of them."""

    written: int = 0
    unchanged: int = 0
    gone: set[CaseId] = field(default_factory=set)


def total_cases(cases: Iterable[CaseId], *, totals: KeepsTotals) -> Totalled:
    """Make the totals of cases say what everybody's time amounts to.

    Raises:
        StorageUnavailable: storage does not answer, or the totals keep changing; the same cases
            again find what is left to do.
    """
    outcome = Totalled()
    due = set(cases)
    left: set[CaseId] = set()
    while due:
        merged: dict[CaseId, CaseId] = {}
        for some in portions(sorted(due), CASES_AT_ONCE):
            merged |= _total(some, outcome, totals)
        # The surviving cases come after all that was moved to them, each chain one case at a time.
        due = {merged[case] for case in merged.keys() - left}
        left |= merged.keys()
    return outcome


def _total(
    cases: Collection[CaseId], outcome: Totalled, totals: KeepsTotals
) -> Mapping[CaseId, CaseId]:
    """Total some cases, and return those that were merged into others, with these."""
    merged: dict[CaseId, CaseId] = {}
    for _ in range(ROUNDS):
        seen = totals.look(cases)
        outcome.gone |= {case for case in cases if case not in seen}
        merged |= {case: into for case, each in seen.items() if (into := each.merged_into)}
        moving = {case: merged[case] for case, each in seen.items() if each.have_to_move}
        if moving:
            totals.move(moving)
            continue
        changes = [change for case, figures in seen.items() if (change := _change(case, figures))]
        cases = totals.write(changes) if changes else frozenset()
        outcome.unchanged += len(seen) - len(changes)
        outcome.written += len(changes) - len(cases)
        if not cases:
            return merged
    raise StorageUnavailable("the same totals keep being written elsewhere")


def _change(case: CaseId, figures: CaseFigures) -> TotalChange | None:
    """Return what must be written of a case; one that nobody worked on needs no total."""
    total = CaseTotal(case=case, title=figures.title, time=summed(figures.contributions.values()))
    if figures.recorded is None:
        return TotalChange(total, None) if figures.contributions else None
    if figures.recorded.total == total:
        return None
    return TotalChange(total, figures.recorded.version)
