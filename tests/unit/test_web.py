import json
import logging
from collections.abc import Callable
from types import ModuleType
from typing import Any

import azure.functions as func
import pytest

from dataverse_client import errors as dataverse
from functions import identity, web
from functions.contracts.entries import AutomaticTimeBody
from functions.contracts.parameters import CaseParameters
from functions.contracts.reports import OutboxReport
from functions.contracts.time import ReceiptsView
from functions.timekeeping import errors as domain
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable
from functions.web import Answer, answers_json, answers_json_and_queues, parameters, parse

CONTEXT = dataverse.ErrorContext("GET", "https://org.example/secret-path", 400, "0x1", "r")
SECRET = "a text that is nobody's business"
NOTHING = Answer(ReceiptsView(receipts=()))


def subclasses(module: ModuleType, base: type[Exception]) -> list[type[Exception]]:
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, base)
        and each is not base
        and each.__module__ == module.__name__
    ]


def request(body: bytes = b"", **params: str) -> func.HttpRequest:
    return func.HttpRequest(
        method="POST", url="http://localhost/api/x", params=params, route_params={}, body=body
    )


def answering(error: Exception | None = None, answer: Answer = NOTHING) -> func.HttpResponse:
    def handler(_: func.HttpRequest) -> Answer:
        if error is not None:
            raise error
        return answer

    return answers_json(handler)(request())


def document(response: func.HttpResponse) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(response.get_body())
    return result


def complaints(read: Callable[[], object]) -> list[str]:
    with pytest.raises(web.InvalidRequest) as caught:
        read()
    return [place for place, _ in caught.value.complaints]


@pytest.mark.parametrize(
    "kind",
    [
        *subclasses(dataverse, dataverse.DataverseError),
        *subclasses(domain, domain.Refused),
        *subclasses(identity, Exception),
        *subclasses(web, Exception),
        StorageUnavailable,
        ServiceNotAllowed,
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_error_that_can_be_expected_is_told(kind: type[Exception]) -> None:
    problem = web.problem_of(kind)

    assert problem is not web.UNEXPECTED
    assert 400 <= problem.status < 600


@pytest.mark.parametrize(
    "kind", subclasses(dataverse, dataverse.DataverseError), ids=lambda kind: kind.__name__
)
def test_what_dataverse_says_is_not_passed_on(kind: type[Exception]) -> None:
    assert not web.problem_of(kind).shown


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (web.BodyTooLarge("at most"), 413, "too-large"),
        (identity.NotSignedIn("expired"), 401, "not-signed-in"),
        (identity.MissingScope("scope"), 403, "missing-scope"),
        (identity.SignInUnavailable("keys"), 503, "sign-in-unavailable"),
        (domain.NotARepresentative("nobody"), 403, "not-a-representative"),
        (domain.CaseNotFound("case"), 404, "case-not-found"),
        (domain.EntryNotFound("log"), 404, "entry-not-found"),
        (domain.NotYourEntry("log"), 403, "not-your-entry"),
        (domain.TimeLogsNotAllowed("off"), 403, "time-logs-not-allowed"),
        (domain.EntryExists("id"), 409, "entry-exists"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_a_refusal_is_a_problem_document_in_its_own_words(
    error: Exception, status: int, kind: str
) -> None:
    response = answering(error)

    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    content = document(response)
    assert ("retryAfterSeconds" in content) is (status == 503)
    content.pop("retryAfterSeconds", None)
    assert content == {
        "type": f"urn:cht:problem:{kind}",
        "title": web.problem_of(type(error)).title,
        "status": status,
        "detail": str(error),
    }


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (dataverse.RequestRejected(SECRET, CONTEXT), 502, "dataverse-refused"),
        (dataverse.AccessDenied(SECRET, CONTEXT), 403, "not-allowed"),
        (dataverse.RowNotFound(SECRET, CONTEXT), 404, "gone"),
        (dataverse.DuplicateRow(SECRET, CONTEXT), 409, "changed"),
        (dataverse.Throttled(SECRET, CONTEXT, retry_after=3), 503, "dataverse-unavailable"),
        (StorageUnavailable(SECRET), 503, "dataverse-unavailable"),
        (ServiceNotAllowed(SECRET), 502, "dataverse-refused"),
        (KeyError(SECRET), 500, "unexpected"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_is_not_for_callers_is_not_shown(error: Exception, status: int, kind: str) -> None:
    response = answering(error)

    assert response.status_code == status
    assert document(response)["type"] == f"urn:cht:problem:{kind}"
    assert SECRET not in response.get_body().decode()
    assert "detail" not in document(response)


@pytest.mark.parametrize("error", [KeyError("x"), dataverse.RequestRejected("x", CONTEXT)])
def test_what_nobody_expected_is_logged_with_its_cause(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answering(error)

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert record.exc_info[1] is error


def test_a_value_that_only_the_settings_can_judge_is_named() -> None:
    response = answering(domain.InvalidEntry("loggedOn", "is yet to come"))

    assert response.status_code == 422
    assert document(response)["errors"] == [{"field": "loggedOn", "detail": "is yet to come"}]


def test_each_place_of_an_invalid_request_is_named() -> None:
    response = answering(web.InvalidRequest([("segments[3].endedAt", "Field required")]))

    assert response.status_code == 422
    assert document(response)["errors"] == [
        {"field": "segments[3].endedAt", "detail": "Field required"}
    ]


@pytest.mark.parametrize(
    ("asked", "header"),
    [
        pytest.param(None, "10", id="not asked"),
        pytest.param(17.0, "17", id="as asked"),
        pytest.param(0.2, "1", id="at least a second"),
    ],
)
def test_when_to_come_back_is_told(asked: float | None, header: str) -> None:
    response = answering(StorageUnavailable("later", retry_after_seconds=asked))

    assert response.headers["Retry-After"] == header
    assert document(response)["retryAfterSeconds"] == int(header)


def test_how_to_sign_in_is_told() -> None:
    assert answering(identity.NotSignedIn("no")).headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("error", [None, domain.CaseNotFound("x"), KeyError("x")])
def test_no_answer_may_be_kept(error: Exception | None) -> None:
    response = answering(error)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.charset == "utf-8"


def test_an_answer_is_its_view_and_status() -> None:
    response = answering(answer=Answer(ReceiptsView(receipts=()), 202))

    assert (response.status_code, response.mimetype) == (202, "application/json")
    assert document(response) == {"receipts": []}


class Outbox(func.Out[str]):
    def __init__(self) -> None:
        self.sent: list[str] = []

    def set(self, val: str) -> None:
        self.sent.append(val)

    def get(self) -> str:
        return self.sent[-1]


def test_a_text_that_is_json_already_goes_out_as_it_is() -> None:
    response = web.json_text_response('{"openapi": "3.1.0"}')

    assert (response.status_code, response.get_body()) == (200, b'{"openapi": "3.1.0"}')


@pytest.mark.parametrize(
    ("messages", "sent"),
    [
        pytest.param((), [], id="none"),
        pytest.param(("a", "b"), [["a", "b"]], id="two at once"),
    ],
)
def test_messages_go_to_the_queue(messages: tuple[str, ...], sent: list[object]) -> None:
    outbox = Outbox()

    answers_json_and_queues(lambda _: Answer(NOTHING.view, 202, messages))(request(), outbox)

    assert outbox.sent == sent


def test_an_error_sends_no_messages() -> None:
    outbox = Outbox()

    def handler(_: func.HttpRequest) -> Answer:
        raise KeyError

    assert answers_json_and_queues(handler)(request(), outbox).status_code == 500
    assert outbox.sent == []


def test_a_function_is_called_like_its_handler() -> None:
    def get_weather(_: func.HttpRequest) -> Answer:
        """Tell the weather."""
        return NOTHING

    function = answers_json(get_weather)

    assert (function.__name__, function.__doc__) == ("get_weather", "Tell the weather.")


def test_a_body_becomes_its_contract() -> None:
    body = parse(AutomaticTimeBody, request(b'{"durationSeconds": 60, "reason": "lunch"}'))

    assert (body.duration_seconds, body.reason) == (60, "lunch")


@pytest.mark.parametrize(
    ("body", "places"),
    [
        pytest.param(b"", ["body"], id="no body"),
        pytest.param(b"{", ["body"], id="no JSON"),
        pytest.param(b"\xff", ["body"], id="no UTF-8"),
        pytest.param(b"[" * 100_000, ["body"], id="without end"),
        pytest.param(b"{}", ["durationSeconds", "reason"], id="empty"),
        pytest.param(b'{"durationSeconds": 1, "reason": "x", "a\\nb": 1}', ["a\nb"], id="unknown"),
    ],
)
def test_every_place_where_a_body_is_wrong_is_told(body: bytes, places: list[str]) -> None:
    assert complaints(lambda: parse(AutomaticTimeBody, request(body))) == places


def test_a_place_in_a_list_is_told_by_its_number() -> None:
    body = b'{"sentAt": "2026-03-10T12:00:00Z", "segments": [{}, 7]}'

    places = complaints(lambda: parse(OutboxReport, request(body)))

    assert places[0] == "segments[0].id"
    assert places[-1] == "segments[1]"


def test_only_the_first_complaints_are_told() -> None:
    body = b'{"segments": [' + b",".join([b"{}"] * 100) + b"]}"

    assert len(complaints(lambda: parse(OutboxReport, request(body)))) == 20


def test_of_a_long_name_only_the_beginning_is_told() -> None:
    body = json.dumps({"durationSeconds": 1, "reason": "x", "n" * 5000: 1}).encode()

    assert complaints(lambda: parse(AutomaticTimeBody, request(body))) == ["n" * 200]


def test_a_body_may_have_256_kib_and_no_more() -> None:
    body = b'{"durationSeconds": 60, "reason": "lunch"}'.ljust(256 * 1024)

    assert parse(AutomaticTimeBody, request(body)).duration_seconds == 60
    with pytest.raises(web.BodyTooLarge):
        parse(AutomaticTimeBody, request(body + b" "))


def test_a_parameter_that_is_wrong_is_named() -> None:
    assert complaints(lambda: parameters(CaseParameters, request(app="a b"))) == ["app", "caseId"]


def test_the_path_goes_before_the_query() -> None:
    both = func.HttpRequest(
        method="GET",
        url="http://localhost/api/x",
        params={"caseId": "00000000-0000-0000-0000-000000000002"},
        route_params={"caseId": "00000000-0000-0000-0000-000000000001"},
        body=b"",
    )

    assert parameters(CaseParameters, both).case_id.int == 1
