"""What Dataverse tells us about: settings that changed are read at the next call."""

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


def interval(api: Api, user: User) -> int:
    return int(api.call("GET", "settings", user=user).body["updateIntervalMinutes"])


@pytest.mark.parametrize("table", ["organizationsetting", "AppSetting"])
def test_a_changed_setting_holds_from_the_next_call_on(
    api: Api, mock: MockDataverse, amira: User, table: str
) -> None:
    before = interval(api, amira)
    mock.setting(INTERVAL, "25")

    reply = api.call("POST", WEBHOOK, {}, headers={"x-ms-dynamics-entity-name": table})

    assert (before, reply.status, interval(api, amira)) == (10, 204, 25)


@pytest.mark.parametrize("headers", [{}, {"x-ms-dynamics-entity-name": "incident"}])
def test_whatever_else_happens_leaves_the_settings_as_they_were_read(
    api: Api, mock: MockDataverse, amira: User, headers: dict[str, str]
) -> None:
    interval(api, amira)
    mock.setting(INTERVAL, "25")

    reply = api.call("POST", WEBHOOK, {}, headers=headers)

    assert (reply.status, interval(api, amira)) == (204, 10)


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
    [("", 401), ("?code=another", 401), ("?code=", 401), ("?code=key-of-dataverse", 204)],
)
def test_only_who_has_the_key_is_heard(host: FunctionsHost, query: str, status: int) -> None:
    request = Request(method="POST", target=f"/api/{WEBHOOK}{query}", headers={}, body=b"{}")

    assert host.handle(request).status == status
