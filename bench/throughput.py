"""Calls per second through the local host, beside the most that its threads and Dataverse allow."""

import http.client
import json
import threading
import time
from datetime import UTC, datetime

from bench.office import DRIVERS_PATH, Desk, signed_in
from bench.table import Line
from tests.local_stack.children import ROOT, Child

THREADS = 32
LATENCY_MS = 80.0
SECONDS = 8.0
WARM_UP_SECONDS = 2.0


def measure() -> list[Line]:
    with signed_in(latency_ms=LATENCY_MS) as desk:
        host = Child("tests.local_stack.functions_host", str(ROOT), environment=desk.environment)
        with host:
            port = host.port()
            _drive(port, desk, seconds=WARM_UP_SECONDS)
            done = _drive(port, desk, seconds=SECONDS)
    most = THREADS / (LATENCY_MS / 1000)
    reached = done / SECONDS
    return [
        Line(
            f"refresh calls/s, {THREADS} at once, Dataverse latency {LATENCY_MS:.0f} ms",
            f"{reached:.0f}",
            f"{most:.0f} (threads / latency)",
            reached / most,
            "≥ 0.8",
        )
    ]


def _drive(port: int, desk: Desk, *, seconds: float) -> int:
    """Call from as many threads as the host has, and return how many calls were answered."""
    ends_at = time.perf_counter() + seconds
    counts = [0] * THREADS

    def call(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Authorization": f"Bearer {desk.token}", "Content-Type": "application/json"}
        while time.perf_counter() < ends_at:
            body = json.dumps({"sentAt": datetime.now(UTC).isoformat(), "surface": "workspace"})
            connection.request("POST", DRIVERS_PATH, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{answer.status}: {content[:200]!r}")
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=call, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if min(counts) == 0:
        raise RuntimeError("a caller got no answer")
    return sum(counts)
