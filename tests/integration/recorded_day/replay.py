"""Replays the recorded day against our API and the Dataverse behind it. README.md says how to read
the recording.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from solution.model.roles import SERVICE
from tests.api.harness import Api, Reply
from tests.contract.api import Api as WebApi
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User

DAY = date(2026, 3, 10)
RECORDING = Path(__file__).with_name("day.jsonl")
TABLE = Path(__file__).with_name("README.md")
CASES = ("printer", "network", "password", "invoice", "vpn")
CHILDREN = {"toner": "printer"}
UNTIL_OVER = 10_000
AGAIN = {"accepted": "duplicate", "clamped": "duplicate"}
"""What becomes of a segment that is sent once more; other receipts stay what they were."""

Line = dict[str, Any]
Json = dict[str, Any]
Kinds = tuple[int, int, int, int]
"""Seconds: automatic, time logs, activities, total."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the day is replayed: how often each POST is sent, and by how many processes."""

    sends: int = 1
    new_process_for_each_call: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What a line of the recording (they count from 1) was to be answered, and what it was."""

    line: int
    expected: Json
    answer: Json


@dataclass(slots=True)
class Office:
    """Where the day takes place: the people and cases by the names they have in the recording."""

    api: Api
    people: dict[str, User] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mock = self.api.mock
        mock.setting("cht_IdleLimitMinutes", "5")
        self.people = {name: mock.add_user(f"{name} (test)") for name in ("Amira", "Ben")}
        self.cases = {name: mock.add_row("incident", {"title": name}) for name in CASES}
        for name, parent in CHILDREN.items():
            child = {"title": name, "parentcaseid": self.cases[parent]}
            self.cases[name] = mock.add_row("incident", child)

    def replay(self, manner: Manner) -> Iterator[Answered]:
        """Let the day happen, and yield each answer beside the expected one."""
        for number, line in enumerate(recorded_lines(), 1):
            self.api.clock.now = _moment(line["at"])
            for expected, answer in self._happens(line, manner):
                yield Answered(number, expected, answer)

    def time_of(self, case: str, viewer: str) -> dict[str, Kinds]:
        """Return what the API shows of a case: everyone's seconds and the viewer's own."""
        time = self.api.refresh(self.cases[case], user=self.people[viewer]).body["time"]
        return {"everyone": _kinds(time), viewer: _kinds(time["mine"])}

    def stored(self, table: str) -> list[tuple[tuple[str, str], Json]]:
        """Return the rows of a table of ours, each with the names of its person and case."""
        names = {str(user.systemuserid): name for name, user in self.people.items()}
        names |= {str(case): name for name, case in self.cases.items()}
        who, what = "_cht_representativeid_value", "_cht_caseid_value"
        rows: list[Json] = self.api.mock.rows(table)
        return [((names[row[who]], names[row[what]]), row) for row in rows]

    def _happens(self, line: Line, manner: Manner) -> Iterable[tuple[Json, Json]]:
        match line:
            case {"call": str(call)}:
                return self._called(call, line, manner)
            case {"dataverse": str(call)}:
                return [({"status": line["expect"]["status"]}, self._done_in_dataverse(call, line))]
            case {"fault": str(fault)}:
                self._set_fault(fault)
            case {"queue": "focus-segments"}:
                if manner.new_process_for_each_call:
                    self.api.restart()
                self.api.work_off_queue()
            case _:
                raise ValueError(line)
        return []

    def _called(self, call: str, line: Line, manner: Manner) -> Iterator[tuple[Json, Json]]:
        method, path = call.split()
        path = "/".join(self._on_the_wire(part) for part in path.split("/"))
        body = _as_sent(line.get("body"), self.cases)
        user = self.people[line.get("by", "Amira")]
        expected = {"status": 200, "receipts": {}, "body": {}} | line["expect"]
        for time in range(manner.sends if method == "POST" else 1):
            if manner.new_process_for_each_call:
                self.api.restart()
            if time:
                receipts = {id_: AGAIN.get(it, it) for id_, it in expected["receipts"].items()}
                expected = expected | {"receipts": receipts} | line.get("again", {})
            reply = self.api.call(method, path, body, user=user)
            yield expected, _as_expected(reply, expected["body"])

    def _done_in_dataverse(self, call: str, line: Line) -> Json:
        def named(found: re.Match[str]) -> str:
            return f"({self.cases[found[1]]})"

        method, path = call.split()
        body = json.loads(re.sub(r"\(([a-z]+)\)", named, json.dumps(line["body"])))
        mock = self.api.mock
        # What she does here by hand is more than the functions may do for her, except just now.
        mock.give_roles(mock.service_user_id, ["System Administrator"])
        with WebApi.opened(mock.base_url, "test-token") as web_api:
            amira = web_api.acting_for(self.people["Amira"].entra_object_id)
            status = amira.send(method, path, body).status_code
        mock.give_roles(mock.service_user_id, [SERVICE.name])
        return {"status": status}

    def _set_fault(self, fault: str) -> None:
        mock = self.api.mock
        match fault:
            case "down":
                mock.fail_next(503, times=UNTIL_OVER)
            case "answers lost":
                mock.fail_next(
                    0, drop=True, when="after", times=UNTIL_OVER, matching=_writes_segments
                )
            case "over":
                mock.faults.clear()
            case _:
                raise ValueError(fault)

    def _on_the_wire(self, part: str) -> str:
        return str(UUID(int=int(part)) if part.isdecimal() else self.cases.get(part, part))


def _writes_segments(request: RecordedRequest) -> bool:
    return "/cht_focussegments HTTP/" in request.body


def recorded_lines() -> list[Line]:
    """Return the lines of the recording in order."""
    return [json.loads(line) for line in RECORDING.read_text("utf-8").splitlines()]


def stretches_by_hand() -> list[tuple[int, datetime, datetime, str]]:
    """Return the table of the README: seconds, from, to, and the case or `nobody` it goes to."""
    row = re.compile(r"^\| (\d\d:\d\d:\d\d) \| (\d\d:\d\d:\d\d) \| (\d+) \| (\w+) \|", re.MULTILINE)
    return [
        (int(seconds), _moment(start), _moment(end), case)
        for start, end, seconds, case in row.findall(TABLE.read_text("utf-8"))
    ]


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{time}+00:00")


def _as_sent(recorded: Any, cases: Mapping[str, UUID]) -> Any:  # noqa: ANN401 - any JSON
    """Return a body with the ids and moments that its names, numbers and times stand for."""

    def value(key: str, found: Any) -> Any:  # noqa: ANN401
        if key.endswith("At"):
            return f"{DAY}T{found}Z"
        if key == "caseId":
            return str(cases[found])
        return str(UUID(int=found)) if key == "id" else _as_sent(found, cases)

    match recorded:
        case dict():
            return {key: value(key, found) for key, found in recorded.items()}
        case list():
            return [_as_sent(each, cases) for each in recorded]
    return recorded


def _as_expected(reply: Reply, body: Json) -> Json:
    """Return a reply in the words of an expectation: of its body only what that one mentions."""
    receipts = reply.receipts if "receipts" in reply.body else {}
    return {
        "status": reply.status,
        "receipts": {str(UUID(id_).int): verdict for id_, verdict in receipts.items()},
        "body": _mentioned(body, reply.body),
    }


def _kinds(seconds: Json) -> Kinds:
    return (
        seconds["automaticSeconds"],
        seconds["timeLogsSeconds"],
        seconds["activitiesSeconds"],
        seconds["totalSeconds"],
    )


def _mentioned(expected: Any, found: Any) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(expected, dict) or not isinstance(found, dict):
        return found
    return {key: _mentioned(value, found.get(key)) for key, value in expected.items()}
