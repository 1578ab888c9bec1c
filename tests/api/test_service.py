"""What the service says of itself: its health, and a description that its answers keep to."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from jsonschema import Draft202012Validator

from tests.api.harness import Api, Clock, Reply, a_log, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

Json = Any
NOT_FOR_CLIENTS = {("GET", "openapi.json"), ("POST", "webhooks/dataverse")}


def _dataverse(api: Api) -> Json:
    reply = api.call("GET", "health")
    assert (reply.status, reply.body["status"]) == (200, "up")
    return reply.body["dataverse"]


def test_before_the_first_call_nothing_is_known_of_dataverse(api: Api, mock: MockDataverse) -> None:
    assert _dataverse(api) == {"reachable": None, "answeredAt": None}
    assert mock.requests == []


def test_health_follows_the_last_call(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    api.refresh(case, user=amira)
    assert _dataverse(api) == {"reachable": True, "answeredAt": "2026-03-10T12:00:00Z"}

    clock.advance(minutes=1)
    mock.fail_next(503, times=99)
    api.refresh(case, user=amira)
    assert _dataverse(api) == {"reachable": False, "answeredAt": "2026-03-10T12:00:00Z"}

    clock.advance(minutes=1)
    mock.faults.clear()
    api.refresh(case, user=amira)
    assert _dataverse(api) == {"reachable": True, "answeredAt": "2026-03-10T12:02:00Z"}


def test_that_a_case_is_unknown_is_an_answer_of_dataverse_too(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    mock.fail_next(503, times=99)
    api.refresh(case, user=amira)
    mock.faults.clear()
    clock.advance(minutes=1)

    assert api.refresh(uuid4(), user=amira).status == 404

    assert _dataverse(api) == {"reachable": True, "answeredAt": "2026-03-10T12:01:00Z"}


@pytest.mark.parametrize("down", [False, True])
def test_health_shows_no_secrets(
    api: Api, mock: MockDataverse, case: UUID, amira: User, *, down: bool
) -> None:
    if down:
        mock.fail_next(503, times=99)
    api.refresh(case, user=amira)

    reply = api.call("GET", "health")

    assert set(reply.body) == {"status", "dataverse", "settings", "webhooks"}
    assert set(reply.body["dataverse"]) == {"reachable", "answeredAt"}
    assert set(reply.body["webhooks"]) == {"unreadable", "lastUnreadableAt"}
    for secret in ("org.crm", "http", "token", str(case), str(amira.systemuserid)):
        assert secret not in reply.text
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.fixture
def document(api: Api) -> Json:
    reply = api.call("GET", "openapi.json")
    assert (reply.status, reply.content_type) == (200, "application/json")
    return reply.body


def test_the_description_is_openapi_31(document: Json) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert {"title", "version"} <= document["info"].keys()
    assert document["servers"] == [{"url": "/api"}]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in _references(document):
        assert _resolved(document, reference), reference
    for path, _, operation in _operations(document):
        parameters = operation["parameters"]
        in_path = [each["name"] for each in parameters if each["in"] == "path"]
        assert sorted(in_path) == sorted(re.findall(r"\{(\w+)\}", path))
        assert all(each["required"] for each in parameters if each["in"] == "path")
        for each in parameters:
            Draft202012Validator.check_schema(each["schema"])
        assert all(response["description"] for response in operation["responses"].values())


def test_it_lists_exactly_the_routes_there_are(api: Api, document: Json) -> None:
    listed = {(method.upper(), path[1:]) for path, method, _ in _operations(document)}

    assert listed == set(api.routes) - NOT_FOR_CLIENTS


def test_it_says_which_calls_need_a_token(document: Json) -> None:
    assert document["security"] == [{"entra": []}]
    assert document["components"]["securitySchemes"]["entra"]["scheme"] == "bearer"
    open_ones = {path for path, _, each in _operations(document) if each.get("security") == []}
    assert open_ones == {"/health"}
    by_key = {
        path
        for path, _, each in _operations(document)
        if each.get("security") == [{"functionKey": []}]
    }
    assert by_key == {"/self-check"}
    assert document["components"]["securitySchemes"]["functionKey"]["name"] == "x-functions-key"


def test_answers_are_as_described(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User, document: Json
) -> None:
    clock.advance(minutes=20)
    log = mock.add_row("cht_timelog", a_log(case, ben))
    mock.add_row("task", {"regardingobjectid": case, "ownerid": ben.systemuserid})
    mock.setting("cht_UpdateIntervalMinutes", "5", app="office")
    statuses = set()

    for template, method, reply in _sample(api, mock, case, log, amira):
        operation = document["paths"][f"/{template}"][method.lower()]
        assert str(reply.status) in operation["responses"], (method, template, reply.text)
        content = operation["responses"][str(reply.status)]["content"]
        schema = content[reply.content_type]["schema"] | {"components": document["components"]}
        errors = list(_strict(schema).iter_errors(reply.body))
        assert errors == [], (method, template, reply.text)
        statuses.add(reply.status)

    assert statuses == {200, 201, 202, 401, 403, 404, 409, 413, 422, 503}


def _strict(schema: Json) -> Draft202012Validator:
    """Return a validator for which a member that is not described is an error."""

    def closed(value: Json) -> Json:
        if isinstance(value, list):
            return [closed(each) for each in value]
        if not isinstance(value, dict):
            return value
        shut = {"additionalProperties": False} if "properties" in value else {}
        return {name: closed(each) for name, each in value.items()} | shut

    return Draft202012Validator(closed(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _sample(
    api: Api, mock: MockDataverse, case: UUID, bens: UUID, user: User
) -> Iterator[tuple[str, str, Reply]]:
    """Call every route well, and some of them badly."""
    sent = {"sentAt": "2026-03-10T12:20:00Z"}
    segments = {"segments": [reported(case, 0, 600), reported(case, 0, 0), reported(case, 0, 9e3)]}
    focus = sent | {"surface": "hub", "event": "lost"} | segments
    refresh = sent | {"surface": "hub"} | {"segments": [reported(case, 900, 1_300)]}
    own = str(uuid4())
    entered = {"id": own, "minutes": 5, "category": 0, "note": "x"}
    logs, one = "cases/{caseId}/time-logs", "cases/{caseId}/time-logs/{logId}"
    correct = "cases/{caseId}/automatic-time"
    calls: list[tuple[str, str, str, object]] = [
        ("POST", "cases/{caseId}/focus", "", focus),
        ("POST", "cases/{caseId}/refresh", "", refresh),
        ("POST", "segments", "", sent | segments),
        ("PUT", correct, "", {"durationSeconds": 60, "reason": "x"}),
        ("POST", logs, "", entered),
        ("PATCH", one, own, {"minutes": 6}),
        ("DELETE", one, own, None),
        ("POST", f"{one}/restore", own, None),
        ("GET", "cases/{caseId}/history", "", None),
        ("GET", "cases/{caseId}/representatives", "", None),
        ("GET", "settings", "?app=office", None),
        ("GET", "health", "", None),
        ("POST", "self-check", "", {"representative": str(user.systemuserid)}),
        ("POST", "self-check", "", {}),
        ("POST", logs, "", entered | {"minutes": 7}),
        ("POST", logs, "", {}),
        ("POST", logs, "", b" " * 300_000),
        ("PATCH", one, str(bens), {"minutes": 6}),
        ("DELETE", one, str(uuid4()), None),
        ("GET", "cases/{caseId}/history", "?section=x", None),
    ]

    def answer(
        method: str, template: str, rest: str, body: object, who: User | None = None
    ) -> Reply:
        path = template.replace("{caseId}", str(case)).replace("{logId}", rest or own)
        return api.call(method, path + (rest if rest.startswith("?") else ""), body, user=who)

    for method, template, rest, body in calls:
        yield template, method, answer(method, template, rest, body, user)
        if template != "health":
            yield template, method, answer(method, template, rest, body)
    mock.fail_next(503, times=999)
    for method, template, rest, body in calls[:11]:
        if template != "settings":
            yield template, method, answer(method, template, rest, body, user)
    yield "health", "GET", api.call("GET", "health")


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    if isinstance(value, list):
        for each in value:
            yield from _references(each)


def _resolved(document: Json, reference: str) -> Json:
    value = document
    for step in reference.removeprefix("#/").split("/"):
        value = value[step]
    return value
