"""Test data in one line. Times are seconds from noon of an ordinary day, in UTC."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from functions.timekeeping.cases import Case, CaseState
from functions.timekeeping.daily import DailyTime, RecordedDay
from functions.timekeeping.entries import Adjustment, Category, TimeLog
from functions.timekeeping.identifiers import (
    AdjustmentId,
    CaseId,
    RepresentativeId,
    ResolutionId,
    SegmentId,
    TimeLogId,
)
from functions.timekeeping.segments import Limits, ReportedSegment, Segment, Surface
from functions.timekeeping.spans import Span
from functions.timekeeping.totals import TimeByKind
from functions.usecases.record_segments import Delivery
from functions.usecases.resolve_case import Resolution, Snapshot

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)

CASE = CaseId(UUID("5c0e7f3a-0000-4000-8000-000000000001"))
OTHER_CASE = CaseId(UUID("5c0e7f3a-0000-4000-8000-000000000002"))
THIRD_CASE = CaseId(UUID("5c0e7f3a-0000-4000-8000-000000000003"))
AMIRA = RepresentativeId(UUID("a0000000-0000-4000-8000-00000000000a"))
BORIS = RepresentativeId(UUID("b0000000-0000-4000-8000-00000000000b"))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


def snapshot(title: str = "Printer on fire") -> Snapshot:
    resolution = Resolution(id=ResolutionId(UUID(int=1)), resolved_on=NOON, title=title)
    return Snapshot(case=CASE, resolution=resolution, version=12, time=TimeByKind(automatic=60))


def segment_id(number: int) -> SegmentId:
    return SegmentId(UUID(int=number))


def segment(
    start: int,
    end: int,
    case: CaseId = CASE,
    *,
    id: int = 1,  # noqa: A002 - what it is
    focus: int | None = None,
    day: date = TODAY,
    representative: RepresentativeId = AMIRA,
    unjudged_since: float | None = None,
) -> Segment:
    return Segment(
        id=segment_id(id),
        case=case,
        representative=representative,
        focus_started_at=at(start if focus is None else focus),
        span=span(start, end),
        day=day,
        end_reason="interval",
        surface=Surface.WORKSPACE,
        window_id="window-1",
        unjudged_since=None if unjudged_since is None else at(unjudged_since),
    )


def reported(
    start: float,
    end: float,
    case: CaseId = CASE,
    *,
    id: int = 1,  # noqa: A002 - what it is
    focus: float | None = None,
) -> ReportedSegment:
    return ReportedSegment(
        id=segment_id(id),
        case=case,
        focus_started_at=at(start if focus is None else focus),
        started_at=at(start),
        ended_at=at(end),
        end_reason="interval",
        surface=Surface.WORKSPACE,
        window_id="window-1",
    )


def delivery(
    *segments: ReportedSegment,
    received: float = 0,
    sent: float | None = None,
    app: str | None = None,
) -> Delivery:
    """Return a delivery that got here at ``received``, from a clock that is right."""
    sent_at = at(received if sent is None else sent)
    return Delivery(segments=segments, sent_at=sent_at, received_at=at(received), app=app)


def limits(now: float = 0, *, longest: float = 720, oldest: float = -86_400) -> Limits:
    return Limits(now=at(now), longest=timedelta(seconds=longest), oldest=at(oldest))


def case(
    id: CaseId = CASE,  # noqa: A002 - what it is
    state: CaseState = CaseState.ACTIVE,
    *,
    ended: float | None = None,
) -> Case:
    return Case(id=id, state=state, ended_at=None if ended is None else at(ended))


def daily(
    seconds: int,
    case: CaseId = CASE,
    *,
    segments: int = 1,
    day: date = TODAY,
    representative: RepresentativeId = AMIRA,
) -> DailyTime:
    return DailyTime(
        case=case,
        representative=representative,
        day=day,
        tracked_seconds=seconds,
        segment_count=segments,
    )


def recorded(time: DailyTime, version: str = "1") -> RecordedDay:
    return RecordedDay(time, version)


def time_log(
    minutes: int = 15,
    *,
    id: int = 1,  # noqa: A002 - what it is
    representative: RepresentativeId = AMIRA,
    note: str = "",
    voided: bool = False,
) -> TimeLog:
    return TimeLog(
        id=TimeLogId(UUID(int=id)),
        case=CASE,
        representative=representative,
        minutes=minutes,
        category=Category.RESEARCH,
        note=note,
        logged_on=TODAY,
        created_at=NOON,
        voided=voided,
    )


def adjustment(
    from_seconds: int,
    to_seconds: int,
    *,
    id: int = 1,  # noqa: A002 - what it is
    representative: RepresentativeId = AMIRA,
) -> Adjustment:
    return Adjustment(
        id=AdjustmentId(UUID(int=id)),
        case=CASE,
        representative=representative,
        day=TODAY,
        delta_seconds=to_seconds - from_seconds,
        from_seconds=from_seconds,
        to_seconds=to_seconds,
        reason="forgot to close the tab",
        created_at=NOON,
    )
