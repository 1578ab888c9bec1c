"""Starts the parts in order, each once the one it needs answers, and ends them in reverse."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.local_stack.addresses import Addresses
from tests.local_stack.azurite import azurite, connection_string
from tests.local_stack.children import ROOT, Child
from tests.local_stack.functions_host.keys import FUNCTION_KEY
from tests.local_stack.http_client import over_http
from tests.local_stack.http_messages import allowing_origin
from tests.local_stack.http_server import HttpServer
from tests.local_stack.token_desk import DATAVERSE_PATH, TokenDesk
from tests.local_stack.tokens import TENANT, TokenIssuer
from tests.local_stack.webhooks import connect_webhooks
from tests.local_stack.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the stack is to be: ``port`` is the first of four, or 0 for any free ones.

    ``durable_queues`` are Azurite's, on a free port of its own.
    """

    port: int = 0
    seed: str = "office"
    keys: bool = False
    timers: bool = False
    durable_queues: bool = False
    app: Path = ROOT

    def port_of(self, part: int) -> int:
        return self.port + part if self.port else 0


@dataclass(frozen=True, slots=True)
class RunningStack:
    """The stack while it serves; ``storage`` opens the account of its queues if they have one."""

    addresses: Addresses
    children: tuple[Child, ...]
    storage: str | None

    def check(self) -> None:
        """Raise ``ChildFailedError`` if a part has ended."""
        for child in self.children:
            child.check()


@contextmanager
def running(
    wishes: Wishes, *, stopping: Callable[[], bool] = lambda: False
) -> Iterator[RunningStack]:
    """Run the whole stack for as long as the block lasts.

    Raises:
        AzuriteMissingError: durable queues are wished for without it.
        ChildFailedError: a part could not be started.
        InterruptedStartError: ``stopping`` said so meanwhile.
        OSError: a port is taken.
    """
    with ExitStack() as parts:
        workspace = parts.enter_context(HttpServer(wishes.port_of(0)))
        tokens = parts.enter_context(HttpServer(wishes.port_of(3)))
        issuer = TokenIssuer(issuer=f"{tokens.url}/{TENANT}/v2.0")
        office = parts.enter_context(_office(wishes, issuer))
        dataverse_url = f"http://127.0.0.1:{office.port(stopping=stopping)}"
        desk = TokenDesk(url=tokens.url, dataverse_url=dataverse_url, issuer=issuer)
        tokens.start(allowing_origin(desk.handle, workspace.url))
        emulators = (parts.enter_context(azurite()),) if wishes.durable_queues else ()
        accounts = [connection_string(each.port(stopping=stopping)) for each in emulators]
        host = parts.enter_context(_functions_host(wishes, desk, workspace.url, accounts))
        addresses = Addresses(
            api=f"http://127.0.0.1:{host.port(stopping=stopping)}/api",
            dataverse=f"{dataverse_url}{DATAVERSE_PATH}",
            tokens=tokens.url,
            workspace=workspace.url,
        )
        connect_webhooks(addresses, desk, key=FUNCTION_KEY)
        page = Workspace(
            addresses, dataverse=over_http(dataverse_url), dataverse_token=desk.dataverse_token
        )
        workspace.start(page.handle)
        yield RunningStack(addresses, (office, *emulators, host), next(iter(accounts), None))


def _office(wishes: Wishes, issuer: TokenIssuer) -> Child:
    return Child(
        "tests.local_stack.office",
        *("--port", str(wishes.port_of(2)), "--seed", wishes.seed, "--issuer", issuer.issuer),
        environment={"LOCAL_STACK_PUBLIC_KEY": issuer.key.public_pem()},
    )


def _functions_host(wishes: Wishes, desk: TokenDesk, origin: str, accounts: Sequence[str]) -> Child:
    switches = [name for name in ("keys", "timers") if getattr(wishes, name)]
    return Child(
        "tests.local_stack.functions_host",
        str(wishes.app.resolve()),
        *("--port", str(wishes.port_of(1)), "--cors", origin),
        *(f"--{name}" for name in switches),
        *(f"--storage={each}" for each in accounts),
        environment=desk.functions_environment(),
    )
