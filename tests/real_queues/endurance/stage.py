"""The parts that are there during a run; only the functions are killed."""

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.local_stack.addresses import Addresses
from tests.local_stack.azurite import azurite, connection_string
from tests.local_stack.children import Child
from tests.local_stack.functions_host.keys import FUNCTION_KEY
from tests.local_stack.functions_host.settings import OVERRIDE
from tests.local_stack.http_client import over_http
from tests.local_stack.http_messages import Handler, Request
from tests.local_stack.http_server import HttpServer
from tests.local_stack.token_desk import DATAVERSE_PATH, TokenDesk
from tests.local_stack.tokens import TENANT, TokenIssuer
from tests.local_stack.webhooks import connect_webhooks
from tests.real_queues.endurance.outcome import Row

LAG_SECONDS = 0.3
"""For so long who comes anew, as each life does, reads a copy of evidence without the latest."""

QUEUES = f"{OVERRIDE}__extensions__queues__"
HOST = {
    "PYTHON_THREADPOOL_THREAD_COUNT": "64",
    f"{QUEUES}visibilityTimeout": "00:00:01",
    f"{QUEUES}maxPollingInterval": "00:00:00.5",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The parts while they run; ``port`` is where the functions answer."""

    lives: Child
    port: int
    dataverse: Handler
    functions: Handler
    desk: TokenDesk
    randomness: random.Random

    def ask(self, handler: Handler, method: str, target: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return the answer's JSON, or ``None`` without one."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = {
            "authorization": f"Bearer {self.desk.dataverse_token()}",
            "content-type": "application/json",
        }
        request = Request(method=method, target=target, headers=headers, body=content)
        answer = handler(request).body
        return json.loads(answer) if answer else None

    def rows(self, table: str) -> list[Row]:
        found: list[Row] = self.ask(self.dataverse, "GET", f"/__mock__/rows/{table}")
        return found

    def queues(self) -> dict[str, dict[str, Any]]:
        """Return how many messages each queue has, and what its poison queue holds."""
        found: dict[str, dict[str, Any]] = self.ask(self.functions, "GET", "/admin/queues")
        return found

    def fire(self, timer: str) -> None:
        self.ask(self.functions, "POST", f"/admin/functions/{timer}", {"input": ""})


@contextmanager
def running(randomness: random.Random) -> Iterator[Stage]:
    """Run all parts until the block ends."""
    with ExitStack() as parts:
        tokens = parts.enter_context(HttpServer())
        issuer = TokenIssuer(issuer=f"{tokens.url}/{TENANT}/v2.0")
        package = __package__ or ""
        storage = parts.enter_context(azurite())
        dataverse = parts.enter_context(
            Child(
                f"{package}.dataverse",
                issuer.issuer,
                environment={"LOCAL_STACK_PUBLIC_KEY": issuer.key.public_pem()},
            )
        )
        dataverse_url = f"http://127.0.0.1:{dataverse.port()}"
        desk = TokenDesk(url=tokens.url, dataverse_url=dataverse_url, issuer=issuer)
        tokens.start(desk.handle)
        lives = parts.enter_context(
            Child(
                f"{package}.lives",
                connection_string(storage.port()),
                environment=desk.functions_environment() | HOST,
            )
        )
        port = lives.port()
        addresses = Addresses(
            api=f"http://127.0.0.1:{port}/api",
            dataverse=f"{dataverse_url}{DATAVERSE_PATH}",
            tokens=tokens.url,
            workspace="",
        )
        connect_webhooks(addresses, desk, key=FUNCTION_KEY)
        stage = Stage(
            lives=lives,
            port=port,
            dataverse=over_http(dataverse_url),
            functions=over_http(f"http://127.0.0.1:{port}"),
            desk=desk,
            randomness=randomness,
        )
        stage.ask(stage.dataverse, "POST", "/__mock__/lag", {"seconds": LAG_SECONDS})
        yield stage
