"""What `deploy` and `doctor` make of what the functions say of their own calls."""

import json
from typing import Any
from uuid import UUID

import pytest
import requests
from responses import RequestsMock

from solution.tools.environment.deployment.proof import prove
from solution.tools.environment.errors import Stopped
from solution.tools.environment.examination.calls import call_findings
from solution.tools.environment.options import WEBHOOK_KEY
from solution.tools.environment.reporter import Level
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.platform_rows import ADMINISTRATOR_ID
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.targets import FUNCTIONS, KEY, a_target

URL = f"{FUNCTIONS}/self-check"
AMIRA, CASE = UUID(int=1), UUID(int=2)
WELL: dict[str, Any] = {
    "check": "repeatedSegment",
    "ok": True,
    "status": 409,
    "code": "0x80060892",
    "follows": "It counts once.",
}
ILL = WELL | {"check": "case", "ok": False, "status": 403, "code": None, "follows": "Give a role."}


@pytest.fixture(autouse=True)
def _with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WEBHOOK_KEY, KEY)


def answer(router: RequestsMock, *checks: dict[str, Any]) -> None:
    router.post(URL, json={"ok": all(check["ok"] for check in checks), "checks": checks})


def findings(desk: Desk, url: str | None = FUNCTIONS) -> list[tuple[Level, str]]:
    found = call_findings(desk.session.dataverse, url, representative=AMIRA, case=CASE)
    return [(finding.level, f"{finding.what} {finding.remedy}".strip()) for finding in found]


def test_each_line_is_told_with_what_follows(router: RequestsMock, desk: Desk) -> None:
    answer(router, WELL, ILL)

    assert findings(desk) == [
        (Level.OK, "Self-check, repeated segment (409 0x80060892): It counts once."),
        (Level.PROBLEM, "Self-check, case (403) failed. Give a role."),
    ]


def test_they_are_asked_with_their_key_for_whom_was_named(router: RequestsMock, desk: Desk) -> None:
    answer(router, WELL)

    findings(desk)

    (call,) = (call for call in router.calls if call.request.url == URL)
    assert call.request.headers["x-functions-key"] == KEY
    assert json.loads(call.request.body or b"") == {
        "representative": str(AMIRA),
        "caseId": str(CASE),
    }


def test_unless_somebody_is_named_it_is_whoever_runs_it(router: RequestsMock, desk: Desk) -> None:
    answer(router, WELL)

    prove(desk.session, a_target(), sets_key=False)

    (call,) = (call for call in router.calls if call.request.url == URL)
    asked = json.loads(call.request.body or b"")
    assert asked == {"representative": str(ADMINISTRATOR_ID), "caseId": None}


def test_without_an_address_there_is_nobody_to_ask(desk: Desk) -> None:
    assert findings(desk, url=None) == []


def test_without_a_key_nothing_is_asked_and_that_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(WEBHOOK_KEY)

    ((level, said),) = findings(desk)

    assert level is Level.WARNING
    assert WEBHOOK_KEY in said


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        pytest.param({"status": 401}, "do not accept the key", id="another key"),
        pytest.param({"status": 404}, "of an older version", id="no self-check"),
        pytest.param({"status": 500, "body": "oops"}, "status 500", id="a fault"),
        pytest.param({"status": 200, "body": "<html>"}, "JSONDecodeError", id="a page"),
        pytest.param({"status": 200, "json": []}, "status 200", id="something else"),
        pytest.param({"status": 200, "json": {"checks": []}}, "status 200", id="no lines"),
        pytest.param({"body": requests.ReadTimeout()}, "ReadTimeout", id="no answer"),
        pytest.param({"body": requests.exceptions.SSLError()}, "SSLError", id="no trust"),
        pytest.param({"body": requests.ConnectionError()}, "cannot be reached", id="no host"),
    ],
)
def test_functions_that_say_nothing_are_a_problem_and_no_end_of_a_deployment(
    router: RequestsMock, desk: Desk, reply: dict[str, Any], said: str
) -> None:
    router.post(URL, **reply)

    ((level, what),) = findings(desk)
    prove(desk.session, a_target(), sets_key=reply.get("status") != 401)

    assert level is Level.PROBLEM
    assert said in what
    assert desk.lines[-1].startswith("note: the functions ")
    assert "nothing was proved" in desk.lines[-1]


def test_a_key_that_was_set_and_is_not_accepted_ends_a_deployment_with_the_way_out(
    router: RequestsMock, desk: Desk
) -> None:
    router.post(URL, status=401)

    with pytest.raises(Stopped) as stopped:
        prove(desk.session, a_target(), sets_key=True)

    said = str(stopped.value)
    assert "refuse the key that the webhook endpoint now has" in said
    assert "Dataverse's calls will be refused too" in said
    assert "--query functionKeys.default" in said
    assert "--renew-key" in said


def test_a_key_that_is_not_accepted_may_be_that_of_the_webhook_too(
    router: RequestsMock, desk: Desk
) -> None:
    router.post(URL, status=401)

    ((level, said),) = findings(desk)

    assert level is Level.PROBLEM
    assert "The webhook may have been given this key, too" in said
    assert "--query functionKeys.default" in said
    assert "--renew-key" in said


def test_a_deployment_tells_each_line(router: RequestsMock, desk: Desk) -> None:
    answer(router, WELL)

    prove(desk.session, a_target(), sets_key=False)

    assert desk.lines == [
        "ask the functions for their self-check",
        "ok       Self-check, repeated segment (409 0x80060892): It counts once.",
    ]


def test_a_deployment_ends_badly_when_a_call_does_not_work(
    router: RequestsMock, desk: Desk
) -> None:
    answer(router, WELL, ILL)

    with pytest.raises(Stopped, match="calls of the functions to Dataverse do not work"):
        prove(desk.session, a_target(), sets_key=False)
    assert "problem  Self-check, case (403) failed." in desk.lines


def test_a_deployment_writes_nothing_unless_a_case_is_named(
    router: RequestsMock, mock: MockDataverse, desk: Desk
) -> None:
    answer(router, WELL)
    case = mock.add_row("incident", {"title": "Made for tests"})

    prove(desk.session, a_target(), sets_key=False)
    assert {request.method for request in mock.requests} == {"GET"}

    prove(desk.session, a_target(smoke_test_case=case), sets_key=False)
    assert f"write, read back and remove one row of each table on the case {case}" in desk.lines
    assert any(request.method == "DELETE" for request in mock.requests)
