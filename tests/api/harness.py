"""Our HTTP API over the mock Dataverse, in process: real routes, tokens and functions."""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4

import azure.functions as func
import jwt
from azure.functions.queue import QueueMessage
from azure.functions.timer import TimerRequest

import function_app
from functions import wiring
from functions.configuration import Configuration
from solution.model.tables import TABLES
from tests.local_stack.functions_host.app import Function, functions_of
from tests.local_stack.functions_host.routes import RouteTable
from tests.local_stack.tokens import AUDIENCE, TENANT, SigningKey, TokenIssuer
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
ISSUER = "https://issuer.test"
SIGNING_KEY = SigningKey()
"""Made once: a key takes longer than most tests."""


FUNCTIONS = {each.name: each for each in functions_of(function_app.app)}
"""An app can be indexed only once."""


@dataclass(slots=True)
class Clock:
    """The time of everything in a test; moves only when told."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class StaticKeys:
    """The issuer's keys without the way to get them."""

    def get_signing_key(self, kid: str) -> jwt.PyJWK:  # noqa: ARG002
        return jwt.PyJWK(SIGNING_KEY.public())


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call answered, and the queue messages it sent."""

    status: int
    body: Any
    headers: Mapping[str, str]
    messages: tuple[str, ...] = ()
    text: str = ""
    content_type: str = ""

    @property
    def receipts(self) -> dict[str, str]:
        """The status of each receipt, or the reason of a rejected one, by segment id."""
        return {each["id"]: each["reason"] or each["status"] for each in self.body["receipts"]}


class Outbox(func.Out[Any]):
    """Where a function puts its queue messages."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def set(self, val: str | list[str]) -> None:
        self.messages = [val] if isinstance(val, str) else val

    def get(self) -> list[str]:
        return self.messages


@dataclass(slots=True)
class Api:
    """Calls the functions as the host would, as one person or another."""

    mock: MockDataverse
    clock: Clock
    services: wiring.Services = field(init=False)
    queues: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _functions: Any = field(default_factory=lambda: FUNCTIONS)
    _routes: Any = None

    def __post_init__(self) -> None:
        self.restart()
        http = [each for each in self._functions.values() if each.kind == "httpTrigger"]
        self._routes = RouteTable(each.route("api") for each in http)

    @property
    def routes(self) -> list[tuple[str, str]]:
        """Method and template of every route."""
        return [
            (str(method), str(each.trigger["route"]))
            for each in self._functions.values()
            if each.kind == "httpTrigger"
            for method in each.trigger["methods"]
        ]

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        user: User | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Call ``/api/<path>``; a body that is no bytes is sent as JSON."""
        parts = urlsplit(path)
        match = self._routes.match(method, f"/api/{parts.path}")
        assert match is not None, f"no route for {method} {path}"
        name, route_parameters = match
        function = self._functions[name]
        request = func.HttpRequest(
            method=method,
            url=f"http://localhost/api/{path}",
            headers={**(self.signed_in(user) if user else {}), **(headers or {})},
            params=dict(parse_qsl(parts.query)),
            route_params=route_parameters,
            body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        )
        response, messages = self._run(function, request)
        return Reply(
            response.status_code,
            json.loads(response.get_body() or b"null"),
            dict(response.headers),
            messages,
            response.get_body().decode(),
            str(response.mimetype),
        )

    def refresh(self, case: UUID, *segments: object, user: User, app: str | None = None) -> Reply:
        """Deliver segments to a case's time, sent now."""
        body = {"sentAt": wire_time(self.clock()), "surface": "workspace", "segments": segments}
        return self.call("POST", f"cases/{case}/refresh", body | {"app": app}, user=user)

    def deliver(self, *segments: object, user: User) -> Reply:
        """Deliver segments of any cases, sent now."""
        body = {"sentAt": wire_time(self.clock()), "segments": segments}
        return self.call("POST", "segments", body, user=user)

    def signed_in(self, user: User) -> dict[str, str]:
        issuer = TokenIssuer(issuer=ISSUER, key=SIGNING_KEY)
        token = issuer.for_api(user.entra_object_id, now=datetime.now(UTC))
        return {"authorization": f"Bearer {token}"}

    @property
    def queue(self) -> deque[str]:
        """The segments that wait for Dataverse."""
        return self.queues["focus-segments"]

    def fire_timer(self, name: str, *, past_due: bool = False) -> None:
        """Run a timer function; what it sends waits in its queue."""
        self._run(self._functions[name], TimerRequest(past_due=past_due))

    def work_off_queue(self, name: str = "focus-segments", *, delivery: int = 1) -> None:
        """Run a queue's function on every waiting message; one that fails stays first in line."""
        waiting = self.queues[name]
        while waiting:
            self.deliver_message(name, waiting[0], delivery=delivery)
            waiting.popleft()

    def deliver_message(self, queue: str, message: str, *, delivery: int = 1) -> None:
        """Run a queue's function on a message, delivered for so many times."""
        (function,) = (
            each for each in self._functions.values() if each.trigger.get("queueName") == queue
        )
        self._run(function, QueueMessage(body=message.encode(), dequeue_count=delivery))

    def put(self, queue: str, message: str) -> None:
        """Put a message on a queue, as a function's output is."""
        self.queues[queue].append(message)

    def _run(self, function: Function, argument: object) -> tuple[Any, tuple[str, ...]]:
        """Run a function and put what it sends into its queues."""
        outboxes = {parameter: Outbox() for parameter in function.outputs}
        result = function.handler(**{function.trigger_parameter: argument}, **outboxes)
        for parameter, outbox in outboxes.items():
            for message in outbox.messages:
                self.put(function.outputs[parameter], message)
        return result, tuple(each for outbox in outboxes.values() for each in outbox.messages)

    def restart(self) -> None:
        """Forget all that a process knows, as a new instance of the app would."""
        configuration = Configuration(
            dataverse_url=self.mock.base_url,
            token_tenant=UUID(TENANT),
            token_audience=AUDIENCE,
            token_issuer=ISSUER,
        )
        self.services = wiring.build(
            configuration,
            keys=StaticKeys(),
            clock=self.clock,
            seconds=lambda: self.clock().timestamp(),
            rest=lambda seconds: self.clock.advance(seconds=seconds),
        )

    @property
    def dataverse_requests(self) -> int:
        """How many HTTP requests Dataverse got since its log was cleared."""
        return len(self.mock.requests)


def wire_time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def stored(mock: MockDataverse) -> dict[str, list[dict[str, object]]]:
    """Return every row of our tables, to compare before and after."""
    return {table.logical_name: mock.rows(table.logical_name) for table in TABLES}


def a_log(case: UUID, user: User, **columns: object) -> dict[str, object]:
    """Return the columns of a time log: 7 minutes of collaboration on the 1st of March."""
    return {
        "cht_caseid": case,
        "cht_representativeid": user.systemuserid,
        "ownerid": user.systemuserid,
        "cht_minutes": 7,
        "cht_category": 1,
        "cht_loggedon": "2026-03-01",
        **columns,
    }


def reported(
    case: UUID,
    start: float,
    end: float,
    *,
    id: UUID | None = None,  # noqa: A002 - the name on the wire
    focus: float | None = None,
    base: datetime = NOON,
    window: str = "window-1",
    surface: str = "workspace",
    reason: str = "interval",
) -> dict[str, Any]:
    """Return a segment as a widget reports it; times are seconds from ``base``."""

    def moment(seconds: float) -> str:
        return wire_time(base + timedelta(seconds=seconds))

    return {
        "id": str(id or uuid4()),
        "caseId": str(case),
        "focusStartedAt": moment(start if focus is None else focus),
        "startedAt": moment(start),
        "endedAt": moment(end),
        "endReason": reason,
        "surface": surface,
        "windowId": window,
    }


def tracked(mock: MockDataverse) -> Counter[str]:
    """Return the recorded seconds of each case, where there are any."""
    seconds: Counter[str] = Counter()
    for row in mock.rows("cht_automatictime"):
        seconds[str(row["_cht_caseid_value"])] += int(str(row["cht_trackedseconds"]))
    return +seconds
