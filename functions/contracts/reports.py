"""What the widget reports: focus that came or went, and finished segments."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from functions.contracts.parameters import AppName
from functions.contracts.wire import Body, Moment, NewId, at_most
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.timekeeping.segments import ReportedSegment, Surface
from functions.usecases.record_segments import Delivery

MOST_SEGMENTS = 500

Word = StringConstraints(min_length=1, pattern=r"^[\w .:/-]+$")
EndReason = Annotated[str, Word, at_most(40)]
WindowName = Annotated[str, Word, at_most(100)]


class SegmentReport(Body):
    """A span of focus by the widget's clock; ``endReason`` is a word such as ``interval``."""

    id: NewId
    case_id: UUID
    focus_started_at: Moment
    started_at: Moment
    ended_at: Moment
    end_reason: EndReason
    surface: Surface
    window_id: WindowName

    def to_segment(self) -> ReportedSegment:
        return ReportedSegment(
            id=SegmentId(self.id),
            case=CaseId(self.case_id),
            focus_started_at=self.focus_started_at,
            started_at=self.started_at,
            ended_at=self.ended_at,
            end_reason=self.end_reason,
            surface=self.surface,
            window_id=self.window_id,
        )

    @classmethod
    def of(cls, segment: ReportedSegment) -> "SegmentReport":
        """Return the report of a segment that was not recorded yet, to be sent on."""
        return cls.model_construct(
            id=segment.id,
            case_id=segment.case,
            focus_started_at=segment.focus_started_at,
            started_at=segment.started_at,
            ended_at=segment.ended_at,
            end_reason=segment.end_reason,
            surface=segment.surface,
            window_id=segment.window_id,
        )


def _ids_differ(segments: tuple[SegmentReport, ...]) -> tuple[SegmentReport, ...]:
    places: dict[UUID, int] = {}
    for place, segment in enumerate(segments):
        first = places.setdefault(segment.id, place)
        if first != place:
            raise ValueError(f"items {first} and {place} have the same id")
    return segments


Segments = Annotated[
    tuple[SegmentReport, ...], Field(max_length=MOST_SEGMENTS), AfterValidator(_ids_differ)
]


class Report(Body):
    """Segments, and when the widget's clock said they were sent."""

    sent_at: Moment
    segments: Segments = ()

    def to_delivery(self, *, received_at: datetime) -> Delivery:
        return Delivery(
            segments=tuple(segment.to_segment() for segment in self.segments),
            sent_at=self.sent_at,
            received_at=received_at,
        )


class OutboxReport(Report):
    """``POST segments``: finished segments of any cases."""

    segments: Segments


class RefreshReport(Report):
    """``POST cases/{caseId}/refresh``: an interval is over, or Refresh was chosen."""

    surface: Surface
    app: AppName | None = None

    def to_delivery(self, *, received_at: datetime) -> Delivery:
        return replace(super().to_delivery(received_at=received_at), app=self.app)


class FocusEvent(StrEnum):
    """Whether the case got or lost the focus."""

    GAINED = "gained"
    LOST = "lost"


class FocusReport(RefreshReport):
    """``POST cases/{caseId}/focus``: the focus came or went."""

    event: FocusEvent
