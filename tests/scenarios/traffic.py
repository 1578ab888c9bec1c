"""What reaches the servers of a scenario: how much is under way, and what has been answered."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from tests.local_stack.http_messages import Handler, Request, Response

TRAVEL_SECONDS = 0.25
CUT = Response(status=HTTPStatus.BAD_GATEWAY)
"""Without leave for other origins it is no answer to a page."""

REMEMBERED = "Access-Control-Max-Age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that was answered, and when by the clock of the scenario."""

    server: str
    method: str
    path: str
    at: datetime
    status: int


class Traffic:
    """Stands between the servers and the network."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._under_way = 0
        self._calls: list[Call] = []
        self._planned: deque[Response] = deque()
        self._lost = 0
        self._travel_seconds = 0.0
        self.is_cut = False
        """No call gets through; the emulated absence of a network lets last words pass."""

    @property
    def under_way(self) -> int:
        with self._lock:
            return self._under_way

    @property
    def calls(self) -> list[Call]:
        """Every answered call, oldest first."""
        with self._lock:
            return list(self._calls)

    def calls_to(self, server: str) -> list[Call]:
        """Return the answered calls to one server, less those that only ask for leave to call."""
        return [call for call in self.calls if call.server == server and call.method != "OPTIONS"]

    def answer_next(self, status: int, *, times: int) -> None:
        """Let the next calls that a server would pass on be answered like this instead."""
        with self._lock:
            self._planned.extend([Response(status=status)] * times)

    def answer_as_usual(self) -> None:
        """Take back what was planned and has not come to pass."""
        with self._lock:
            self._planned.clear()

    def lose_next_answers(self, times: int) -> None:
        """Let the next calls that are passed on do their work and answer that they failed."""
        with self._lock:
            self._lost += times

    @contextmanager
    def slow_line(self) -> Iterator[None]:
        """Let questions for leave to call travel as long as on a real line, until the block ends.

        A page that goes has to send in a way that outlives it: on loopback anything gets through.
        """
        self._travel_seconds = TRAVEL_SECONDS
        try:
            yield
        finally:
            self._travel_seconds = 0.0

    def watched(self, server: str, handler: Handler) -> Handler:
        """Return the handler with its calls counted."""

        def handle(request: Request) -> Response:
            with self._lock:
                self._under_way += 1
            status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
            try:
                if request.method == "OPTIONS":
                    time.sleep(self._travel_seconds)
                response = CUT if self.is_cut else handler(request)
                status = int(response.status)
                return response
            finally:
                with self._lock:
                    self._under_way -= 1
                    self._calls.append(
                        Call(
                            server=server,
                            method=request.method,
                            path=request.path,
                            at=self._clock(),
                            status=status,
                        )
                    )

        return handle

    def interrupted(self, handler: Handler) -> Handler:
        """Return the handler with the planned answers before its own."""

        def handle(request: Request) -> Response:
            with self._lock:
                planned = self._planned.popleft() if self._planned else None
                lost = self._lost > 0 and planned is None
                self._lost -= lost
            answer = planned or handler(request)
            return Response(status=HTTPStatus.BAD_GATEWAY) if lost else answer

        return handle


def asked_for_leave_each_time(handler: Handler) -> Handler:
    """Return the handler with no leave to call remembered by browsers, as after a long interval."""

    def handle(request: Request) -> Response:
        response = handler(request)
        kept = tuple(each for each in response.headers if each[0] != REMEMBERED)
        if kept == response.headers:
            return response
        return Response(status=response.status, headers=(*kept, (REMEMBERED, "0")))

    return handle


def at_the_senders_time(handler: Handler, follow: Callable[[datetime], None]) -> Handler:
    """Return the handler with the clock first moved on to when the request says it was sent.

    The page's clock runs ahead of the server's within a step.
    """

    def handle(request: Request) -> Response:
        sent_at = _sent_at(request)
        if sent_at is not None:
            follow(sent_at)
        return handler(request)

    return handle


def _sent_at(request: Request) -> datetime | None:
    try:
        body = json.loads(request.body)
        return datetime.fromisoformat(body["sentAt"])
    except (ValueError, KeyError, TypeError):
        return None
