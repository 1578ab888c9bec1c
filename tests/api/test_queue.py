"""Dataverse is down: segments wait in the queue and count later as if it had not been."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from tests.api.harness import Api, Clock, Reply, reported, stored, wire_time
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

MOST_MESSAGE_BYTES = 48 * 1024
"""What a Storage Queue takes once it is base64."""

OUTAGES: dict[str, dict[str, Any]] = {
    "503": {"status": 503},
    "503 after the effect": {"status": 503, "when": "after"},
    "429": {"status": 429, "headers": {"Retry-After": "1"}},
    "429 for long": {"status": 429, "headers": {"Retry-After": "300"}},
    "no connection": {"status": 0, "drop": True},
    "an HTML page": {"status": 500, "body": "<html>Maintenance</html>"},
}
GETS = ("history", "representatives")


def _morning(case: UUID, other: UUID) -> list[dict[str, Any]]:
    """Two windows on two cases, one segment too long, one that reaches past now."""
    return [
        reported(case, 0, 600, id=UUID(int=1)),
        reported(other, 300, 900, id=UUID(int=2), window="window-2"),
        reported(case, 0, 2_000, id=UUID(int=3)),
        reported(case, 1_000, 1_500, id=UUID(int=4)),
    ]


def _figures(mock: MockDataverse) -> dict[str, object]:
    """Return what is recorded, without when and under which number."""
    days = {
        (row["_cht_caseid_value"], row["cht_day"]): row["cht_trackedseconds"]
        for row in mock.rows("cht_automatictime")
    }
    spans = {
        row["cht_focussegmentid"]: (row["cht_startedon"], row["cht_endedon"], row["cht_day"])
        for row in mock.rows("cht_focussegment")
    }
    return {"days": days, "spans": spans}


@pytest.mark.parametrize("skew", [0, 90, -3_600])
@pytest.mark.parametrize(
    ("outage", "minutes_late"), [("503", 0), ("503", 60), ("no connection", 48 * 60)]
)
def test_what_waited_counts_as_if_there_had_been_no_outage(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    other_case: UUID,
    amira: User,
    ben: User,
    *,
    outage: str,
    skew: int,
    minutes_late: int,
) -> None:
    clock.advance(seconds=1_200)
    sent_at = wire_time(clock.now - timedelta(seconds=skew))
    body = {"sentAt": sent_at, "segments": _morning(case, other_case)}
    undisturbed = api.call("POST", "segments", body, user=ben)
    expected = _figures(mock)
    _wipe(mock)
    mock.fail_next(times=99, **OUTAGES[outage])

    waiting = api.call("POST", "segments", body, user=amira)
    mock.faults.clear()
    clock.advance(minutes=minutes_late)
    api.work_off_queue()

    assert (undisturbed.status, waiting.status) == (200, 202)
    assert expected["days"]
    assert _figures(mock) == expected


def _wipe(mock: MockDataverse) -> None:
    for row in mock.rows("cht_automatictime"):
        mock.delete_row("cht_automatictime", UUID(str(row["cht_automatictimeid"])))
    for row in mock.rows("cht_focussegment"):
        identifier, partition = UUID(str(row["cht_focussegmentid"])), str(row["partitionid"])
        mock.delete_row("cht_focussegment", identifier, partition=partition)


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
def test_in_an_outage_segments_are_queued_and_the_last_known_time_is_stale(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, outage: dict[str, Any]
) -> None:
    clock.advance(minutes=10)
    known = api.refresh(case, reported(case, 0, 600), user=amira).body["time"]
    clock.advance(minutes=10)
    mock.fail_next(times=99, **outage)

    reply = api.refresh(case, reported(case, 600, 1_200), user=amira)

    assert reply.status == 202
    assert list(reply.receipts.values()) == ["queued"]
    assert reply.body["time"] == known | {"stale": True}
    assert reply.body["tracking"] == {"state": "running", "reason": None}
    assert len(reply.messages) == 1
    mock.faults.clear()
    api.work_off_queue()
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] == 1_200


def test_a_process_that_knows_nothing_yet_tells_no_time(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    clock.advance(minutes=10)
    api.refresh(case, reported(case, 0, 600), user=ben)
    mock.fail_next(503, times=99)

    reply = api.refresh(case, reported(case, 0, 600), user=amira)

    assert (reply.status, reply.body["time"]) == (202, None)


def test_a_dataverse_that_hangs_is_waited_for_eight_seconds(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    amira: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.advance(minutes=10)
    started = clock.now

    def hang(_: object) -> Any:  # noqa: ANN401 - it never answers
        clock.advance(seconds=1.5)
        raise requests.ReadTimeout

    monkeypatch.setattr(mock, "answer", hang)

    reply = api.deliver(reported(case, 0, 600), user=amira)

    assert (reply.status, list(reply.receipts.values())) == (202, ["queued"])
    assert (clock.now - started).total_seconds() <= 8 + 3
    assert len(reply.messages) == 1


def test_the_same_message_twice_changes_nothing(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    mock.fail_next(503, times=99)
    (message,) = api.deliver(*_morning(case, other_case), user=amira).messages
    mock.faults.clear()
    api.work_off_queue()
    before = stored(mock)

    for _ in range(3):
        api.queue.append(message)
        clock.advance(minutes=5)
        api.work_off_queue()

    assert stored(mock) == before


@pytest.mark.parametrize(
    ("many", "window", "reason"),
    [
        pytest.param(100, "w", "interval", id="a full message"),
        pytest.param(101, "w", "interval", id="one more"),
        pytest.param(500, "w", "interval", id="the most"),
        pytest.param(101, "w" * 100, "x" * 40, id="long names"),
        pytest.param(101, "\u7a93" * 100, "\u9589" * 40, id="long Japanese names"),
    ],
)
def test_messages_fit_into_the_queue_and_together_hold_every_segment(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    amira: User,
    *,
    many: int,
    window: str,
    reason: str,
) -> None:
    clock.advance(hours=2)
    segments = [
        reported(case, 10 * number, 10 * number + 10, window=window, reason=reason)
        for number in range(many)
    ]
    body = {"sentAt": "2026-03-10T14:00:00Z", "segments": segments}
    raw = json.dumps(body, ensure_ascii=False).encode()
    mock.fail_next(503, times=99)

    reply = api.call("POST", "segments", raw, user=amira)

    assert reply.status == 202, reply.text
    assert max(len(message.encode()) for message in reply.messages) < MOST_MESSAGE_BYTES
    mock.faults.clear()
    api.work_off_queue()
    assert len(mock.rows("cht_focussegment")) == many
    assert [row["cht_trackedseconds"] for row in mock.rows("cht_automatictime")] == [10 * many]


def test_what_is_refused_for_certain_does_not_wait(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=10)
    mock.fail_next(503, times=99)
    refused = {
        "future": reported(case, 700, 800),
        "empty": reported(case, 100, 100),
        "too_long": reported(case, -7_200, 0),
        "too_old": reported(case, -4_000 * 86_400, -4_000 * 86_400 + 60),
    }
    good = reported(case, 0, 600)

    mixed = api.refresh(case, *refused.values(), good, user=amira)
    hopeless = api.deliver(*refused.values(), user=amira)

    fates = {segment["id"]: reason for reason, segment in refused.items()}
    assert (mixed.status, mixed.receipts) == (202, fates | {good["id"]: "queued"})
    assert [each["id"] for each in json.loads(mixed.messages[0])["segments"]] == [good["id"]]
    assert (hopeless.receipts, hopeless.messages) == (fates, ())


def _in_an_outage(api: Api, method: str, path: str, body: object, user: User) -> Reply:
    api.mock.fail_next(503, {"Retry-After": "17"}, times=99)
    return api.call(method, path, body, user=user)


@pytest.mark.parametrize("known", [False, True])
def test_without_segments_the_outage_is_told(
    api: Api, case: UUID, amira: User, *, known: bool
) -> None:
    if known:
        api.refresh(case, user=amira)
    sent = {"sentAt": "2026-03-10T12:00:00Z", "surface": "hub"}
    log = f"cases/{case}/time-logs"
    for method, path, body in (
        ("POST", f"cases/{case}/refresh", sent),
        ("POST", f"cases/{case}/focus", sent | {"event": "gained"}),
        *(("GET", f"cases/{case}/{name}", None) for name in GETS),
        ("PUT", f"cases/{case}/automatic-time", {"durationSeconds": 1, "reason": "x"}),
        ("POST", log, {"minutes": 1, "category": 0}),
        ("PATCH", f"{log}/{uuid4()}", {"minutes": 1}),
        ("DELETE", f"{log}/{uuid4()}", None),
        ("POST", f"{log}/{uuid4()}/restore", None),
    ):
        reply = _in_an_outage(api, method, path, body, amira)

        assert (reply.status, reply.content_type) == (503, "application/problem+json"), path
        assert reply.body["type"] == "urn:cht:problem:dataverse-unavailable"
        assert reply.headers["Retry-After"] == "17"
        assert reply.messages == ()


def test_while_dataverse_is_still_down_a_message_stays(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=10)
    mock.fail_next(503, times=99)
    api.deliver(reported(case, 0, 600), user=amira)

    with pytest.raises(Exception, match="503"):
        api.work_off_queue()
    assert len(api.queue) == 1
    mock.faults.clear()
    api.work_off_queue()

    assert [row["cht_trackedseconds"] for row in mock.rows("cht_automatictime")] == [600]


@pytest.mark.parametrize(
    "broken", ["", "{}", "[]", "not JSON", '{"version": 2}', '{"version": 1, "segments": []}']
)
def test_a_broken_message_is_put_aside_at_once(api: Api, mock: MockDataverse, broken: str) -> None:
    api.queue.append(broken)

    api.work_off_queue()

    assert [json.loads(each)["message"] for each in api.queues["focus-segments-poison"]] == [broken]
    assert mock.requests == []


def test_a_case_resolved_meanwhile_keeps_the_time_before(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=10)
    mock.fail_next(503, times=99)
    api.deliver(reported(case, 0, 600), user=amira)
    mock.faults.clear()
    clock.advance(minutes=1)
    mock.add_row("incidentresolution", {"incidentid": case, "regardingobjectid": case})
    mock.update_row("incident", case, {"statecode": 1})
    clock.advance(hours=3)

    api.work_off_queue()

    assert [row["cht_trackedseconds"] for row in mock.rows("cht_automatictime")] == [600]
