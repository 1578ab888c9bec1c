"""A representative corrects her own automatic time on a case; the evidence stays as it is.

The correction's id follows from those before it, their number and sum: of two that start from the
same figures only one is written, the other starts again, and a repetition finds nothing to do.
"""

from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import uuid5

from functions.timekeeping.days import day_of
from functions.timekeeping.entries import Adjustment
from functions.timekeeping.errors import CaseNotFound, InvalidEntry
from functions.timekeeping.identifiers import NAMESPACE, AdjustmentId, CaseId
from functions.timekeeping.totals import CaseTime, Contribution
from functions.usecases.ledger import Ledger, Look, StorageUnavailable
from functions.usecases.show_case_time import case_time

ROUNDS = 4
"""How often to start again while the same representative corrects elsewhere."""


class WritesAdjustments(Protocol):
    """Where corrections go."""

    def add(self, adjustment: Adjustment) -> bool:
        """Write the correction; ``False`` when there is one with its id already."""


def correct_own_time(
    case: CaseId,
    duration_seconds: int,
    *,
    reason: str,
    app: str | None,
    now: datetime,
    ledger: Ledger,
    adjustments: WritesAdjustments,
) -> CaseTime:
    """Make the caller's automatic time on the case this many seconds and return the new figures.

    Raises:
        CaseNotFound: the caller may not read the case.
        InvalidEntry: the case was merged into another.
        StorageUnavailable: storage does not answer, or the figures keep changing.
    """
    for _ in range(ROUNDS):
        snapshot = ledger.look(Look(cases=frozenset({case}), figures_of=case, app=app))
        if case not in snapshot.cases:
            raise CaseNotFound(f"no case {case}")
        if snapshot.cases[case].merged_into:
            raise InvalidEntry("caseId", "it was merged into another case, where its time counts")
        settings = snapshot.settings.for_app(app)
        figures = dict(snapshot.figures)
        own = figures.get(snapshot.representative) or Contribution(
            representative=snapshot.representative
        )
        if own.automatic != duration_seconds:
            adjustment = Adjustment(
                id=_next_id(case, own),
                case=case,
                representative=own.representative,
                day=day_of(now, snapshot.settings.environment.reporting_zone),
                delta_seconds=duration_seconds - (own.tracked + own.adjusted),
                from_seconds=own.automatic,
                to_seconds=duration_seconds,
                reason=reason,
                created_at=now,
            )
            if not adjustments.add(adjustment):
                continue
            adjusted = own.adjusted + adjustment.delta_seconds
            figures[own.representative] = replace(own, adjusted=adjusted)
        return case_time(figures, snapshot=snapshot, case=case, settings=settings, now=now)
    raise StorageUnavailable("the same time keeps being corrected elsewhere")


def _next_id(case: CaseId, own: Contribution) -> AdjustmentId:
    name = f"adjustment/{case}/{own.representative}/{own.corrections}/{own.adjusted}"
    return AdjustmentId(uuid5(NAMESPACE, name))
