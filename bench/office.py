"""Who and what the measurements are about, and the functions around it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tests.local_stack.children import Child
from tests.local_stack.http_server import HttpServer
from tests.local_stack.token_desk import TokenDesk
from tests.local_stack.tokens import TENANT, TokenIssuer

DRIVER = UUID("d0000000-0000-4000-8000-000000000001")
CASE = UUID("c0000000-0000-4000-8000-000000000001")
DRIVERS_PATH = f"/api/cases/{CASE}/refresh"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the functions find Dataverse and tokens, and a caller's own token."""

    environment: Mapping[str, str]
    token: str


@contextmanager
def signed_in(*, latency_ms: float) -> Iterator[Desk]:
    """Run a replaying Dataverse and a token desk."""
    with (
        Child("bench.replay", "--latency-ms", str(latency_ms)) as dataverse,
        HttpServer() as server,
    ):
        issuer = TokenIssuer(issuer=f"{server.url}/{TENANT}/v2.0")
        dataverse_url = f"http://127.0.0.1:{dataverse.port()}"
        desk = TokenDesk(url=server.url, dataverse_url=dataverse_url, issuer=issuer)
        server.start(desk.handle)
        yield Desk(desk.functions_environment(), issuer.for_api(DRIVER, now=datetime.now(UTC)))
