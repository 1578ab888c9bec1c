"""Reconciliation leaves time and threads to people."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from functions import wiring
from functions.repositories import pace
from functions.repositories.pace import Pace, Turns
from functions.usecases.ledger import StorageUnavailable

HOST = json.loads((Path(wiring.__file__).parents[1] / "host.json").read_text(encoding="utf-8"))


def rests(*seconds: float) -> list[float]:
    """Return the rests that follow requests which take so long."""
    found: list[float] = []

    def readings() -> Iterator[float]:
        now = 0.0
        for each in seconds:
            yield now
            now += each
            yield now

    clock = readings()
    pace = Pace(lambda: next(clock), found.append)
    for _ in seconds:
        with pace.request():
            pass
    return found


def test_a_request_is_followed_by_a_rest_as_long() -> None:
    assert rests(0.25, 2.0) == [0.25, 2.0]


def test_no_rest_is_longer_than_ten_seconds() -> None:
    assert rests(60.0) == [10.0]


def test_a_request_that_took_no_time_needs_no_rest() -> None:
    assert rests(0.0) == []


def test_where_the_line_is_full_a_message_stays_in_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "MOST_IN_LINE", 1)
    turns = Turns()

    with turns.turn(), pytest.raises(StorageUnavailable, match="enough"), turns.turn():
        pass

    with turns.turn():
        pass  # the turn came back


def test_a_burst_of_messages_finds_room_in_the_line() -> None:
    queues = HOST["extensions"]["queues"]

    assert queues["batchSize"] + queues["newBatchThreshold"] <= pace.MOST_IN_LINE


def test_who_waits_too_long_goes_back_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LONGEST_WAIT_SECONDS", 0.0)
    turns = Turns()

    with turns.turn(), pytest.raises(StorageUnavailable, match="takes long"), turns.turn():
        pass


def test_a_message_ends_before_the_host_ends_it() -> None:
    longest = wiring.RECONCILING_SECONDS + pace.LONGEST_WAIT_SECONDS + pace.LONGEST_REST_SECONDS

    assert timedelta(seconds=longest) < duration(HOST["functionTimeout"])


def test_a_message_outlives_two_days_without_dataverse() -> None:
    queues = HOST["extensions"]["queues"]

    lasts = queues["maxDequeueCount"] * duration(queues["visibilityTimeout"])
    assert lasts >= timedelta(days=2)
    assert lasts < timedelta(days=7), "a message of a Storage Queue lives no longer"


def duration(text: str) -> timedelta:
    hours, minutes, seconds = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
