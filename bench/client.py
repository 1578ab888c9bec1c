"""CPU of one request of our client, beside bare ``requests`` asking the same of the same server."""

import json
import statistics
import time
from collections.abc import Callable
from uuid import UUID, uuid4

import requests

from bench.table import Line
from dataverse_client import Query, StaticToken, connect, eq
from dataverse_client import operations as op
from tests.local_stack.children import Child

ROUNDS = 40
CALLS_A_ROUND = 25
ROW = UUID("a0000000-0000-4000-8000-000000000001")


def measure() -> list[Line]:
    """Take turns in one process, so that whatever else the machine does hits both."""
    with Child("bench.floor") as server:
        url = f"http://127.0.0.1:{server.port()}"
        with connect(url, StaticToken("token")) as ours, requests.Session() as bare:
            bare.headers.update(
                {
                    "Accept": "application/json",
                    "OData-Version": "4.0",
                    "OData-MaxVersion": "4.0",
                    "Authorization": "Bearer token",
                }
            )
            api = f"{url}/api/data/v9.2"
            changes = {"cht_trackedseconds": 600, "cht_segmentcount": 3}
            query = Query("cht_timelogs").select("cht_minutes").where(eq("statecode", 0))

            def our_patch() -> None:
                ours.send(op.update("cht_automatictimes", ROW, changes))

            def bare_patch() -> None:
                answer = bare.patch(
                    f"{api}/cht_automatictimes({ROW})",
                    json=changes,
                    headers={"If-Match": "*", "x-ms-client-request-id": str(uuid4())},
                    timeout=(5, 60),
                )
                answer.raise_for_status()

            def our_get() -> None:
                ours.send(op.read_rows(query))

            def bare_get() -> None:
                answer = bare.get(
                    f"{api}/cht_timelogs",
                    params={"$select": "cht_minutes", "$filter": "statecode eq 0"},
                    headers={"x-ms-client-request-id": str(uuid4())},
                    timeout=(5, 60),
                )
                answer.raise_for_status()
                json.loads(answer.content)

            return [
                _beside("client CPU of one PATCH", our_patch, bare_patch),
                _beside("client CPU of one GET", our_get, bare_get),
            ]


def _beside(what: str, ours: Callable[[], None], bare: Callable[[], None]) -> Line:
    pairs = [(_cpu(ours), _cpu(bare)) for _ in range(ROUNDS)]
    our_median = statistics.median(pair[0] for pair in pairs)
    bare_median = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    return Line(
        what,
        f"{our_median * 1e6:.0f} µs",
        f"{bare_median * 1e6:.0f} µs (bare requests)",
        ratio,
        "≤ 0.65",
    )


def _cpu(call: Callable[[], None]) -> float:
    """Return the CPU seconds of one call, the mean of a few."""
    started = time.process_time()
    for _ in range(CALLS_A_ROUND):
        call()
    return (time.process_time() - started) / CALLS_A_ROUND
