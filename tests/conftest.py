from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
import stamina

from functions import wiring
from tests.api.harness import Api, Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.responses_adapter import mounted

IDENTITY = "http://identity.test/msi/token"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--live",
        action="store_true",
        help="put the contract in tests/contract to a real environment (see live.py there)",
    )


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4, cap=True):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def environment(clock: Clock) -> Iterator[MockDataverse]:
    """Put in place Dataverse, and the managed identity that signs us in there.

    No list of ours may ask for more of an elastic table than a page holds, whichever test makes it.
    """
    mock = MockDataverse(clock=clock)
    mock.switches.large_elastic_pages_are_refused = True
    with mounted(mock) as router, pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDENTITY_ENDPOINT", IDENTITY)
        patch.setenv("IDENTITY_HEADER", "identity")
        token = {"access_token": "test-token", "expires_on": "4102444800", "token_type": "Bearer"}
        router.get(IDENTITY, json=token | {"resource": mock.base_url})
        yield mock
    mock.close()


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    with environment(clock) as mock:
        yield mock


@pytest.fixture
def api(mock: MockDataverse, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    api = Api(mock, clock)
    monkeypatch.setattr(wiring, "services", lambda: api.services)
    yield api
    api.services.shared.executor.shutdown()  # no question outlives its test


@pytest.fixture
def amira(mock: MockDataverse) -> User:
    return mock.add_user("Amira (test)")


@pytest.fixture
def ben(mock: MockDataverse) -> User:
    return mock.add_user("Ben (test)")


@pytest.fixture
def case(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "Printer on fire"})


@pytest.fixture
def other_case(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "No network"})
