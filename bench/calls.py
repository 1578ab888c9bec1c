"""What a widget's call costs: requests to Dataverse, and CPU of the functions with their client.

The functions run in this process, without a host in front; the mock Dataverse runs in another one,
so its CPU does not count.
"""

import json
import os
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench.table import Line
from tests.api.harness import FUNCTIONS
from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.host import FunctionsHost
from tests.local_stack.functions_host.settings import host_settings
from tests.local_stack.http_messages import Request
from tests.local_stack.stack import Wishes, running

CALLS = 60
WARM_UP = 5
SEGMENT = timedelta(minutes=5)


class Office:
    """The stack's Dataverse, and one representative's calls to functions of our own."""

    def __init__(self, dataverse: str, tokens: str) -> None:
        self._dataverse = dataverse.removesuffix("/api/data/v9.2")
        os.environ.update(_read(f"{tokens}/environment"))
        self._case = _read(f"{tokens}/cases")[0]["id"]
        self._token = _read(f"{tokens}/token?user=amira")["token"]
        settings = host_settings(ROOT, os.environ)
        self.host = FunctionsHost(FUNCTIONS, folder=ROOT, settings=settings)
        self._next = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)

    def measure(self, what: str, path: str, *, segments: int) -> Line:
        """Make the call a number of times and return its mean cost."""
        for _ in range(WARM_UP):
            self._call(path, segments)
        _read(f"{self._dataverse}/__mock__/requests", method="DELETE")
        started = time.process_time()
        for _ in range(CALLS):
            self._call(path, segments)
        cpu_ms = (time.process_time() - started) / CALLS * 1000
        requests = len(_read(f"{self._dataverse}/__mock__/requests")) / CALLS
        return Line(what, f"{requests:.2f} requests, {cpu_ms:.1f} ms CPU")

    def _call(self, path: str, segments: int) -> None:
        body: dict[str, Any] = {"sentAt": datetime.now(UTC).isoformat()}
        if path != "segments":
            body["surface"] = "workspace"
            path = path.format(case=self._case)
        body["segments"] = [self._segment() for _ in range(segments)]
        response = self.host.handle(
            Request(
                method="POST",
                target=f"/api/{path}",
                headers={"authorization": f"Bearer {self._token}", "host": "localhost"},
                body=json.dumps(body).encode(),
            )
        )
        answer = json.loads(response.body)
        if any(receipt["status"] != "accepted" for receipt in answer["receipts"]):
            raise RuntimeError(f"{response.status}: {answer}")

    def _segment(self) -> dict[str, str]:
        """Return five minutes of focus, one after the other, for days."""
        start, self._next = self._next, self._next + SEGMENT
        return {
            "id": str(uuid4()),
            "caseId": self._case,
            "focusStartedAt": start.isoformat(),
            "startedAt": start.isoformat(),
            "endedAt": self._next.isoformat(),
            "endReason": "interval",
            "surface": "workspace",
            "windowId": "bench",
        }


def measure() -> list[Line]:
    with running(Wishes(seed="empty")) as stack:
        office = Office(stack.addresses.dataverse, stack.addresses.tokens)
        lines = [
            office.measure("refresh, no segments", "cases/{case}/refresh", segments=0),
            office.measure("refresh, 1 segment", "cases/{case}/refresh", segments=1),
            office.measure("outbox, 50 segments", "segments", segments=50),
        ]
        office.host.close()
    return lines


def _read(url: str, *, method: str = "GET") -> Any:  # noqa: ANN401 - whatever JSON there is
    request = urllib.request.Request(url, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")
