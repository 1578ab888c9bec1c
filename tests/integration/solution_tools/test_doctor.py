"""The doctor looks at an environment before and after it is deployed into."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import pytest

from solution.tools.environment.examination.service import service_finding
from solution.tools.environment.options import WEBHOOK_KEY
from solution.tools.environment.reporter import Level
from tests.integration.solution_tools.console import KEY, Console
from tests.integration.solution_tools.deployer import SIGN_IN, Deployer, row
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

HEALTHY = {"status": "up", "dataverse": {"reachable": True, "answeredAt": "2026-11-25T12:00:00Z"}}


@contextmanager
def functions(answer: object, status: int = 200, *, works: bool = True) -> Iterator[str]:
    """Serve an app that says this of its health and of its calls; return its base address."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    line = {"check": "settings", "ok": works, "status": 200, "code": None, "follows": "Works."}

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(status if self.path == "/api/health" else 404, body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            may = self.path == "/api/self-check" and self.headers["x-functions-key"] == KEY
            self._answer(200 if may else 401, json.dumps({"checks": [line]}).encode())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()
        thread.join()


def test_where_nothing_is_installed_there_is_one_finding_and_the_way_out(console: Console) -> None:
    outcome = console.run("doctor")

    assert outcome.code == 1
    assert outcome.lines == [
        "problem  CaseHandlingTime is not installed.",
        "         -> Run `deploy`.",
        "problems: 1, warnings: 0",
    ]


def test_after_a_deployment_nothing_is_a_problem(
    deploy: Deployer, console: Console, mock: MockDataverse
) -> None:
    with functions(HEALTHY) as url:
        deploy.functions_url = url
        assert "ok       Self-check, settings (200): Works." in deploy(*SIGN_IN).lines
        mock.add_user("Amira (demo)")
        organization = UUID(str(row(mock, "organization")["organizationid"]))
        mock.update_row("organization", organization, {"isauditenabled": True})
        console.writes()

        outcome = console.run("doctor", "--functions-url", url)

    assert outcome.out.count("problem  ") == 0, outcome.out
    assert outcome.code == 0
    assert outcome.lines[-1] == "problems: 0, warnings: 0"
    assert console.writes() == []


def test_a_call_of_the_functions_that_does_not_work_is_a_problem(
    deploy: Deployer, console: Console
) -> None:
    with functions(HEALTHY, works=False) as url:
        deploy.functions_url = url
        deployed = deploy(*SIGN_IN)
        examined = console.run("doctor", "--functions-url", url)

    assert (deployed.code, examined.code) == (1, 1)
    assert "calls of the functions to Dataverse do not work" in deployed.err
    for outcome in (deployed, examined):
        assert "problem  Self-check, settings (200) failed." in outcome.lines


@pytest.mark.parametrize("option", ["--reimport", "--renew-key"])
def test_a_wrong_key_that_went_to_the_webhook_is_no_success(
    deploy: Deployer, console: Console, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    with functions(HEALTHY) as url:
        deploy.functions_url = url
        deploy(*SIGN_IN)
        monkeypatch.setenv(WEBHOOK_KEY, "key-of-another-app")
        wrong = deploy(*SIGN_IN, option)
        examined = console.run("doctor", "--functions-url", url)
        monkeypatch.setenv(WEBHOOK_KEY, KEY)
        mended = deploy(*SIGN_IN, "--renew-key")

    assert (wrong.code, examined.code, mended.code) == (1, 1, 0)
    assert "refuse the key that the webhook endpoint now has" in wrong.err
    assert not any(line.startswith("done") for line in wrong.lines)
    assert "The webhook may have been given this key, too" in " ".join(examined.out.split())
    assert mended.lines[-1] == "done, 1 changed"


def test_what_is_broken_afterwards_is_found(
    deploy: Deployer, console: Console, mock: MockDataverse
) -> None:
    deploy(*SIGN_IN)
    mock.delete_row("role", UUID(row(mock, "role", name="Case Time Supervisor")["roleid"]))

    outcome = console.run("doctor")

    assert outcome.code == 1
    assert "problem  The role Case Time Supervisor is missing." in outcome.lines
    assert "         -> Run `deploy --reimport`." in outcome.lines
    assert (
        "ok       The table cht_timelog is there, audited, and its changes are tracked."
        in outcome.lines
    )


@pytest.mark.parametrize(
    ("answer", "status", "level", "said"),
    [
        pytest.param(HEALTHY, 200, Level.OK, "Dataverse answers them", id="well"),
        pytest.param(
            {"status": "up", "dataverse": {"reachable": False}},
            200,
            Level.PROBLEM,
            "Dataverse did not answer them",
            id="no Dataverse",
        ),
        pytest.param(
            {"status": "up", "dataverse": {"reachable": None}},
            200,
            Level.WARNING,
            "have not asked Dataverse anything yet",
            id="just started",
        ),
        pytest.param(
            HEALTHY | {"settings": {"readable": False}},
            200,
            Level.PROBLEM,
            "does not tell them the settings",
            id="no settings",
        ),
        pytest.param({"status": "up"}, 200, Level.WARNING, "not asked", id="says little"),
        pytest.param({}, 503, Level.PROBLEM, "status 503", id="down"),
        pytest.param({"status": "down"}, 200, Level.PROBLEM, "status 200", id="says it is down"),
        pytest.param([], 200, Level.PROBLEM, "status 200", id="something else"),
        pytest.param(b"<html>", 200, Level.PROBLEM, "JSONDecodeError", id="a page"),
    ],
)
def test_the_functions_are_asked_how_they_are(
    answer: object, status: int, level: Level, said: str
) -> None:
    with functions(answer, status) as url:
        finding = service_finding(url)

    assert finding.level is level
    assert said in finding.what


def test_functions_that_are_not_there_are_a_problem() -> None:
    with functions(HEALTHY) as url:
        pass

    finding = service_finding(url)

    assert finding.level is Level.PROBLEM
    assert f"do not answer at {url}/health: they cannot be reached" in finding.what
