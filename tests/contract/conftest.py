"""One environment to ask, and who asks.

Tests in files not named ``test_mock_*`` use only these fixtures and the Web API, so that the same
sentences can be put to a real environment: a live run replaces ``mock``, ``case``, ``ann`` and
``ben`` by rows and people that exist there.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.contract.api import Api
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.responses_adapter import mounted


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    mock = MockDataverse(clock=clock)
    with mounted(mock):
        yield mock
    mock.close()


@pytest.fixture
def ann(mock: MockDataverse) -> User:
    """A representative with a customer service role."""
    return mock.add_user("Ann Bell")


@pytest.fixture
def ben(mock: MockDataverse) -> User:
    return mock.add_user("Ben Cole")


@pytest.fixture
def case(mock: MockDataverse, ann: User) -> UUID:
    """An active case of Ann's."""
    return mock.add_row("incident", {"title": "Printer", "ownerid": ann.systemuserid})


@pytest.fixture
def api(mock: MockDataverse) -> Iterator[Api]:
    """The Web API as the application user."""
    with Api.opened(mock.base_url, "test-token") as api:
        yield api


@pytest.fixture
def ann_api(api: Api, ann: User) -> Api:
    """The Web API as the application user acting for Ann."""
    return api.acting_for(ann.entra_object_id)


@pytest.fixture
def ben_api(api: Api, ben: User) -> Api:
    return api.acting_for(ben.entra_object_id)


@pytest.fixture
def admin_api(mock: MockDataverse, api: Api) -> Api:
    """The Web API as somebody who may do everything, also for others."""
    mock.give_roles(mock.service_user_id, ["System Administrator"])
    return api


@pytest.fixture
def administrator(mock: MockDataverse) -> Iterator[Api]:
    """The Web API as the System Administrator."""
    with Api.opened(mock.base_url, ADMIN_TOKEN) as api:
        yield api
