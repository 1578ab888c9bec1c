"""What Dataverse tells: settings are read at the next call, all else is queued at once."""

import json
from collections import deque
from collections.abc import Iterator

import pytest

from tests.api.harness import FUNCTIONS, Api, Clock
from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.host import FunctionsHost, Keys
from tests.local_stack.functions_host.settings import host_settings
from tests.local_stack.http_messages import Request
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

WEBHOOK = "webhooks/dataverse"
INTERVAL = "cht_UpdateIntervalMinutes"
CONTEXT = {
    "MessageName": "Update",
    "PrimaryEntityName": "incident",
    "PrimaryEntityId": "5c0e7f3a-0000-4000-8000-000000000001",
    "InitiatingUserId": "a0000000-0000-4000-8000-00000000000a",
    "CorrelationId": "c0000000-0000-4000-8000-00000000000c",
    "OperationCreatedOn": "/Date(1769846401000+0000)/",
}
"""A body that was cut: it has no parameters."""


def interval(api: Api, user: User) -> int:
    return int(api.call("GET", "settings", user=user).body["updateIntervalMinutes"])


@pytest.mark.parametrize("table", ["organizationsetting", "AppSetting"])
def test_a_changed_setting_holds_from_the_next_call_on(
    api: Api, mock: MockDataverse, amira: User, table: str
) -> None:
    before = interval(api, amira)
    mock.setting(INTERVAL, "25")

    reply = api.call("POST", WEBHOOK, {}, headers={"x-ms-dynamics-entity-name": table})

    assert (before, reply.status, interval(api, amira)) == (10, 202, 25)


@pytest.mark.parametrize("headers", [{}, {"x-ms-dynamics-entity-name": "incident"}])
def test_whatever_else_happens_leaves_the_settings_as_they_were_read(
    api: Api, mock: MockDataverse, amira: User, headers: dict[str, str]
) -> None:
    interval(api, amira)
    mock.setting(INTERVAL, "25")

    reply = api.call("POST", WEBHOOK, CONTEXT, headers=headers)

    assert (reply.status, interval(api, amira)) == (202, 10)


def test_what_happened_to_a_case_is_queued_without_asking_dataverse(
    api: Api, mock: MockDataverse
) -> None:
    reply = api.call("POST", WEBHOOK, CONTEXT)

    assert (reply.status, reply.body) == (202, {"queued": 1})
    assert [json.loads(each) for each in api.queues["case-events"]] == [
        {
            "kind": "case",
            "cases": ["5c0e7f3a-0000-4000-8000-000000000001"],
            "happenedAt": "2026-01-31T08:00:01Z",
        }
    ]
    assert mock.requests == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "PrimaryEntityName"),
        (b"not JSON", "body"),
        ([], "body"),
        (CONTEXT | {"PrimaryEntityId": "the printer"}, "PrimaryEntityId"),
    ],
)
def test_a_body_that_cannot_be_read_is_acknowledged_counted_and_logged_without_what_is_in_it(
    api: Api, clock: Clock, caplog: pytest.LogCaptureFixture, body: object, place: str
) -> None:
    api.call("POST", WEBHOOK, body)
    clock.advance(minutes=1)
    reply = api.call("POST", WEBHOOK, body, headers={"x-ms-dynamics-request-name": "Close"})

    assert (reply.status, reply.body) == (202, {"queued": 0})
    assert api.call("GET", "health").body["webhooks"] == {
        "unreadable": 2,
        "lastUnreadableAt": "2026-03-10T12:01:00Z",
    }
    assert [record.getMessage().rpartition(":")[0] for record in caplog.records] == [
        f"webhook not understood: ? of ?, {place}",
        f"webhook not understood: Close of ?, {place}",
    ]
    assert "printer" not in caplog.text
    assert api.queues["case-events"] == deque()


def test_all_webhooks_that_can_be_read_leave_nothing_to_tell(api: Api) -> None:
    api.call("POST", WEBHOOK, CONTEXT)
    api.call("POST", WEBHOOK, CONTEXT | {"PrimaryEntityName": "contact"})

    assert api.call("GET", "health").body["webhooks"] == {"unreadable": 0, "lastUnreadableAt": None}


def test_a_body_beyond_what_dataverse_sends_is_not_read(api: Api) -> None:
    longest = api.call("POST", WEBHOOK, CONTEXT | {"OrganizationName": "x" * 1_048_000})
    longer = api.call("POST", WEBHOOK, CONTEXT | {"OrganizationName": "x" * 1_048_576})

    assert (longest.status, longest.body) == (202, {"queued": 1})
    assert (longer.status, longer.body) == (202, {"queued": 0})


def test_a_setting_that_only_the_body_names_holds_from_the_next_call_on_too(
    api: Api, mock: MockDataverse, amira: User
) -> None:
    before = interval(api, amira)
    mock.setting(INTERVAL, "25")

    api.call("POST", WEBHOOK, CONTEXT | {"PrimaryEntityName": "appsetting"})

    assert (before, interval(api, amira)) == (10, 25)


@pytest.mark.parametrize("broken", ["", "{}", "[]", '{"kind": "party"}', '{"kind": "case"}'])
def test_a_broken_event_is_put_aside_at_once(api: Api, mock: MockDataverse, broken: str) -> None:
    api.queues["case-events"].append(broken)

    api.work_off_queue("case-events")

    assert [json.loads(each)["message"] for each in api.queues["case-events-poison"]] == [broken]
    assert mock.requests == []


def test_the_last_settings_hold_when_dataverse_is_down_after_a_change(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    mock.setting(INTERVAL, "25")
    interval(api, amira)
    api.call("POST", WEBHOOK, {}, headers={"x-ms-dynamics-entity-name": "appsetting"})
    clock.advance(seconds=1)
    mock.faults.add(503, times=20)

    assert interval(api, amira) == 25


@pytest.fixture
def host(api: Api) -> Iterator[FunctionsHost]:  # noqa: ARG001 - puts the services in place
    keys = Keys(function="key-of-dataverse", master="master")
    host = FunctionsHost(FUNCTIONS, folder=ROOT, settings=host_settings(ROOT, {}), keys=keys)
    yield host
    host.close()


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 401), ("?code=another", 401), ("?code=", 401), ("?code=key-of-dataverse", 202)],
)
def test_only_who_has_the_key_is_heard(host: FunctionsHost, query: str, status: int) -> None:
    body = json.dumps(CONTEXT).encode()
    request = Request(method="POST", target=f"/api/{WEBHOOK}{query}", headers={}, body=body)

    assert host.handle(request).status == status
