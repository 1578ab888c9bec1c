"""One HTTP request through the gates: token, limits, faults, impersonation, then the work."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote
from uuid import UUID, uuid4

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request

from tests.mock_dataverse.batch import ChangeSet, Unit, parse_batch
from tests.mock_dataverse.batch_run import run_batch
from tests.mock_dataverse.calls import API, VERSIONS, Answer, Call
from tests.mock_dataverse.dispatch import perform, refusal
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DataverseError,
    unknown_resource,
    wrong_method,
)
from tests.mock_dataverse.faults import Fault, Faults, RecordedRequest
from tests.mock_dataverse.limits import Budget
from tests.mock_dataverse.security import Caller

LONGEST_URL = 32_768
TENANT = "00000000-0000-0000-0000-0000000000f0"
SLEEPS = "mock_dataverse.sleeps"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that has been read, and who sent it (None: nobody we know)."""

    call: Call
    full_path: str
    sender: UUID | None
    is_api: bool
    units: list[Unit] | DataverseError


def read_request(
    request: Request, authenticate: Callable[[str], UUID | None], *, most_parts: int
) -> Arrival:
    """Return the request with path and query still percent-encoded, as they were sent."""
    raw = request.environ.get("REQUEST_URI") or quote(request.path)
    path, _, query = raw.partition("?")
    if "://" in path:
        path = "/" + path.split("/", 3)[-1]
    prefix, _, rest = path.removeprefix(API).partition("/")
    is_api = path.startswith(API) and prefix in VERSIONS
    headers = Headers(list(request.headers.items()))
    call = Call(request.method, rest, query, headers, request.get_data())
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    sender = authenticate(token) if scheme == "Bearer" and token else None
    return Arrival(call, path, sender, is_api, _units(call, most_parts))


def _units(call: Call, most_parts: int) -> list[Unit] | DataverseError:
    """Return the units of a batch, or why it cannot be read."""
    if call.path != "$batch":
        return []
    content_type = call.headers.get("Content-Type", "")
    try:
        return parse_batch(content_type, call.body, most_parts=most_parts)
    except DataverseError as error:
        return error


class Handler:
    """Handles one request at a time; the app holds the lock."""

    def __init__(self, env: Environment, faults: Faults, budget: Budget) -> None:
        self._env = env
        self._faults = faults
        self._budget = budget

    def admit(self, arrival: Arrival) -> Answer | None:
        """Count the request in, or return the answer that turns it away."""
        if arrival.sender is None:
            return refusal(self._unauthorized(), arrival.call)
        try:
            self._budget.enter(arrival.sender, self._env.now)
        except DataverseError as error:
            return refusal(error, arrival.call)
        return None

    def leave(self, arrival: Arrival, started: float) -> None:
        if arrival.sender is not None:
            spent = (time.perf_counter() - started) * 1000
            self._budget.leave(arrival.sender, self._env.now, spent)

    def fault_for(self, record: RecordedRequest) -> Fault | None:
        return self._faults.next_for(record)

    def handle(
        self, arrival: Arrival, record: RecordedRequest, fault: Fault | None = None
    ) -> tuple[Answer, RecordedRequest]:
        """Do the work and return the answer with what is written in the log.

        A fault may hit one part of a batch.
        """
        self._env.elastic.forget_visible(self._env.now)
        try:
            answer, parts = self._work(arrival, fault)
        except DataverseError as error:
            answer, parts = refusal(error, arrival.call), ()
        return answer, replace(record, status=answer.status, parts=parts)

    def finished(self, arrival: Arrival, answer: Answer) -> Answer:
        """Add the headers that every answer carries."""
        request_id = str(uuid4())
        headers = {
            "OData-Version": "4.0",
            "REQ_ID": request_id,
            "x-ms-service-request-id": request_id,
            **answer.headers,
        }
        if arrival.sender is not None:
            headers |= self._budget.headers(arrival.sender, self._env.now)
        return replace(answer, headers=headers)

    def record(self, arrival: Arrival) -> RecordedRequest:
        call = arrival.call
        impersonating = any(call.headers.get(name) for name in ("CallerObjectId", "MSCRMCallerID"))
        headers = {name: text for name, text in call.headers if name != "Authorization"}
        return RecordedRequest(
            method=call.method,
            path=arrival.full_path,
            caller=self._caller_id(arrival),
            impersonating=impersonating,
            parts=tuple((part.method, part.path, 0) for part in self._planned(arrival)),
            sender=arrival.sender,
            query=call.query,
            headers=headers,
            body=call.body.decode(errors="replace"),
        )

    def _work(
        self, arrival: Arrival, fault: Fault | None
    ) -> tuple[Answer, tuple[tuple[str, str, int], ...]]:
        call = arrival.call
        if len(arrival.full_path) + len(call.query) > LONGEST_URL:
            raise DataverseError(414, "0x0", "The URL is too long.")
        if not arrival.is_api:
            raise unknown_resource(arrival.full_path)
        caller = self._caller(arrival)
        if call.path != "$batch":
            return perform(self._env, caller, call), ()
        if call.method != "POST":
            raise wrong_method(call.method)
        if isinstance(arrival.units, DataverseError):
            raise arrival.units
        answer, results = run_batch(
            self._env,
            caller,
            arrival.units,
            continue_on_error=call.preferences.continue_on_error,
            fault=fault,
        )
        return answer, tuple((part.method, part.path, part.status) for part in results)

    def _caller(self, arrival: Arrival) -> Caller:
        if arrival.sender is None:
            raise self._unauthorized()
        headers = arrival.call.headers
        return self._env.people.caller(
            arrival.sender,
            object_id=headers.get("CallerObjectId"),
            user_id=headers.get("MSCRMCallerID"),
        )

    def _caller_id(self, arrival: Arrival) -> UUID | None:
        try:
            return self._caller(arrival).user_id
        except DataverseError:
            return arrival.sender

    def _planned(self, arrival: Arrival) -> list[Call]:
        if isinstance(arrival.units, DataverseError):
            return []
        return [
            part.call
            for unit in arrival.units
            for part in (unit.parts if isinstance(unit, ChangeSet) else (unit,))
        ]

    def _unauthorized(self) -> DataverseError:
        challenge = (
            f"Bearer authorization_uri=https://login.microsoftonline.com/{TENANT}/oauth2/authorize,"
            f" resource_id={self._env.base_url}/"
        )
        return DataverseError(
            401, "0x0", "No valid token was given.", headers={"WWW-Authenticate": challenge}
        )
