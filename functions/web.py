"""Between HTTP and use cases: request -> contract, result -> JSON, error -> problem document."""

import json
import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import azure.functions as func
from pydantic import ValidationError

from dataverse_client import errors as dataverse
from functions import identity
from functions.contracts.parameters import Parameters
from functions.contracts.wire import Body, View, place_of
from functions.timekeeping import errors as domain
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable

MOST_BYTES = 256 * 1024
MOST_COMPLAINTS = 20
RETRY_AFTER_SECONDS = 10
"""When to call again if nobody knows better."""

log = logging.getLogger(__name__)
BodyT = TypeVar("BodyT", bound=Body)
ParametersT = TypeVar("ParametersT", bound=Parameters)


class InvalidRequest(Exception):  # noqa: N818 - an answer, not a fault
    """The request is not what it should be; says where, and what is wrong there."""

    def __init__(self, complaints: Iterable[tuple[str, str]]) -> None:
        super().__init__("the request is not valid")
        self.complaints = tuple(complaints)


class BodyTooLarge(Exception):  # noqa: N818 - an answer, not a fault
    """The body is larger than a call of ours can be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error is told: ``type`` is its stable name, ``shown`` whether its own words are."""

    status: int
    slug: str
    title: str
    shown: bool = True

    @property
    def type(self) -> str:
        return f"urn:cht:problem:{self.slug}"


_REFUSED = Problem(502, "dataverse-refused", "Dataverse refused the request", shown=False)
_BUSY = Problem(503, "dataverse-unavailable", "Dataverse does not answer", shown=False)
UNEXPECTED = Problem(500, "unexpected", "Something went wrong on our side", shown=False)

PROBLEMS: dict[type[Exception], Problem] = {
    InvalidRequest: Problem(422, "invalid-request", "The request is not valid"),
    BodyTooLarge: Problem(413, "too-large", "The request body is too large"),
    identity.NotSignedIn: Problem(401, "not-signed-in", "Sign in first"),
    identity.MissingScope: Problem(403, "missing-scope", "The token does not allow this"),
    identity.SignInUnavailable: Problem(503, "sign-in-unavailable", "Sign-in does not answer"),
    domain.NotARepresentative: Problem(403, "not-a-representative", "Not a user here"),
    domain.CaseNotFound: Problem(404, "case-not-found", "There is no such case"),
    domain.EntryNotFound: Problem(404, "entry-not-found", "There is no such entry"),
    domain.NotYourEntry: Problem(403, "not-your-entry", "Only your own time can be changed"),
    domain.TimeLogsNotAllowed: Problem(403, "time-logs-not-allowed", "Time logs are off"),
    domain.EntryExists: Problem(409, "entry-exists", "The id is taken"),
    domain.InvalidEntry: Problem(422, "invalid-request", "The request is not valid"),
    StorageUnavailable: _BUSY,
    ServiceNotAllowed: _REFUSED,
    dataverse.DataverseUnavailable: _BUSY,
    dataverse.RequestRejected: _REFUSED,
    dataverse.AccessDenied: Problem(
        403, "not-allowed", "Your Dataverse roles do not allow this", shown=False
    ),
    dataverse.RowNotFound: Problem(404, "gone", "It no longer exists", shown=False),
    dataverse.PreconditionFailed: Problem(409, "changed", "It changed meanwhile", shown=False),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler answers; ``messages`` go to the queue that its function writes to."""

    view: View
    status: int = 200
    messages: tuple[str, ...] = ()


Handler = Callable[[func.HttpRequest], Answer]


def answers_json(handler: Handler) -> Callable[[func.HttpRequest], func.HttpResponse]:
    """Make a function of a handler: its answer or its error becomes the response.

    The runtime reads the signature of what it finds, so the handler's own must not show.
    """

    def function(req: func.HttpRequest) -> func.HttpResponse:
        response, _ = _answered(handler, req)
        return response

    return named_like(handler, function)


def answers_json_and_queues(
    handler: Handler,
) -> Callable[[func.HttpRequest, func.Out[str]], func.HttpResponse]:
    """Make a function that also sends its answer's messages.

    The runtime refuses to load an app with ``Out[list[str]]``, yet sends each item of a list on its
    own.
    """

    def function(req: func.HttpRequest, waiting: func.Out[str]) -> func.HttpResponse:
        response, messages = _answered(handler, req)
        if messages:
            waiting.set(list(messages))  # type: ignore[arg-type]  # see above
        return response

    return named_like(handler, function)


def parse(contract: type[BodyT], req: func.HttpRequest) -> BodyT:
    """Return the body as its contract.

    Raises:
        BodyTooLarge: it has more bytes than any call of ours needs.
        InvalidRequest: it is not what the contract says; names each place.
    """
    body = req.get_body()
    if len(body) > MOST_BYTES:
        raise BodyTooLarge(f"at most {MOST_BYTES} bytes")
    try:
        return contract.model_validate_json(body)
    except ValidationError as error:
        raise InvalidRequest(_complaints(error, within="body")) from error


def parameters(contract: type[ParametersT], req: func.HttpRequest) -> ParametersT:
    """Return the values of the path and the query as their contract; an empty one is none.

    Raises:
        InvalidRequest: one is missing or not what it should be.
    """
    try:
        given = {name: value for name, value in req.params.items() if value}
        return contract.model_validate({**given, **req.route_params})
    except ValidationError as error:
        raise InvalidRequest(_complaints(error, within="query")) from error


def json_text_response(body: str) -> func.HttpResponse:
    return _response(body, 200)


def _answered(handler: Handler, req: func.HttpRequest) -> tuple[func.HttpResponse, tuple[str, ...]]:
    try:
        answer = handler(req)
    except Exception as error:  # noqa: BLE001 - the last handler: what nobody expected is logged
        return _problem(error), ()
    return _response(answer.view.model_dump_json(), answer.status), answer.messages


def _problem(error: Exception) -> func.HttpResponse:
    problem = problem_of(type(error))
    if problem is UNEXPECTED or problem is _REFUSED:
        log.error("unexpected %s", type(error).__name__, exc_info=error)
    document: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
    }
    if problem.shown:
        document["detail"] = str(error)
    match error:
        case InvalidRequest():
            document["errors"] = [
                {"field": field, "detail": detail} for field, detail in error.complaints
            ]
        case domain.InvalidEntry():
            document["errors"] = [{"field": error.field, "detail": error.detail}]
    headers = {}
    if isinstance(error, identity.NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        wanted = getattr(error, "retry_after_seconds", None) or RETRY_AFTER_SECONDS
        headers["Retry-After"] = str(math.ceil(wanted))
        # A page of another origin cannot read that header.
        document["retryAfterSeconds"] = math.ceil(wanted)
    return _response(
        json.dumps(document), problem.status, mimetype="application/problem+json", headers=headers
    )


def problem_of(kind: type[Exception]) -> Problem:
    """Return how errors of a class are told: by the nearest class that the table names."""
    return next((PROBLEMS[each] for each in kind.__mro__ if each in PROBLEMS), UNEXPECTED)


def _response(
    body: str,
    status: int,
    *,
    mimetype: str = "application/json",
    headers: dict[str, str] | None = None,
) -> func.HttpResponse:
    return func.HttpResponse(
        body,
        status_code=status,
        mimetype=mimetype,
        charset="utf-8",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def _complaints(error: ValidationError, *, within: str) -> list[tuple[str, str]]:
    return [
        (place_of(each["loc"]) or within, each["msg"])
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ][:MOST_COMPLAINTS]


F = TypeVar("F", bound=Callable[..., Any])


def named_like(handler: Callable[..., object], function: F) -> F:
    """Give a function that stands for a handler its name, but not its signature."""
    function.__name__ = handler.__name__
    function.__doc__ = handler.__doc__
    return function
