"""The widget's call: deliver what waits, and see what the case's time is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from functions.timekeeping.cases import StopReason, stop_reason
from functions.timekeeping.daily import RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.segments import Receipt
from functions.timekeeping.settings import Settings
from functions.timekeeping.totals import CaseTime, Contribution, shown_and_mine
from functions.usecases.ledger import Ledger, Look, Snapshot
from functions.usecases.record_segments import Delivery, Recorded, record_segments


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """What the widget shows after a call; ``stopped`` is why the case is not tracked now.

    ``time`` is ``None`` when storage does not answer and no earlier figures are known.
    """

    stopped: StopReason | None
    settings: Settings
    receipts: tuple[Receipt, ...]
    time: CaseTime | None


def show_case_time(delivery: Delivery, *, case: CaseId, ledger: Ledger) -> CaseAnswer:
    """Record what was delivered, then tell the case's time with it.

    Raises:
        CaseNotFound: the caller may not read the case; nothing was recorded.
        StorageUnavailable: not all is settled; the same call again settles it.
        NotARepresentative: the caller is no user of the environment.
    """
    recorded = record_segments(delivery, ledger=ledger, figures_of=case)
    settings = recorded.snapshot.settings.for_app(delivery.app)
    return CaseAnswer(
        stopped=stop_reason(recorded.snapshot.cases[case], settings),
        settings=settings,
        receipts=recorded.receipts,
        time=case_time(
            _figures_with_days(recorded, case, ledger=ledger),
            snapshot=recorded.snapshot,
            case=case,
            settings=settings,
            now=delivery.received_at,
        ),
    )


def case_time(
    figures: Mapping[RepresentativeId, Contribution],
    *,
    snapshot: Snapshot,
    case: CaseId,
    settings: Settings,
    now: datetime,
) -> CaseTime:
    """Return the figures as the caller of the snapshot may see them."""
    shown, mine = shown_and_mine(figures, viewer=snapshot.representative, scope=settings.scope)
    return CaseTime(
        case=case,
        scope=settings.scope,
        shown=shown,
        mine=mine,
        updated_at=now,
        next_update_at=now + settings.update_interval,
    )


def _figures_with_days(
    recorded: Recorded, case: CaseId, *, ledger: Ledger
) -> Mapping[RepresentativeId, Contribution]:
    """Return the figures of the look, with the days that were written since.

    When the reporting zone has just changed, the look did not see those days: it is done again.
    """
    viewer, seen = recorded.snapshot.representative, recorded.snapshot.evidence
    if any(each.time.day not in seen.days for each in recorded.days):
        return ledger.look(Look(figures_of=case)).figures
    gained = _seconds_on(case, recorded.days) - _seconds_on(case, seen.recorded)
    own = recorded.snapshot.figures.get(viewer, Contribution(representative=viewer))
    return {**recorded.snapshot.figures, viewer: replace(own, tracked=own.tracked + gained)}


def _seconds_on(case: CaseId, days: Iterable[RecordedDay]) -> int:
    return sum(
        each.time.tracked_seconds for each in days if (each.counts_for or each.time.case) == case
    )
