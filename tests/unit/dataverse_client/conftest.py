from collections.abc import Iterator

import pytest
import responses
import stamina
from hypothesis import settings

from dataverse_client import DataverseClient, StaticToken, connect
from tests.unit.dataverse_client.answers import ENVIRONMENT, TOKEN

# How long an example takes says something about the machine, not about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture
def http() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as fake:
        yield fake


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dataverse(clock: Clock) -> DataverseClient:
    return connect(ENVIRONMENT, StaticToken(TOKEN), clock=clock)
