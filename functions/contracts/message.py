"""Queue messages: segments that wait for Dataverse, with what they are judged by."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, PlainSerializer

from functions.contracts.reports import SegmentReport, Segments
from functions.contracts.wire import Body
from functions.usecases.record_segments import Delivery

SEGMENTS_A_MESSAGE = 100
"""About 35 KB; Storage Queues take 48 KB of text."""

Exact = Annotated[AwareDatetime, PlainSerializer(datetime.isoformat, return_type=str)]
"""To the microsecond, because clocks are compared by it."""


class WaitingSegments(Body):
    """Segments of one person, as she sent them, and when they got here."""

    version: Literal[1] = 1
    sign_in: UUID
    sent_at: Exact
    received_at: Exact
    segments: Segments

    def to_delivery(self) -> Delivery:
        return Delivery(
            segments=tuple(segment.to_segment() for segment in self.segments),
            sent_at=self.sent_at,
            received_at=self.received_at,
        )


def messages(delivery: Delivery, *, sign_in: UUID) -> Iterator[str]:
    """Yield the messages that a delivery takes."""
    for first in range(0, len(delivery.segments), SEGMENTS_A_MESSAGE):
        part = delivery.segments[first : first + SEGMENTS_A_MESSAGE]
        yield WaitingSegments.model_construct(
            sign_in=sign_in,
            sent_at=delivery.sent_at,
            received_at=delivery.received_at,
            segments=tuple(map(SegmentReport.of, part)),
        ).model_dump_json(by_alias=True)
