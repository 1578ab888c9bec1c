from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from solution.tools.environment.options import TOKEN, WEBHOOK_KEY
from solution.tools.packing.pack import packed
from solution.tools.packing.tree import whole_tree
from tests.contract.api import Api
from tests.contract.ticking import Clock
from tests.integration.solution_tools.console import KEY, Console
from tests.integration.solution_tools.deployer import Deployer
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4, cap=True):
        yield


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, ADMIN_TOKEN)
    monkeypatch.setenv(WEBHOOK_KEY, KEY)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    """An environment with Customer Service and nothing of ours."""
    mock = MockDataverse(clock=clock, installed=False)
    yield mock
    mock.close()


@pytest.fixture
def console(mock: MockDataverse, capsys: pytest.CaptureFixture[str]) -> Iterator[Console]:
    with serve(mock) as served:
        yield Console(served.url, mock, capsys)


@pytest.fixture
def administrator(console: Console) -> Iterator[Api]:
    """Somebody else who works in the environment."""
    with Api.opened(console.url, ADMIN_TOKEN) as api:
        yield api


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip that this checkout amounts to."""
    path = tmp_path_factory.mktemp("package") / "solution.zip"
    path.write_bytes(packed(whole_tree()))
    return path


@pytest.fixture
def deploy(console: Console, package: Path) -> Deployer:
    return Deployer(console, package)
