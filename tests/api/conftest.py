from uuid import UUID

import pytest

from tests.api.events import Desk
from tests.api.harness import Api, Clock, reported
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


@pytest.fixture
def desk(api: Api, mock: MockDataverse) -> Desk:
    return Desk(api, mock)


@pytest.fixture
def third_case(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "Coffee machine"})


@pytest.fixture
def morning(
    api: Api, clock: Clock, amira: User, ben: User, case: UUID, other_case: UUID
) -> dict[tuple[str, str, str], tuple[object, object]]:
    """Amira worked on two cases, ten minutes of it on both at once; Ben on one of them."""
    clock.advance(minutes=20)
    api.deliver(
        reported(case, 0, 600), reported(other_case, 300, 900, window="window-2"), user=amira
    )
    api.deliver(reported(case, 0, 600), user=ben)
    return {
        (str(case), str(amira.systemuserid), "2026-03-10"): (300, 1),
        (str(other_case), str(amira.systemuserid), "2026-03-10"): (600, 1),
        (str(case), str(ben.systemuserid), "2026-03-10"): (600, 1),
    }
