"""A widget delivers finished segments; they become evidence, and the days say what they amount to.

Idempotent by the segments' ids and the days' ids: the same delivery again changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.timekeeping.cases import Case
from functions.timekeeping.daily import RecordedDay
from functions.timekeeping.days import cut_at_midnight
from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.identifiers import CaseId, SegmentId, id_on_day
from functions.timekeeping.segments import (
    Limits,
    Receipt,
    Refusal,
    ReportedSegment,
    Segment,
    Verdict,
    by_server_clock,
    is_clamped,
    judged,
)
from functions.timekeeping.settings import widest_limits
from functions.timekeeping.spans import Span, rounded_down
from functions.usecases.ledger import Ledger, Look, Snapshot
from functions.usecases.settlement import Settled, settle

Fate = Span | Verdict | Refusal
"""What a reported segment may count for: this span, nothing more, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Segments as a widget sent them: by its own clock, and when they got here by ours.

    ``app`` is where they come from, if that is known.
    """

    segments: tuple[ReportedSegment, ...] = ()
    sent_at: datetime
    received_at: datetime
    app: str | None = None

    def corrected(self) -> tuple[ReportedSegment, ...]:
        """Return the segments by the server's clock."""
        return by_server_clock(self.segments, sent_at=self.sent_at, received_at=self.received_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a delivery came to, and what was seen on the way."""

    receipts: tuple[Receipt, ...]
    snapshot: Snapshot
    days: tuple[RecordedDay, ...]


def record_segments(
    delivery: Delivery,
    *,
    ledger: Ledger,
    figures_of: CaseId | None = None,
) -> Recorded:
    """Record what may be recorded and tell the fate of each segment.

    ``figures_of`` is the case whose figures are wanted too.

    Raises:
        CaseNotFound: the caller may not read the case whose figures she wants; nothing is written.
        StorageUnavailable: not all is settled; the same delivery again settles it.
        NotARepresentative: the caller is no user of the environment.
    """
    reported = delivery.corrected()
    widest = widest_limits(delivery.received_at)
    spans = tuple(span for each in reported if isinstance(span := judged(each, widest), Span))
    cases = {each.case for each in reported} | ({figures_of} if figures_of else set())
    snapshot = ledger.look(
        Look(cases=frozenset(cases), figures_of=figures_of, spans=spans, app=delivery.app)
    )
    if figures_of is not None and figures_of not in snapshot.cases:
        raise CaseNotFound(f"no case {figures_of}")

    judge = _Judge(
        enabled=snapshot.settings.tracks_in(delivery.app),
        limits=snapshot.settings.limits_at(delivery.received_at),
        cases=snapshot.cases,
        may_track=snapshot.may_track,
        known=frozenset(segment.id for segment in snapshot.evidence.segments),
    )
    fates = [(each, judge.fate(each)) for each in reported]
    pieces = {
        each.id: tuple(_pieces(each, fate, snapshot))
        for each, fate in fates
        if isinstance(fate, Span)
    }
    # The piece with the segment's own id goes last: when it is known, so are all the others.
    settled = settle([of[::-1] for of in pieces.values()], snapshot, ledger=ledger)
    return Recorded(
        receipts=tuple(
            _receipt(each, fate, pieces.get(each.id, ()), settled) for each, fate in fates
        ),
        snapshot=snapshot,
        days=settled.recorded,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Decides what a segment may count for, before anything is written."""

    enabled: bool
    limits: Limits
    cases: Mapping[CaseId, Case]
    may_track: bool
    known: frozenset[SegmentId]

    def fate(self, reported: ReportedSegment) -> Fate:
        if reported.id in self.known:
            return Verdict.DUPLICATE
        if not self.enabled:
            return Refusal.TRACKING_DISABLED
        case = self.cases.get(reported.case)
        if case is None:
            return Refusal.CASE_NOT_FOUND
        if not self.may_track:
            return Refusal.NOT_ALLOWED
        if not case.was_active_at(rounded_down(reported.started_at)):
            return Refusal.CASE_NOT_ACTIVE
        return judged(reported, self.limits)


def _pieces(reported: ReportedSegment, kept: Span, snapshot: Snapshot) -> Iterable[Segment]:
    """Yield the evidence of one report: a piece for each day it touches."""
    zone = snapshot.settings.environment.reporting_zone
    began = min(rounded_down(reported.focus_started_at), kept.start)
    for day, part in cut_at_midnight(kept, zone):
        yield Segment(
            id=reported.id if part.start == kept.start else id_on_day(reported.id, day),
            case=reported.case,
            representative=snapshot.representative,
            focus_started_at=began,
            span=part,
            day=day,
            end_reason=reported.end_reason,
            surface=reported.surface,
            window_id=reported.window_id,
        )


def _receipt(
    reported: ReportedSegment, fate: Fate, pieces: tuple[Segment, ...], settled: Settled
) -> Receipt:
    match fate:
        case Refusal():
            return Receipt(segment=reported.id, verdict=Verdict.REJECTED, refusal=fate)
        case Verdict():
            return Receipt(segment=reported.id, verdict=fate)
        case Span():  # pragma: no branch - there is no other fate
            pass
    refusals = [settled.refused[piece.id] for piece in pieces if piece.id in settled.refused]
    if refusals:
        return Receipt(segment=reported.id, verdict=Verdict.REJECTED, refusal=refusals[0])
    if reported.id in settled.taken:
        return Receipt(segment=reported.id, verdict=Verdict.DUPLICATE)
    if is_clamped(reported, fate):
        return Receipt(segment=reported.id, verdict=Verdict.CLAMPED, kept=fate)
    return Receipt(segment=reported.id, verdict=Verdict.ACCEPTED)
