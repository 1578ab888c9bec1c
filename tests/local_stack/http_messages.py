"""Requests and answers as the servers of the stack pass them around."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request. ``target`` is still percent-encoded; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        return unquote(self.target.partition("?")[0])

    @cached_property
    def query(self) -> dict[str, str]:
        """The parameters by name; the values of a repeated one are joined by commas."""
        values: dict[str, str] = {}
        for name, value in parse_qsl(self.target.partition("?")[2], keep_blank_values=True):
            values[name] = f"{values[name]},{value}" if name in values else value
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer; the server adds ``Content-Length``."""

    status: int = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def with_headers(self, *more: tuple[str, str]) -> "Response":
        return Response(status=self.status, headers=(*self.headers, *more), body=self.body)


Handler = Callable[[Request], Response]


def json_response(value: object, *, status: int = HTTPStatus.OK) -> Response:
    return Response(
        status=status,
        headers=(("Content-Type", "application/json"), ("Cache-Control", "no-store")),
        body=json.dumps(value).encode(),
    )


def problem(status: HTTPStatus, detail: str, *, field: str | None = None) -> Response:
    """Return an answer that says what is wrong, and where if one field is to blame."""
    content: dict[str, object] = {"status": status, "title": status.phrase, "detail": detail}
    if field is not None:
        content["errors"] = [{"field": field, "detail": detail}]
    return json_response(content, status=status)


def allowing_origin(handler: Handler, origin: str) -> Handler:
    """Return the handler with cross-origin calls from one origin answered as the platform does.

    Preflights never reach the handler. What comes from elsewhere is served as ever; the browser
    keeps the answer from the page that asked.
    """

    def handle(request: Request) -> Response:
        allowed = request.headers.get("origin") == origin
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return _preflight(request, origin) if allowed else Response(status=204)
        response = handler(request)
        if not allowed:
            return response.with_headers(("Vary", "Origin"))
        return response.with_headers(("Access-Control-Allow-Origin", origin), ("Vary", "Origin"))

    return handle


def _preflight(request: Request, origin: str) -> Response:
    return Response(
        status=HTTPStatus.NO_CONTENT,
        headers=(
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Methods", request.headers["access-control-request-method"]),
            (
                "Access-Control-Allow-Headers",
                request.headers.get("access-control-request-headers", ""),
            ),
            ("Access-Control-Max-Age", "600"),
            ("Vary", "Origin"),
        ),
    )
