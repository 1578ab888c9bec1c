"""The app under the library that the platform's Python 3.13 worker runs it with."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.api.harness import FUNCTIONS
from tests.local_stack.children import ROOT
from tests.local_stack.office.cases import case_id
from tests.local_stack.process import StackProcess, stack_process

pytest.importorskip(
    "azure_functions_runtime", reason="azure-functions-runtime needs Python 3.13 or later"
)
pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

ANSWER_SECONDS = 30
OPEN_TO_ALL = {"get_health": 200, "get_openapi": 200, "hear_dataverse": 202, "check_service": 422}
"""What asks for no token; for the last two the host, which is not here, asks for a key."""
CASE = str(case_id(5))
SOME_ID = "00000000-0000-4000-8000-000000000001"


class RuntimeProcess:
    """The runtime with one app, in a process of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.functions_runtime", str(folder)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, kind: str, **question: object) -> Any:  # noqa: ANN401 - JSON
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": kind, **question}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=ANSWER_SECONDS)


@pytest.fixture(scope="module")
def stack() -> Iterator[StackProcess]:
    with stack_process("--seed", "empty") as stack:
        yield stack


@pytest.fixture(scope="module")
def runtime(stack: StackProcess) -> Iterator[RuntimeProcess]:
    environment = desk(stack, "environment")
    runtime = RuntimeProcess(ROOT, {**environment, "NO_PROXY": "127.0.0.1"})
    yield runtime
    runtime.close()


def desk(stack: StackProcess, path: str) -> Any:  # noqa: ANN401 - JSON
    url = f"{stack.addresses.tokens}/{path}"
    return requests.get(url, timeout=ANSWER_SECONDS).json()


@contextmanager
def throttled(stack: StackProcess) -> Iterator[None]:
    """Have Dataverse refuse everything for longer than anything waits."""
    fail = stack.addresses.dataverse.removesuffix("/api/data/v9.2") + "/__mock__/fail"
    fault = {"status": 429, "headers": {"Retry-After": "900"}, "times": 1000}
    requests.post(fail, json=fault, timeout=ANSWER_SECONDS)
    try:
        yield
    finally:
        requests.delete(fail, timeout=ANSWER_SECONDS)


def routes(runtime: RuntimeProcess) -> list[tuple[str, str, str]]:
    """Return method, target and function of every HTTP trigger."""
    found = []
    for name, trigger in runtime.ask("functions")["functions"].items():
        if trigger["type"] == "httpTrigger":
            target = "/api/" + trigger["route"].format(caseId=CASE, id=SOME_ID, logId=SOME_ID)
            found += [(method, target, name) for method in trigger["methods"]]
    return found


def test_every_function_of_the_app_is_indexed(runtime: RuntimeProcess) -> None:
    registered = FUNCTIONS.keys()

    assert runtime.ask("functions")["functions"].keys() == registered
    assert len(registered) > 10


def test_every_route_answers_a_caller_without_a_token(runtime: RuntimeProcess) -> None:
    answers = {
        name: runtime.ask("http", method=method, target=target, body="{}")
        for method, target, name in routes(runtime)
    }

    assert {name: answer.get("status", answer) for name, answer in answers.items()} == {
        name: OPEN_TO_ALL.get(name, 401) for name in answers
    }
    problems = [answer for name, answer in answers.items() if name not in OPEN_TO_ALL]
    assert {answer["headers"]["content-type"] for answer in problems} == {
        "application/problem+json"
    }


def test_a_caller_with_a_token_is_told_the_time(
    runtime: RuntimeProcess, stack: StackProcess
) -> None:
    token = desk(stack, "token?user=chloe")["token"]
    now = datetime.now(UTC)
    body = {"event": "gained", "sentAt": now.isoformat(), "surface": "workspace"}

    answer = runtime.ask(
        "http",
        method="POST",
        target=f"/api/cases/{CASE}/focus",
        headers={"authorization": f"Bearer {token}"},
        body=json.dumps(body),
    )

    assert answer["status"] == 200
    assert json.loads(answer["body"])["tracking"]["state"] == "running"
    assert answer["outputs"] == {}


def test_segments_that_cannot_be_recorded_now_go_through_the_queue_into_the_time(
    runtime: RuntimeProcess, stack: StackProcess
) -> None:
    token = desk(stack, "token?user=ben")["token"]
    now = datetime.now(UTC)
    started_at = (now - timedelta(seconds=60)).isoformat()
    segment = {
        "id": str(uuid.uuid4()),
        "caseId": CASE,
        "focusStartedAt": started_at,
        "startedAt": started_at,
        "endedAt": now.isoformat(),
        "endReason": "blur",
        "surface": "workspace",
        "windowId": "window-1",
    }
    headers = {"authorization": f"Bearer {token}"}
    body = {"sentAt": now.isoformat(), "segments": [segment]}

    with throttled(stack):
        postponed = runtime.ask(
            "http", method="POST", target="/api/segments", headers=headers, body=json.dumps(body)
        )
    for message in postponed["outputs"]["waiting"]:
        assert "error" not in runtime.ask("queue", function="record_waiting_segments", body=message)

    again = runtime.ask(
        "http", method="POST", target="/api/segments", headers=headers, body=json.dumps(body)
    )
    assert postponed["status"] == 202
    assert [each["status"] for each in json.loads(postponed["body"])["receipts"]] == ["queued"]
    assert [each["status"] for each in json.loads(again["body"])["receipts"]] == ["duplicate"]


def test_what_cannot_be_worked_on_goes_elsewhere(
    runtime: RuntimeProcess, stack: StackProcess
) -> None:
    message = json.dumps({"kind": "case", "cases": [CASE], "happenedAt": "2026-03-10T12:00:00Z"})

    with throttled(stack):
        waits = runtime.ask("queue", function="follow_case_events", body=message, delivery=576)
    unreadable = runtime.ask("queue", function="follow_case_events", body="broken")

    assert waits["outputs"] == {"again": message}
    assert unreadable["outputs"].keys() == {"poison"}
    aside = json.loads(unreadable["outputs"]["poison"])
    assert (aside["message"], aside["deliveries"]) == ("broken", 1)
    assert aside["reason"].startswith("UnreadableMessage: ")


def test_what_a_timer_finds_the_queue_totals(runtime: RuntimeProcess, stack: StackProcess) -> None:
    token = desk(stack, "token?user=amira")["token"]
    target = f"/api/cases/{CASE}/time-logs"
    headers = {"authorization": f"Bearer {token}"}
    body = json.dumps({"minutes": 7, "category": 0})
    logged = runtime.ask("http", method="POST", target=target, headers=headers, body=body)

    found = runtime.ask("timer", function="reconcile_recent")
    for message in found["outputs"]["waiting"]:
        assert "error" not in runtime.ask("queue", function="reconcile", body=message)

    service = desk(stack, "dataverse-token")["token"]
    total = requests.get(
        f"{stack.addresses.dataverse}/cht_casehandlingtimes({CASE})",
        headers={"Authorization": f"Bearer {service}"},
        timeout=ANSWER_SECONDS,
    ).json()
    assert logged["status"] == 201
    assert total["cht_timelogsseconds"] == 420


def test_an_app_that_the_platform_would_refuse_is_refused(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text(
        "import azure.functions as func\n"
        "app = func.FunctionApp()\n"
        "@app.route(route='x')\n"
        "def answer(req: func.HttpRequest) -> dict: return {}\n"
    )
    runtime = RuntimeProcess(tmp_path, {})

    assert "cannot load the answer function" in runtime.ask("functions")["error"]
    runtime.close()
