"""``/__mock__/``: faults, the request log and delays, for tests in other processes."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Protocol

from werkzeug.wrappers import Request, Response

from tests.mock_dataverse.faults import Faults, RecordedRequest


class Controlled(Protocol):
    """What can be controlled from outside."""

    faults: Faults
    requests: list[RecordedRequest]
    latency_seconds: float
    elastic_lag_reads: int
    elastic_lag_seconds: float

    def clear_requests(self) -> None: ...

    def rows(self, table: str) -> list[dict[str, object]]: ...


def control(mock: Controlled, request: Request) -> Response:
    """Do what the path says; the body is JSON."""
    match request.method, request.path.removeprefix("/__mock__/").split("/"):
        case "POST", ["fail"]:
            _fail(mock.faults, _body(request))
        case "DELETE", ["fail"]:
            mock.faults.clear()
        case "GET", ["requests"]:
            return _json([asdict(recorded) for recorded in mock.requests])
        case "DELETE", ["requests"]:
            mock.clear_requests()
        case "GET", ["rows", table]:
            return _json(mock.rows(table))
        case "POST", ["lag"]:
            body = _body(request)
            mock.elastic_lag_reads = int(str(body.get("reads", 0)))
            mock.elastic_lag_seconds = float(str(body.get("seconds", 0)))
        case "POST", ["latency"]:
            mock.latency_seconds = float(str(_body(request).get("seconds", 0)))
        case _:
            return Response(status=404)
    return Response(status=204)


def _fail(faults: Faults, body: Mapping[str, object]) -> None:
    """Add a fault: status, headers, body, when, times, call, drop, and part of the path."""
    headers, text, path = body.get("headers"), body.get("body"), str(body.get("path", ""))
    faults.add(
        int(str(body.get("status", 503))),
        {str(name): str(value) for name, value in headers.items()}
        if isinstance(headers, dict)
        else None,
        None if text is None else str(text),
        when="after" if body.get("when") == "after" else "before",
        times=int(str(body.get("times", 1))),
        skip=int(str(body.get("call", 0))),
        matching=(lambda request: path in request.path) if path else None,
        drop=bool(body.get("drop")),
    )


def _body(request: Request) -> dict[str, object]:
    body = json.loads(request.get_data() or b"{}")
    return body if isinstance(body, dict) else {}


def _json(value: object) -> Response:
    return Response(json.dumps(value, default=str), content_type="application/json")
