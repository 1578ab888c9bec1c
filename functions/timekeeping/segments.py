"""Focus segments: what a widget reports, what the server makes of it, and the receipt it sends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId
from functions.timekeeping.spans import SECOND, Span, rounded_down

NETWORK_DELAY = timedelta(seconds=5)
"""A difference between the clocks up to this is the network's and counts as none."""

TIMER_TOLERANCE = timedelta(minutes=2)
"""How much longer than the update interval a segment may last: timers are late, never early."""


class Surface(StrEnum):
    """Where the case was open."""

    WORKSPACE = "workspace"
    HUB = "hub"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSegment:
    """One span of focus as the widget's clock saw it; nothing about it is trusted yet."""

    id: SegmentId
    case: CaseId
    focus_started_at: datetime
    started_at: datetime
    ended_at: datetime
    end_reason: str
    surface: Surface
    window_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Evidence: one representative had one case in focus for a span that lies within one day.

    ``focus_started_at`` is when the focus began that this is a piece of; never after the span's
    start. ``day`` is the day in the reporting time zone at the time of recording.
    ``unjudged_since`` is when it was written past the service, which judges what it records itself.
    """

    id: SegmentId
    case: CaseId
    representative: RepresentativeId
    focus_started_at: datetime
    span: Span
    day: date
    end_reason: str
    surface: Surface
    window_id: str
    unjudged_since: datetime | None = None


class Verdict(StrEnum):
    """What became of a reported segment."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CLAMPED = "clamped"
    QUEUED = "queued"
    REJECTED = "rejected"


class Refusal(StrEnum):
    """Why a reported segment was rejected."""

    FUTURE = "future"
    TOO_OLD = "too_old"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CASE_NOT_FOUND = "case_not_found"
    CASE_NOT_ACTIVE = "case_not_active"
    TRACKING_DISABLED = "tracking_disabled"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Tells the widget that a segment is settled; ``kept`` are the bounds of a clamped one."""

    segment: SegmentId
    verdict: Verdict
    refusal: Refusal | None = None
    kept: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a segment may be at the moment its report is received.

    ``now`` is the server's clock. A segment may last at most ``longest`` and may not begin before
    ``oldest``.
    """

    now: datetime
    longest: timedelta
    oldest: datetime


def clock_skew(*, sent_at: datetime, received_at: datetime) -> timedelta:
    """Return by how much the sender's clock is behind the server's, in whole seconds.

    Negative when it is ahead. Rounded down, so that a corrected clock is never ahead.
    """
    skew = received_at - sent_at
    if abs(skew) <= NETWORK_DELAY:
        return timedelta()
    return timedelta(seconds=skew // SECOND)


def by_server_clock(
    segments: Sequence[ReportedSegment], *, sent_at: datetime, received_at: datetime
) -> tuple[ReportedSegment, ...]:
    """Return the segments as a clock that agrees with the server's would have reported them.

    A clock that is a few seconds ahead is not the network's doing. What it lets end in the future
    is moved back by as much, but never by more than it is ahead, so that nothing need be cut off. A
    part of a second counts as one: where it reaches into the next, bounds are a whole one ahead.
    """
    shift = clock_skew(sent_at=sent_at, received_at=received_at)
    if not shift and segments:
        latest = rounded_down(max(segment.ended_at for segment in segments))
        ahead = timedelta(seconds=max(0, -((received_at - sent_at) // SECOND)))
        shift = -min(ahead, max(timedelta(), latest - rounded_down(received_at)))
    return tuple(
        replace(
            segment,
            focus_started_at=segment.focus_started_at + shift,
            started_at=segment.started_at + shift,
            ended_at=segment.ended_at + shift,
        )
        for segment in segments
    )


def judged(reported: ReportedSegment, limits: Limits) -> Span | Refusal:
    """Return the span that the clocks and limits allow, or why there is none.

    A span that reaches into the future is cut at ``now``; one that lies there wholly is refused::

        reported   |-----------|
        now               ^
        kept       |------|
    """
    return judged_span(rounded_down(reported.started_at), rounded_down(reported.ended_at), limits)


def judged_span(started_at: datetime, ended_at: datetime, limits: Limits) -> Span | Refusal:
    """Return the same of bounds that are whole seconds already."""
    now = rounded_down(limits.now)
    if ended_at <= started_at:
        return Refusal.EMPTY
    if started_at >= now:
        return Refusal.FUTURE
    if ended_at - started_at > limits.longest:
        return Refusal.TOO_LONG
    if started_at < limits.oldest:
        return Refusal.TOO_OLD
    return Span(started_at, min(ended_at, now))


def is_clamped(reported: ReportedSegment, kept: Span) -> bool:
    """Tell whether less was kept of a segment than was reported."""
    return kept.end < rounded_down(reported.ended_at)
