"""The stack's contract, as a program from outside sees it."""

import json
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.local_stack.children import ROOT
from tests.local_stack.office.cases import BUSIEST, RESOLVED, case_id
from tests.local_stack.process import StackProcess, command, stack_process

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

ANSWER_SECONDS = 30
END_SECONDS = 30


class Visitor:
    """Somebody who knows the four addresses and nothing else."""

    def __init__(self, stack: StackProcess) -> None:
        self.addresses = stack.addresses
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        self._session.close()

    def get(self, url: str, token: str | None = None) -> requests.Response:
        return self.send("GET", url, token)

    def send(
        self, method: str, url: str, token: str | None = None, body: object = None
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._session.request(
            method, url, headers=headers, json=body, timeout=ANSWER_SECONDS
        )

    def desk(self, path: str) -> Any:  # noqa: ANN401 - JSON
        return self.get(f"{self.addresses.tokens}/{path}").json()

    def token(self, alias: str) -> str:
        return str(self.desk(f"token?user={alias}")["token"])

    def tell(self, alias: str, case: uuid.UUID, call: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        """Send a focus or refresh call of a person and return the answer."""
        content = {"sentAt": wire(datetime.now(UTC)), "surface": "workspace", **body}
        url = f"{self.addresses.api}/cases/{case}/{call}"
        answer = self.send("POST", url, self.token(alias), content)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def stack() -> Iterator[StackProcess]:
    with stack_process() as stack:
        yield stack


@pytest.fixture
def visitor(stack: StackProcess) -> Iterator[Visitor]:
    visitor = Visitor(stack)
    yield visitor
    visitor.close()


def wire(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def segment(case: uuid.UUID, *, seconds: int, ended_at: datetime) -> dict[str, object]:
    started_at = ended_at - timedelta(seconds=seconds)
    return {
        "id": str(uuid.uuid4()),
        "caseId": str(case),
        "focusStartedAt": wire(started_at),
        "startedAt": wire(started_at),
        "endedAt": wire(ended_at),
        "endReason": "blur",
        "surface": "workspace",
        "windowId": "window-1",
    }


def is_open(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as client:
        client.settimeout(ANSWER_SECONDS)
        return client.connect_ex((parts.hostname or "", parts.port or 0)) == 0


def test_the_addresses_are_the_promised_ones(stack: StackProcess) -> None:
    assert urlsplit(stack.addresses.api).path == "/api"
    assert urlsplit(stack.addresses.dataverse).path == "/api/data/v9.2"
    assert {urlsplit(url).hostname for url in asdict(stack.addresses).values()} == {"127.0.0.1"}


def test_the_seeded_people_and_cases_are_listed(visitor: Visitor) -> None:
    users, cases = visitor.desk("users"), visitor.desk("cases")

    assert [user["alias"] for user in users] == ["amira", "ben", "chloe", "dana", "erik"]
    assert len(cases) == 10
    assert {case["state"] for case in cases} == {"active", "resolved", "cancelled"}
    assert cases[0].keys() == {"id", "title", "state"}


def test_a_persons_token_opens_the_api(visitor: Visitor) -> None:
    settings = visitor.get(f"{visitor.addresses.api}/settings", visitor.token("amira"))

    assert settings.status_code == 200


def test_without_a_token_the_api_answers_with_a_problem(visitor: Visitor) -> None:
    answer = visitor.get(f"{visitor.addresses.api}/settings")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_tokens_are_good_for_one_audience_only(visitor: Visitor) -> None:
    api = visitor.get(f"{visitor.addresses.api}/settings", visitor.desk("dataverse-token")["token"])
    dataverse = visitor.get(f"{visitor.addresses.dataverse}/WhoAmI", visitor.token("amira"))

    assert api.status_code == 401
    assert dataverse.status_code == 401


def test_dataverse_knows_who_a_token_is_for(visitor: Visitor) -> None:
    url = f"{visitor.addresses.dataverse}/WhoAmI"
    amira = visitor.get(url, visitor.desk("dataverse-token?user=amira")["token"]).json()
    application = visitor.get(url, visitor.desk("dataverse-token")["token"]).json()

    assert amira["UserId"] == visitor.desk("users")[0]["systemuserId"]
    assert application["UserId"] not in {user["systemuserId"] for user in visitor.desk("users")}


def test_a_delivered_segment_adds_to_the_time_of_the_case(visitor: Visitor) -> None:
    case = case_id(6)
    before = visitor.tell("ben", case, "focus", event="gained")
    delivered = segment(case, seconds=90, ended_at=datetime.now(UTC))

    after = visitor.tell("ben", case, "focus", event="lost", segments=[delivered])

    assert [receipt["status"] for receipt in after["receipts"]] == ["accepted"]
    assert after["time"]["totalSeconds"] == before["time"]["totalSeconds"] + 90
    assert after["time"]["mine"]["automaticSeconds"] == 90


def test_a_resolved_case_does_not_run_and_says_so(visitor: Visitor) -> None:
    answer = visitor.tell("chloe", case_id(RESOLVED), "focus", event="gained")

    assert answer["tracking"] == {"state": "stopped", "reason": "case_resolved"}
    assert answer["time"]["mine"]["automaticSeconds"] == 16 * 60


def test_the_history_shows_the_seeded_work(visitor: Visitor) -> None:
    url = f"{visitor.addresses.api}/cases/{case_id(BUSIEST)}/history"
    history = visitor.get(url, visitor.token("amira")).json()

    automatic = {item["name"]: item["seconds"] for item in history["automaticTime"]["items"]}
    assert automatic == {"Ben (demo)": 72 * 60, "Amira (demo)": 14 * 60}
    assert [log["minutes"] for log in history["timeLogs"]["items"]] == [30]
    assert history["activities"]["items"]


def test_a_case_that_changes_in_dataverse_is_listed_as_it_is_now(visitor: Visitor) -> None:
    case = case_id(7)
    row = f"{visitor.addresses.dataverse}/incidents({case})"
    erik = visitor.desk("dataverse-token?user=erik")["token"]

    changed = visitor.send("PATCH", row, erik, {"statecode": 2, "statuscode": 6})

    assert changed.status_code == 204
    assert {each["state"] for each in visitor.desk("cases") if each["id"] == str(case)} == {
        "cancelled"
    }


def test_a_case_that_is_resolved_leaves_a_snapshot_and_a_total(visitor: Visitor) -> None:
    case, dataverse = case_id(5), visitor.addresses.dataverse
    erik = visitor.desk("dataverse-token?user=erik")["token"]
    visitor.tell("amira", case, "focus", event="gained")
    delivered = segment(case, seconds=60, ended_at=datetime.now(UTC))
    total = visitor.tell("amira", case, "focus", event="lost", segments=[delivered])["time"]
    resolution = {
        "@odata.type": "Microsoft.Dynamics.CRM.incidentresolution",
        "subject": "Solved",
        "incidentid@odata.bind": f"/incidents({case})",
    }
    closing = {"IncidentResolution": resolution, "Status": 5}

    closed = visitor.send("POST", f"{dataverse}/CloseIncident", erik, closing)

    assert closed.status_code == 204, closed.text
    found: dict[str, list[int]] = {}
    give_up_at = time.monotonic() + ANSWER_SECONDS
    while set(map(tuple, found.values())) != {(total["totalSeconds"],)}:
        assert time.monotonic() < give_up_at, f"only {found} came of it"
        for table in ("cht_handlingtimesnapshots", "cht_casehandlingtimes"):
            query = f"{table}?$select=cht_totalseconds&$filter=_cht_caseid_value eq {case}"
            rows = visitor.get(f"{dataverse}/{query}", erik).json()["value"]
            found[table] = [row["cht_totalseconds"] for row in rows]


def test_the_nightly_timer_totals_what_the_widget_shows(visitor: Visitor) -> None:
    case = case_id(6)
    shown = visitor.tell("chloe", case, "refresh")["time"]["totalSeconds"]
    host = visitor.addresses.api.removesuffix("/api")

    visitor.send("POST", f"{host}/admin/functions/reconcile_history", body={"input": ""})

    token = visitor.desk("dataverse-token")["token"]
    url = f"{visitor.addresses.dataverse}/cht_casehandlingtimes({case})?$select=cht_totalseconds"
    give_up_at = time.monotonic() + ANSWER_SECONDS
    while (answer := visitor.get(url, token)).status_code == 404:
        assert time.monotonic() < give_up_at, "no total came of it"
    assert answer.json()["cht_totalseconds"] == shown > 0


def test_the_page_may_call_the_api_from_the_browser(stack: StackProcess) -> None:
    asked = {
        "Origin": stack.addresses.workspace,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    for url in (f"{stack.addresses.api}/segments", f"{stack.addresses.tokens}/users"):
        answer = requests.options(url, headers=asked, timeout=ANSWER_SECONDS)
        assert answer.headers["Access-Control-Allow-Origin"] == stack.addresses.workspace


def test_the_page_is_served_with_the_addresses(visitor: Visitor) -> None:
    page = visitor.get(visitor.addresses.workspace)
    addresses = visitor.get(f"{visitor.addresses.workspace}/stack.json")

    assert "<title>Customer Service workspace</title>" in page.text
    assert addresses.json() == asdict(visitor.addresses)


def test_the_forms_own_session_reaches_dataverse_as_its_person(visitor: Visitor) -> None:
    answer = requests.get(
        f"{visitor.addresses.workspace}/api/data/v9.2/WhoAmI",
        cookies={"cht_user": "amira"},
        timeout=ANSWER_SECONDS,
    )

    assert answer.json()["UserId"] == visitor.desk("users")[0]["systemuserId"]


def test_the_demo_shows_what_was_recorded(visitor: Visitor) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    delivered = segment(case_id(8), seconds=5, ended_at=now)
    visitor.tell("chloe", case_id(8), "focus", event="lost", segments=[delivered])

    seen = visitor.get(f"{visitor.addresses.workspace}/recorded?day={now.date()}").json()

    (shown,) = [each for each in seen["segments"] if each["id"] == delivered["id"]]
    assert shown["endedAt"] == f"{now:%Y-%m-%dT%H:%M:%SZ}"
    assert 5 in {
        each["seconds"] for each in seen["automaticTimes"] if each["caseId"] == str(case_id(8))
    }


def test_the_functions_try_their_own_calls(visitor: Visitor) -> None:
    amira = next(user for user in visitor.desk("users") if user["alias"] == "amira")
    body = {"representative": amira["systemuserId"], "caseId": str(case_id(BUSIEST))}

    told = visitor.send("POST", f"{visitor.addresses.api}/self-check", body=body).json()

    assert [line["check"] for line in told["checks"] if not line["ok"]] == []
    assert told["ok"] is True


def test_a_program_can_be_given_the_environment_of_the_functions(visitor: Visitor) -> None:
    environment = visitor.desk("environment")

    assert environment["CHT_DATAVERSE_URL"] + "/api/data/v9.2" == visitor.addresses.dataverse
    assert environment["CHT_TOKEN_KEYS_URL"] == f"{visitor.addresses.tokens}/keys"


def test_an_empty_office_has_cases_without_any_time_and_ends_without_a_trace() -> None:
    with stack_process("--seed", "empty") as stack:
        visitor = Visitor(stack)
        cases = visitor.desk("cases")
        totals = {
            visitor.tell("amira", case["id"], "focus", event="gained")["time"]["totalSeconds"]
            for case in cases
        }
        visitor.close()
        code = stack.stop()

        assert len(cases) == 10
        assert totals == {0}
        assert code == 0
        assert [url for url in asdict(stack.addresses).values() if is_open(url)] == []


def test_a_killed_stack_leaves_no_process_behind() -> None:
    with stack_process("--seed", "empty") as stack:
        stack.process.kill()
        stack.process.wait()

        give_up_at = time.monotonic() + END_SECONDS
        while any(map(is_open, asdict(stack.addresses).values())):
            assert time.monotonic() < give_up_at, "a part still listens"


def test_a_part_that_cannot_start_is_reported(tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text("raise RuntimeError('no app today')")

    ended = subprocess.run(
        command("--port", "0", "--json", "--app", str(tmp_path)),
        cwd=ROOT,
        capture_output=True,
        timeout=ANSWER_SECONDS,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stdout == b""
    assert b"no app today" in ended.stderr


def test_a_taken_port_is_reported(stack: StackProcess) -> None:
    taken = urlsplit(stack.addresses.workspace).port

    ended = subprocess.run(
        command("--port", str(taken), "--json"),
        cwd=ROOT,
        capture_output=True,
        timeout=ANSWER_SECONDS,
        check=False,
    )

    assert ended.returncode == 1
    assert b"cannot start" in ended.stderr


def test_the_signing_key_is_published(visitor: Visitor) -> None:
    keys = visitor.desk("keys")["keys"]

    assert [key["kty"] for key in keys] == ["RSA"]
    assert "d" not in json.dumps([sorted(key) for key in keys]).split('"')
