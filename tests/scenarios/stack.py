"""The whole product in this process, on loopback, with one clock for all of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest

from functions import wiring
from functions.configuration import Configuration
from tests.api.harness import FUNCTIONS, SIGNING_KEY, StaticKeys
from tests.local_stack.addresses import Addresses
from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.host import FunctionsHost
from tests.local_stack.functions_host.settings import host_settings
from tests.local_stack.http_messages import allowing_origin
from tests.local_stack.http_server import HttpServer
from tests.local_stack.in_process import in_process
from tests.local_stack.office.doorkeeper import Doorkeeper
from tests.local_stack.office.seeds import seed
from tests.local_stack.token_desk import DATAVERSE_PATH, TokenDesk
from tests.local_stack.tokens import AUDIENCE, TENANT, TokenIssuer
from tests.local_stack.workspace import Workspace
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.responses_adapter import mounted
from tests.scenarios.stepped_clock import SteppedClock
from tests.scenarios.traffic import Traffic, asked_for_leave_each_time, at_the_senders_time

API, DATAVERSE, PAGE, TOKENS = "api", "dataverse", "page", "tokens"
FOREVER = "4102444800"


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack while it serves."""

    addresses: Addresses
    mock: MockDataverse
    clock: SteppedClock
    traffic: Traffic


@contextmanager
def running(*, with_work: bool = False) -> Iterator[Stack]:
    """Serve the workspace, the functions and the tokens until the block ends."""
    clock = SteppedClock()
    traffic = Traffic(clock)
    with ExitStack() as parts:
        page, tokens, api = (parts.enter_context(HttpServer()) for _ in range(3))
        issuer = TokenIssuer(issuer=f"{tokens.url}/{TENANT}/v2.0", key=SIGNING_KEY)
        mock = parts.enter_context(_dataverse(clock, issuer, with_work=with_work))
        desk = TokenDesk(url=tokens.url, dataverse_url=mock.base_url, issuer=issuer)
        host = parts.enter_context(_functions(mock, clock, issuer))
        addresses = Addresses(
            api=f"{api.url}/api",
            dataverse=f"{mock.base_url}{DATAVERSE_PATH}",
            tokens=tokens.url,
            workspace=page.url,
        )
        workspace = Workspace(
            addresses,
            dataverse=traffic.watched(DATAVERSE, in_process(mock)),
            dataverse_token=desk.dataverse_token,
        )
        answer = traffic.interrupted(at_the_senders_time(host.handle, clock.follow))
        api.start(
            traffic.watched(API, asked_for_leave_each_time(allowing_origin(answer, page.url)))
        )
        tokens.start(traffic.watched(TOKENS, allowing_origin(desk.handle, page.url)))
        page.start(traffic.watched(PAGE, workspace.handle))
        yield Stack(addresses, mock, clock, traffic)


@contextmanager
def _dataverse(
    clock: SteppedClock, issuer: TokenIssuer, *, with_work: bool
) -> Iterator[MockDataverse]:
    doorkeeper = Doorkeeper(
        public_key=issuer.key.public_pem(),
        issuer=issuer.issuer,
        audience=lambda: mock.base_url,
        service_user_id=lambda: mock.service_user_id,
    )
    mock = MockDataverse(clock=clock, authenticate=doorkeeper)
    try:
        seed(mock, clock, today=clock().date(), with_work=with_work)
        yield mock
    finally:
        mock.close()


@contextmanager
def _functions(
    mock: MockDataverse, clock: SteppedClock, issuer: TokenIssuer
) -> Iterator[FunctionsHost]:
    """Run the functions of the app with services that see this Dataverse and this clock."""
    identity = "http://identity.test/msi/token"
    desk = TokenDesk(url="", dataverse_url=mock.base_url, issuer=issuer)
    with mounted(mock) as router, pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDENTITY_ENDPOINT", identity)
        patch.setenv("IDENTITY_HEADER", "identity")
        token = {"access_token": desk.dataverse_token(), "token_type": "Bearer"}
        router.get(identity, json=token | {"expires_on": FOREVER, "resource": mock.base_url})
        services = wiring.build(
            Configuration(
                dataverse_url=mock.base_url,
                token_tenant=UUID(TENANT),
                token_audience=AUDIENCE,
                token_issuer=issuer.issuer,
            ),
            keys=StaticKeys(),
            clock=clock,
            seconds=clock.seconds,
        )
        patch.setattr(wiring, "services", lambda: services)
        host = FunctionsHost(FUNCTIONS, folder=ROOT, settings=host_settings(ROOT, {}))
        try:
            yield host
        finally:
            host.close()
            services.shared.executor.shutdown()
