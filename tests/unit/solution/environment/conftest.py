from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

import pytest
import stamina
from hypothesis import settings
from responses import RequestsMock

from dataverse_client import StaticToken, connect
from solution.tools.environment.reporter import Reporter
from solution.tools.environment.session import Session
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.responses_adapter import mounted

# How long an example takes says something about the machine, not about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@dataclass(slots=True)
class Desk:
    """A session of the System Administrator, what was said in it, and how long was waited."""

    session: Session
    screen: StringIO
    waits: list[float] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return self.screen.getvalue().splitlines()


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4, cap=True):
        yield


@pytest.fixture
def mock() -> Iterator[MockDataverse]:
    mock = MockDataverse(clock=Clock())
    yield mock
    mock.close()


@pytest.fixture(autouse=True)
def router(mock: MockDataverse) -> Iterator[RequestsMock]:
    """The network: Dataverse is there, and whatever else a test puts there."""
    with mounted(mock) as router:
        yield router


@pytest.fixture
def desk(mock: MockDataverse) -> Iterator[Desk]:
    screen, waits = StringIO(), list[float]()
    with connect(mock.base_url, StaticToken(ADMIN_TOKEN)) as dataverse:
        yield Desk(Session(dataverse, Reporter(screen), waits.append), screen, waits)
