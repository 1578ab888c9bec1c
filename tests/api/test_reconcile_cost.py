"""What reconciliation costs: requests grow with the segments, no faster. Counted, never timed."""

from datetime import timedelta
from uuid import UUID

import pytest

from functions.contracts.reconcile import day_messages
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import RepresentativeId
from tests.api.harness import NOON, Api
from tests.api.reconciling import from_a_form
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SEGMENTS_A_DAY = 100
DAYS = 10
CASES = 10


@pytest.fixture
def cases(mock: MockDataverse) -> list[UUID]:
    return [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(CASES)]


def _worked(mock: MockDataverse, user: User, cases: list[UUID]) -> list[WorkDay]:
    """Store ten days of a representative, a hundred segments a day on all cases in turn."""
    days = []
    for day in range(1, DAYS + 1):
        base = NOON - timedelta(days=day)
        days.append(WorkDay(RepresentativeId(user.systemuserid), base.date()))
        for number in range(SEGMENTS_A_DAY):
            case = cases[number % CASES]
            from_a_form(mock, user, case, number * 60, number * 60 + 60, base=base)
    return days


def _requests(api: Api, days: list[WorkDay]) -> int:
    api.queues["reconcile"].extend(day_messages(days))
    api.mock.clear_requests()
    api.work_off_queue("reconcile")
    return len(api.mock.requests)


def test_ten_times_the_segments_take_at_most_ten_times_the_requests(
    api: Api, mock: MockDataverse, cases: list[UUID]
) -> None:
    people = [mock.add_user(f"Person {number} (test)") for number in range(10)]
    days = [_worked(mock, user, cases) for user in people]
    thousand = _requests(api, days[0])
    whole = [day for of_one in days for day in of_one]

    mended = _requests(api, whole)
    checked = _requests(api, whole)

    assert thousand == (
        1  # the settings
        + 2  # her days, and segments in pages of 500
        + 1  # who she is
        + 1  # her hundred new rows
        + 2  # totals of ten cases: seen and written
    )
    assert mended <= 10 * thousand
    assert checked == 10 * 2 + 1  # pages of 500 segments, and the totals of ten cases
    assert len(mock.rows("cht_automatictime")) == 10 * DAYS * CASES
