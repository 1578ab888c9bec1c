"""Requests that are not what they should be: refused by name, nothing written, nothing given away.

The table is made by rules: each entry differs from a request that works in one place.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from functions import wiring
from tests.api.harness import Api, Clock, Reply, a_log, reported, stored
from tests.conftest import environment
from tests.mock_dataverse.people import User

CASE, OTHER_CASE, NO_CASE = (UUID(int=number, version=4) for number in (1, 2, 3))
MINE, BENS, ELSEWHERE, NO_LOG = (UUID(int=number, version=4) for number in (11, 12, 13, 14))

SEGMENT = reported(CASE, 0, 60, id=UUID(int=21, version=4))
NOW = "2026-03-10T12:10:00Z"
OUTBOX = {"sentAt": NOW, "segments": [SEGMENT]}
REFRESH = OUTBOX | {"surface": "hub", "app": "office"}
FOCUS = REFRESH | {"event": "lost"}
CORRECTION = {"durationSeconds": 60, "reason": "Forgot to close it"}
CHANGE = {"minutes": 5, "category": 0, "note": "Call", "loggedOn": "2026-03-09"}
SELF_CHECK = {"representative": str(UUID(int=31, version=4)), "caseId": str(CASE)}
LOG = CHANGE | {"id": str(UUID(int=15, version=4)), "note": "Log"}

CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "focus": ("POST", f"cases/{CASE}/focus", FOCUS),
    "refresh": ("POST", f"cases/{CASE}/refresh", REFRESH),
    "outbox": ("POST", "segments", OUTBOX),
    "correct": ("PUT", f"cases/{CASE}/automatic-time", CORRECTION),
    "log": ("POST", f"cases/{CASE}/time-logs", LOG),
    "change": ("PATCH", f"cases/{CASE}/time-logs/{MINE}", CHANGE),
}
BODYLESS = {
    "void": ("DELETE", f"cases/{CASE}/time-logs/{MINE}"),
    "restore": ("POST", f"cases/{CASE}/time-logs/{MINE}/restore"),
    "history": ("GET", f"cases/{CASE}/history"),
    "representatives": ("GET", f"cases/{CASE}/representatives"),
}

NO_TEXT: list[object] = [7, 1.5, True, [], {}]
IDS = [*NO_TEXT, None, "", "not-an-id", str(CASE)[:-1], f"{CASE}0", f"g{str(CASE)[1:]}"]
MOMENTS = [
    *NO_TEXT,
    None,
    "",
    "yesterday",
    "1773144000",
    "2026-03-10",
    "2026-03-10T12:00:00",
    "2026-02-30T12:00:00Z",
    "2026-03-10T25:00:00Z",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "1999-12-31T23:59:59Z",
    "2100-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
]
WORDS = [*NO_TEXT, None, "", "nul\0", "line\nbreak", "tab\t", "<b>"]
NOT_A_NUMBER, ENDLESS = float("nan"), float("inf")
NUMBERS = ["5", "", 1.5, True, [], {}, 10**30, -1, NOT_A_NUMBER, ENDLESS, -ENDLESS]
CHOICES = [*NO_TEXT, None, "", "HUB", "kitchen", "hub\0"]

WRONG_VALUES: dict[str, list[object]] = {
    "id": IDS,
    "caseId": IDS,
    "sentAt": MOMENTS,
    "focusStartedAt": MOMENTS,
    "startedAt": MOMENTS,
    "endedAt": MOMENTS,
    "endReason": [*WORDS, "x" * 41],
    "windowId": [*WORDS, "x" * 101],
    "surface": CHOICES,
    "event": [*CHOICES, "found"],
    "app": [7, True, [], {}, "", "a b", "a'b", "x" * 101],
    "segments": [7, True, "", {}, None, [None], [[]], ["x"], [SEGMENT, None]],
    "durationSeconds": [*NUMBERS, None, 366 * 86_400 + 1],
    "reason": [
        *NO_TEXT,
        None,
        "",
        " ",
        "\t\n ",
        "\u00a0",
        "x" * 501,
        "bell\a",
        "nul\0",
        "\x1b[31m",
    ],
    "minutes": [*NUMBERS, 0, 1441],
    "category": [*NUMBERS, 4, "0", "Research", False],
    "note": [*NO_TEXT, "x" * 501, "nul\0", "\x1b[31m"],
    "loggedOn": [
        *NO_TEXT,
        "",
        "today",
        "2026-02-30",
        "0001-01-01",
        "1999-12-31",
        "2026-03-09T00:00:00Z",
        "2026-03-11",
        "2099-12-31",
        "2100-01-01",
        "9999-12-31",
    ],
}
MAY_BE_LEFT_OUT = {"segments", "app", "id", "note", "loggedOn"}
NO_DOCUMENTS = {
    "nothing": b"",
    "blanks": b" \n",
    "not JSON": b"sentAt=now",
    "cut off": b'{"sentAt": "2026-',
    "a list": b"[]",
    "a text": b'"{}"',
    "null": b"null",
    "a number": b"1",
    "no UTF-8": b'{"note": "\xff\xfe"}',
    "UTF-16": '{"note": ""}'.encode("utf-16"),
    "half a surrogate": b'{"note": "\\ud800"}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 20_000,
    "two documents": b"{}{}",
}


@dataclass(frozen=True, slots=True)
class Bad:
    """A request, and what its refusal must say: a place, or a part of the detail."""

    name: str
    method: str
    path: str
    body: object
    place: str = ""
    status: int = 422
    detail: str = ""


def _wrong_members() -> Iterator[Bad]:
    for call, (method, path, good) in CALLS.items():
        for member in good:
            for number, value in enumerate(WRONG_VALUES[member]):
                yield Bad(f"{call} {member} {number}", method, path, good | {member: value}, member)
            if not (member in MAY_BE_LEFT_OUT or call == "change") or (call, member) == (
                "outbox",
                "segments",
            ):
                rest = {name: good[name] for name in good if name != member}
                yield Bad(f"{call} without {member}", method, path, rest, member)
        yield Bad(f"{call} unknown", method, path, good | {"colour": "red"}, "colour")
        yield Bad(f"{call} spelling", method, path, good | {"sent_at": NOW}, "sent_at")
        nested: object = "x"
        for _ in range(100):
            nested = [nested]
        yield Bad(f"{call} nested", method, path, good | {"colour": nested}, "colour")


def _wrong_segments() -> Iterator[Bad]:
    method, path, _ = CALLS["outbox"]

    def outbox(name: str, place: str, *segments: object) -> Bad:
        return Bad(f"segment {name}", method, path, OUTBOX | {"segments": segments}, place)

    for member in SEGMENT:
        for number, value in enumerate(WRONG_VALUES[member]):
            yield outbox(f"{member} {number}", f"segments[0].{member}", SEGMENT | {member: value})
        rest = {name: SEGMENT[name] for name in SEGMENT if name != member}
        yield outbox(f"without {member}", f"segments[0].{member}", rest)
    yield outbox("unknown", "segments[0].userId", SEGMENT | {"userId": str(CASE)})
    yield outbox("twice", "segments", SEGMENT, SEGMENT)
    yield outbox("twice, other case", "segments", SEGMENT, SEGMENT | {"caseId": str(OTHER_CASE)})
    yield outbox("the second", "segments[1].id", SEGMENT, SEGMENT | {"id": "x"})
    yield outbox("501", "segments", *(reported(CASE, 0, 60) for _ in range(501)))
    yield outbox("10,000", "segments", *({} for _ in range(10_000)))


def _wrong_bodies() -> Iterator[Bad]:
    for call, (method, path, good) in CALLS.items():
        for name, body in NO_DOCUMENTS.items():
            yield Bad(f"{call} {name}", method, path, body, "body")
        large = json.dumps(good | {"note": "x" * 300 * 1024}).encode()
        yield Bad(f"{call} 300 KiB", method, path, large, status=413, detail="262144 bytes")
        blank = b" " * 300 * 1024
        yield Bad(f"{call} 300 KiB of blanks", method, path, blank, status=413, detail="262144")


def _wrong_addresses() -> Iterator[Bad]:
    calls = {**CALLS, **{name: (*call, None) for name, call in BODYLESS.items()}}
    for call, (method, path, body) in calls.items():
        for number, wrong in enumerate(("x", str(CASE)[:-1], "%00", "null", "0", "x" * 2_000)):
            for good, place in ((str(CASE), "caseId"), (str(MINE), "logId")):
                if good in path:
                    elsewhere = path.replace(good, wrong)
                    yield Bad(f"{call} {place} in path {number}", method, elsewhere, body, place)
        if str(CASE) in path:
            elsewhere, gone = path.replace(str(CASE), str(NO_CASE)), str(NO_CASE)
            yield Bad(f"{call} no case", method, elsewhere, body, status=404, detail=gone)
        if call not in {"focus", "refresh", "outbox"}:
            for number, app in enumerate(("a%20b", "x" * 101, "%27")):
                yield Bad(f"{call} app {number}", method, f"{path}?app={app}", body, "app")


def _wrong_queries() -> Iterator[Bad]:
    path = f"cases/{CASE}/history"
    # {"place": {"created": the last second there is}, "seen": []}, and one before the first
    last = "eyJwbGFjZSI6eyJjcmVhdGVkIjoiOTk5OS0xMi0zMVQyMzo1OTo1OVoifSwic2VlbiI6W119"
    first = "eyJwbGFjZSI6eyJjcmVhdGVkIjoiMDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OSJ9LCJzZWVuIjpbXX0"
    for name, query, place in (
        ("section", "section=everything", "section"),
        ("cursor alone", f"cursor={last}", "cursor"),
        ("cursor", "section=timeLogs&cursor=garbage", "cursor"),
        ("cursor JSON", "section=timeLogs&cursor=e30", "cursor"),
        ("cursor alphabet", "section=timeLogs&cursor=%C3%A9", "cursor"),
        ("cursor length", f"section=timeLogs&cursor={'A' * 20_001}", "cursor"),
        ("cursor at the end of time", f"section=timeLogs&cursor={last}", "cursor"),
        ("cursor before time", f"section=activities&cursor={first}", "cursor"),
    ):
        yield Bad(f"history {name}", "GET", f"{path}?{query}", None, place)
    yield Bad("settings app", "GET", "settings?app=a%20b", None, "app")


def _wrong_self_checks() -> Iterator[Bad]:
    def check(name: str, place: str, body: object, status: int = 422) -> Bad:
        detail = "262144" if status == 413 else ""
        return Bad(f"self-check {name}", "POST", "self-check", body, place, status, detail)

    for number, value in enumerate([*IDS, str(UUID(int=0))]):
        yield check(f"somebody {number}", "representative", SELF_CHECK | {"representative": value})
        if value is not None:
            yield check(f"case {number}", "caseId", SELF_CHECK | {"caseId": value})
    for number, value in enumerate(WRONG_VALUES["app"]):
        yield check(f"app {number}", "app", SELF_CHECK | {"app": value})
    yield check("of nobody", "representative", {"caseId": str(CASE)})
    yield check("unknown", "colour", SELF_CHECK | {"colour": "red"})
    for name, body in NO_DOCUMENTS.items():
        yield check(name, "body", body)
    yield check("300 KiB", "", b" " * 300 * 1024, 413)


def _wrong_rows() -> Iterator[Bad]:
    for log, status in ((NO_LOG, 404), (ELSEWHERE, 404), (BENS, 403)):
        path, detail = f"cases/{CASE}/time-logs/{log}", "your own" if log == BENS else str(log)
        for name, method, tail, body in (
            ("change", "PATCH", "", CHANGE),
            ("void", "DELETE", "", None),
            ("restore", "POST", "/restore", None),
        ):
            yield Bad(
                f"{name} row {log.int}", method, path + tail, body, status=status, detail=detail
            )
    for log in (MINE, BENS, ELSEWHERE):
        body, path = LOG | {"id": str(log)}, f"cases/{CASE}/time-logs"
        yield Bad(f"log row {log.int}", "POST", path, body, status=409, detail=str(log))


TABLE = [
    *_wrong_members(),
    *_wrong_segments(),
    *_wrong_bodies(),
    *_wrong_addresses(),
    *_wrong_queries(),
    *_wrong_self_checks(),
    *_wrong_rows(),
]


def _furnish(api: Api) -> User:
    """Put in place what the table speaks of, and return who calls."""
    amira, ben = api.mock.add_user("Amira (test)"), api.mock.add_user("Ben (test)")
    for case in (CASE, OTHER_CASE):
        api.mock.add_row("incident", {"incidentid": case, "title": "Printer on fire"})
    for log, case, user in ((MINE, CASE, amira), (BENS, CASE, ben), (ELSEWHERE, OTHER_CASE, amira)):
        api.mock.add_row("cht_timelog", a_log(case, user, cht_timelogid=log))
    api.clock.advance(minutes=10)
    return amira


@dataclass(slots=True)
class Office:
    """An office that no request of the table changes, so that all of them can share it."""

    api: Api
    token: dict[str, str]
    rows: object


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    clock = Clock()
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        api = Api(mock, clock)
        patch.setattr(wiring, "services", lambda: api.services)
        amira = _furnish(api)
        yield Office(api, api.signed_in(amira), stored(mock))


@pytest.mark.parametrize("call", CALLS)
def test_the_request_that_the_bad_ones_differ_from_works(api: Api, call: str) -> None:
    amira = _furnish(api)
    before = stored(api.mock)
    method, path, body = CALLS[call]

    reply = api.call(method, path, body, user=amira)

    assert reply.status in {200, 201}, reply.text
    assert stored(api.mock) != before


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.name)
def test_a_bad_request_is_refused_by_name_and_writes_nothing(office: Office, bad: Bad) -> None:
    before = office.rows

    reply = office.api.call(bad.method, bad.path, bad.body, headers=office.token)
    office.rows = stored(office.api.mock)

    assert (reply.status, reply.content_type) == (bad.status, "application/problem+json")
    assert {"type", "title", "status"} <= reply.body.keys()
    assert reply.body["status"] == bad.status
    assert _names(reply, bad.place) if bad.place else bad.detail in reply.body["detail"]
    assert office.token["authorization"].removeprefix("Bearer ") not in reply.text
    assert office.rows == before
    assert reply.messages == ()


def _names(reply: Reply, place: str) -> bool:
    """Tell whether one of the errors is at the place or in it."""
    fields = [error["field"] for error in reply.body["errors"]]
    return any(field == place or field.startswith((f"{place}[", f"{place}.")) for field in fields)


def test_the_table_is_large_and_names_each_request_once() -> None:
    assert len(TABLE) >= 200
    assert len({bad.name for bad in TABLE}) == len(TABLE)
