"""The host's HTTP side: finds the function of a request, checks keys, and answers for it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import azure.functions as func

from tests.local_stack.functions_host.app import Function
from tests.local_stack.functions_host.invocation import Worker
from tests.local_stack.functions_host.listeners import QueueListener, Timer
from tests.local_stack.functions_host.memory_queues import memory_queues
from tests.local_stack.functions_host.queues import MessageTooLargeError, Queues
from tests.local_stack.functions_host.routes import RouteTable
from tests.local_stack.functions_host.settings import HostSettings
from tests.local_stack.http_messages import Request, Response, json_response

NOT_FOUND = Response(status=HTTPStatus.NOT_FOUND)
UNAUTHORIZED = Response(status=HTTPStatus.UNAUTHORIZED)
ACCEPTED = Response(status=HTTPStatus.ACCEPTED)
BAD_REQUEST = Response(status=HTTPStatus.BAD_REQUEST)
ADMIN = "/admin/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys a caller must show where a function's level asks for one."""

    function: str
    master: str

    def open(self, level: str, shown: str) -> bool:
        """Tell whether a shown key opens a level; the master key opens every one."""
        match level:
            case "ANONYMOUS":
                return True
            case "FUNCTION":
                return shown in (self.function, self.master)
            case _:
                return shown == self.master


class FunctionsHost:
    """One loaded app. Without keys every level is open, as it is under Core Tools.

    ``queues`` are in memory unless given.
    """

    def __init__(
        self,
        functions: Mapping[str, Function],
        *,
        folder: Path,
        settings: HostSettings,
        keys: Keys | None = None,
        queues: Queues | None = None,
    ) -> None:
        self._functions = functions
        self._keys = keys
        self._routes = RouteTable(
            function.route(settings.route_prefix) for function in self._of_kind("httpTrigger")
        )
        queue_functions = self._of_kind("queueTrigger")
        self.queues = queues or memory_queues()
        self._worker = Worker(folder, self.queues, threads=settings.threads)
        self._listeners = {
            function.name: QueueListener(function, self._worker, self.queues, settings)
            for function in queue_functions
        }
        self._timers = {
            function.name: Timer(function, self._worker)
            for function in self._of_kind("timerTrigger")
        }

    def start_timers(self) -> None:
        """Let timers fire by themselves from now on."""
        for timer in self._timers.values():
            timer.start()

    def close(self) -> None:
        """Wait for the calls under way; messages in memory that still wait are lost."""
        for timer in self._timers.values():
            timer.close()
        self.queues.close()
        for listener in self._listeners.values():
            listener.close()
        self._worker.close()

    def handle(self, request: Request) -> Response:
        """Answer one request; what a function raises is the server's to log and answer."""
        if request.path.startswith(ADMIN):
            return self._admin(request)
        match = self._routes.match(request.method, request.path)
        if match is None:
            return NOT_FOUND
        name, route_parameters = match
        function = self._functions[name]
        if not self._may(function.auth_level, request):
            return UNAUTHORIZED
        argument = func.HttpRequest(
            method=request.method,
            url=f"http://{request.headers.get('host', 'localhost')}{request.target}",
            headers=request.headers,
            params=request.query,
            route_params=route_parameters,
            body=request.body,
        )
        return _response(self._worker.call(function, argument))

    def _of_kind(self, kind: str) -> list[Function]:
        return [function for function in self._functions.values() if function.kind == kind]

    def _may(self, level: str, request: Request) -> bool:
        if self._keys is None:
            return True
        shown = request.headers.get("x-functions-key") or request.query.get("code", "")
        return self._keys.open(level, shown)

    def _admin(self, request: Request) -> Response:
        if not self._may("ADMIN", request):
            return UNAUTHORIZED
        match request.method, request.path.removeprefix(ADMIN).split("/"):
            case "GET", ["host", "status"]:
                return json_response({"state": "Running", "functions": len(self._functions)})
            case "GET", ["queues"]:
                return json_response(self.queues.listing())
            case "GET", ["functions"]:
                return json_response([_description(each) for each in self._functions.values()])
            case "POST", ["functions", name] if name in self._functions:
                return self._start(name, request)
            case _:
                return NOT_FOUND

    def _start(self, name: str, request: Request) -> Response:
        try:
            content = json.loads(request.body)
        except ValueError:
            return BAD_REQUEST
        given = content.get("input", "") if isinstance(content, dict) else ""
        if name in self._timers:
            threading.Thread(target=self._timers[name].fire, daemon=True).start()
            return ACCEPTED
        if name not in self._listeners:
            return BAD_REQUEST
        body = given if isinstance(given, str) else json.dumps(given)
        try:
            self.queues[self._listeners[name].queue_name].put(body.encode())
        except MessageTooLargeError:
            return Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return ACCEPTED


def _description(function: Function) -> dict[str, object]:
    trigger = {key: str(value) for key, value in function.trigger.items() if key != "methods"}
    methods = [
        str(getattr(method, "value", method)) for method in function.trigger.get("methods") or ()
    ]
    return {"name": function.name, "trigger": {**trigger, "methods": methods}}


def _response(result: object) -> Response:
    """Return what the platform makes of a function's result.

    Raises:
        TypeError: it makes nothing of it.
    """
    if isinstance(result, str):
        result = func.HttpResponse(result)
    if not isinstance(result, func.HttpResponse):
        raise TypeError(f"a {type(result).__name__} is no answer to a request")
    headers = [(str(name), str(value)) for name, value in result.headers.items()]
    if not any(name.lower() == "content-type" for name, _ in headers):
        text = result.mimetype.startswith("text/")
        charset = f"; charset={result.charset}" if text else ""
        headers.append(("Content-Type", f"{result.mimetype}{charset}"))
    return Response(
        status=result.status_code, headers=tuple(headers), body=result.get_body() or b""
    )
