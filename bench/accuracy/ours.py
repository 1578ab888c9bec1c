"""Our figures of a day: what the widget delivers, through the accounting that production runs."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bench.accuracy.day import Day, Resolved
from bench.accuracy.widget import Call, calls
from functions.timekeeping.cases import Case, CaseState
from functions.timekeeping.daily import daily_times
from functions.timekeeping.days import cut_at_midnight
from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId, id_on_day
from functions.timekeeping.segments import ReportedSegment, Segment, by_server_clock, judged
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.spans import Span, rounded_down

REPRESENTATIVE = RepresentativeId(UUID("a0000000-0000-4000-8000-00000000000a"))
BOOK = SettingsBook()
ZONE = BOOK.environment.reporting_zone
"""Every setting has its default: an interval of ten minutes, days in UTC."""


def our_seconds(day: Day) -> Counter[CaseId]:
    """Return the automatic time of each case, over the one or two dates of a shift.

    Judged, cut at midnight and allotted by ``functions.timekeeping``. Days are allotted once, when
    all has arrived: that order and repetition do not matter is for other tests to hold.
    """
    cases = resolved_cases(day)
    evidence: dict[SegmentId, Segment] = {}
    for call in calls(day):
        for segment in _accepted(call, cases):
            evidence.setdefault(segment.id, segment)
    seconds: Counter[CaseId] = Counter()
    for time in daily_times(evidence.values()):
        seconds[time.case] += time.tracked_seconds
    return seconds


def _accepted(call: Call, resolved: Mapping[CaseId, Case]) -> list[Segment]:
    limits = BOOK.limits_at(call.received_at)
    corrected = by_server_clock(call.segments, sent_at=call.sent_at, received_at=call.received_at)
    return [
        piece
        for reported in corrected
        if _was_active(resolved.get(reported.case), reported)
        and isinstance(kept := judged(reported, limits), Span)
        for piece in _cut(reported, kept)
    ]


def _was_active(resolved: Case | None, reported: ReportedSegment) -> bool:
    return resolved is None or resolved.was_active_at(rounded_down(reported.started_at))


def _cut(reported: ReportedSegment, kept: Span) -> list[Segment]:
    return [
        Segment(
            id=reported.id if part.start == kept.start else id_on_day(reported.id, date),
            case=reported.case,
            representative=REPRESENTATIVE,
            focus_started_at=min(rounded_down(reported.focus_started_at), kept.start),
            span=part,
            day=date,
            end_reason=reported.end_reason,
            surface=reported.surface,
            window_id=reported.window_id,
        )
        for date, part in cut_at_midnight(kept, ZONE)
    ]


def resolved_cases(day: Day) -> dict[CaseId, Case]:
    """Return the cases that are resolved in the end; each took time until it was."""
    delay = timedelta(milliseconds=day.network_delay_ms)
    return {
        event.case: Case(
            id=event.case, state=CaseState.RESOLVED, ended_at=day.moment(event.at) + delay
        )
        for event in day.events
        if isinstance(event, Resolved)
    }
