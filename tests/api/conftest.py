from uuid import UUID

import pytest

from tests.api.harness import Api, Clock
from tests.api.rebuilding import Console, Office
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.fixture
def console(mock: MockDataverse, clock: Clock, capsys: pytest.CaptureFixture[str]) -> Console:
    """A command line beside an environment that keeps evidence for nine days."""
    mock.setting("cht_SegmentRetentionDays", "9")
    return Console(mock, clock, capsys)


@pytest.fixture
def office(api: Api, amira: User, ben: User, case: UUID, other_case: UUID) -> Office:
    return Office.after_work(api, amira, ben, case, other_case)
