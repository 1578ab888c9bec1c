import json
from dataclasses import replace
from datetime import timedelta, timezone
from uuid import UUID

import pytest
from pydantic import ValidationError

from functions.contracts.message import WaitingSegments, messages
from functions.usecases.record_segments import Delivery
from tests.builders import at, delivery, reported, segment_id

SIGN_IN = UUID(int=77)
MOST_BYTES = 48 * 1024


def read(message: str) -> WaitingSegments:
    return WaitingSegments.model_validate_json(message)


def many(count: int, letter: str) -> Delivery:
    """Return as long segments as a report can have."""
    longest = replace(
        reported(-60.5, -0.25, focus=-99.125), end_reason=letter * 40, window_id=letter * 100
    )
    segments = (replace(longest, id=segment_id(2**127 + number)) for number in range(count))
    return delivery(*segments)


def test_a_delivery_waits_as_one_message() -> None:
    (message,) = messages(delivery(reported(-60, 0)), sign_in=SIGN_IN)

    assert read(message).sign_in == SIGN_IN
    assert read(message).to_delivery() == delivery(reported(-60, 0))


def test_clocks_are_kept_to_the_microsecond() -> None:
    told = delivery(reported(-60, 0), received=0.000001, sent=-5.999999)

    (message,) = messages(told, sign_in=SIGN_IN)

    waiting = read(message).to_delivery()
    assert (waiting.sent_at, waiting.received_at) == (at(-5.999999), at(0.000001))


def test_bounds_are_kept_as_they_will_be_judged() -> None:
    zone = timezone(timedelta(hours=2))
    there = reported(-60.5, -0.25, focus=-99.125)
    told = replace(there, started_at=there.started_at.astimezone(zone))

    (message,) = messages(delivery(told), sign_in=SIGN_IN)

    assert read(message).to_delivery() == delivery(reported(-61, -1, focus=-100))


@pytest.mark.parametrize("letter", ["w", "ж"])
def test_a_large_delivery_is_cut_into_messages_that_a_queue_takes(letter: str) -> None:
    told = many(201, letter)

    sent = list(messages(told, sign_in=SIGN_IN))

    assert max(len(each.encode()) for each in sent) <= MOST_BYTES
    ids = [segment.id for each in sent for segment in read(each).to_delivery().segments]
    assert ids == [segment.id for segment in told.segments]


def test_a_hundred_segments_wait_as_one_message() -> None:
    assert len(list(messages(many(100, "w"), sign_in=SIGN_IN))) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"version": 2}, id="of a later version"),
        pytest.param({"signIn": "nobody"}, id="of nobody"),
        pytest.param({"receivedAt": "2026-03-10T12:00:00"}, id="naive"),
        pytest.param({"extra": 1}, id="unknown member"),
    ],
)
def test_a_message_of_somebody_else_is_refused(change: dict[str, object]) -> None:
    (message,) = messages(delivery(reported(-60, 0)), sign_in=SIGN_IN)

    with pytest.raises(ValidationError):
        read(json.dumps({**json.loads(message), **change}))
