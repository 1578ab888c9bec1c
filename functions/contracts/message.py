"""Queue messages: segments that wait for Dataverse, with what they are judged by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, PlainSerializer

from functions.contracts.parameters import AppName
from functions.contracts.poison import fits_when_put_aside
from functions.contracts.reports import SegmentReport, Segments
from functions.contracts.wire import Body
from functions.usecases.record_segments import Delivery

QUEUE = "focus-segments"
STORAGE = "AzureWebJobsStorage"
"""The app setting that names the storage account of the queue."""

Exact = Annotated[AwareDatetime, PlainSerializer(datetime.isoformat, return_type=str)]
"""To the microsecond, because clocks are compared by it."""


class WaitingSegments(Body):
    """Segments of one person, as she sent them, and when they got here."""

    version: Literal[1] = 1
    sign_in: UUID
    sent_at: Exact
    received_at: Exact
    app: AppName | None = None
    segments: Segments

    def to_delivery(self) -> Delivery:
        return Delivery(
            segments=tuple(segment.to_segment() for segment in self.segments),
            sent_at=self.sent_at,
            received_at=self.received_at,
            app=self.app,
        )


def messages(delivery: Delivery, *, sign_in: UUID) -> Iterator[str]:
    """Yield the messages that a delivery takes, none for nothing; each can be put aside."""
    if not delivery.segments:
        return
    message = WaitingSegments.model_construct(
        sign_in=sign_in,
        sent_at=delivery.sent_at,
        received_at=delivery.received_at,
        app=delivery.app,
        segments=tuple(map(SegmentReport.of, delivery.segments)),
    ).model_dump_json(by_alias=True)
    if fits_when_put_aside(message) or len(delivery.segments) == 1:
        yield message
        return
    middle = len(delivery.segments) // 2
    for part in (delivery.segments[:middle], delivery.segments[middle:]):
        yield from messages(replace(delivery, segments=part), sign_in=sign_in)
