"""One environment to ask, and who asks.

Tests in files not named ``test_mock_*`` use only these fixtures and the Web API, so that the same
sentences can be put to a real environment: ``pytest tests/contract --live``. What it takes is in
`live.py`. A test that puts something in place beside the Web API asks for ``mock`` or ``clock``,
and is skipped then; so is one that is marked ``mock_only``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.contract.api import Api
from tests.contract.live import Live, case_of, person, tidied
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.responses_adapter import mounted

HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "mock_only(reason): cannot be put to a real environment")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the contract to a real environment, when that is asked for."""
    if not config.getoption("--live"):
        return
    Live.of(os.environ)
    for item in items:
        if HERE not in item.path.parents:
            continue
        only = item.get_closest_marker("mock_only")
        if item.path.name.startswith("test_mock_"):
            item.add_marker(pytest.mark.skip("is about the mock itself"))
        elif only is not None:
            item.add_marker(pytest.mark.skip(*only.args))
        else:
            item.add_marker(pytest.mark.live)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture
def live(pytestconfig: pytest.Config) -> Live | None:
    """The real environment; None on the mock."""
    return Live.of(os.environ) if pytestconfig.getoption("--live") else None


@pytest.fixture
def clock(live: Live | None) -> Clock:
    if live is not None:
        pytest.skip("moves a clock, which only the mock lets it")
    return Clock()


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    mock = MockDataverse(clock=clock)
    with mounted(mock):
        yield mock
    mock.close()


@pytest.fixture
def ann(request: pytest.FixtureRequest, live: Live | None) -> User:
    """A representative with a customer service role."""
    if live is not None:
        return person(live, live.ann)
    return _mock(request).add_user("Ann Bell")


@pytest.fixture
def ben(request: pytest.FixtureRequest, live: Live | None) -> User:
    if live is not None:
        return person(live, live.ben)
    return _mock(request).add_user("Ben Cole")


@pytest.fixture
def case(request: pytest.FixtureRequest, live: Live | None, ann: User) -> Iterator[UUID]:
    """An active case of Ann's."""
    if live is not None:
        with case_of(live, ann) as case:
            yield case
    else:
        values = {"title": "Printer", "ownerid": ann.systemuserid}
        yield _mock(request).add_row("incident", values)


@pytest.fixture
def api(request: pytest.FixtureRequest, live: Live | None) -> Iterator[Api]:
    """The Web API as the application user."""
    if live is not None:
        with tidied(live, live.token) as api:
            yield api
    else:
        with Api.opened(_mock(request).base_url, "test-token") as api:
            yield api


@pytest.fixture
def ann_api(api: Api, ann: User) -> Api:
    """The Web API as the application user acting for Ann."""
    return api.acting_for(ann.entra_object_id)


@pytest.fixture
def ben_api(api: Api, ben: User) -> Api:
    return api.acting_for(ben.entra_object_id)


@pytest.fixture
def admin_api(request: pytest.FixtureRequest, live: Live | None, api: Api) -> Api:
    """The Web API as somebody who may do everything, also for others."""
    if live is not None:
        administrator: Api = request.getfixturevalue("administrator")
        return administrator
    mock = _mock(request)
    mock.give_roles(mock.service_user_id, ["System Administrator"])
    return api


@pytest.fixture
def administrator(request: pytest.FixtureRequest, live: Live | None) -> Iterator[Api]:
    """The Web API as the System Administrator."""
    if live is not None:
        with tidied(live, live.administrator_token) as api:
            yield api
    else:
        with Api.opened(_mock(request).base_url, ADMIN_TOKEN) as api:
            yield api


def _mock(request: pytest.FixtureRequest) -> MockDataverse:
    mock: MockDataverse = request.getfixturevalue("mock")
    return mock
