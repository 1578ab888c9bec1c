"""Activities are found without webhooks: changed ones, moved and deleted ones."""

import json
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock
from tests.api.reconciling import reconcile, totals_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User

ACTIVITY_SECONDS = 4


@pytest.fixture
def cases(mock: MockDataverse) -> list[UUID]:
    return [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(2)]


@pytest.fixture
def call(api: Api, mock: MockDataverse, clock: Clock, amira: User, cases: list[UUID]) -> UUID:
    """A call of ten minutes on the first case that was counted two hours ago."""
    row = {
        "ownerid": amira.systemuserid,
        "actualdurationminutes": 10,
        "regardingobjectid": cases[0],
    }
    found = mock.add_row("phonecall", row)
    reconcile(api)
    clock.advance(hours=2)
    assert activity_seconds(mock, cases) == [600, 0]
    return found


def activity_seconds(mock: MockDataverse, cases: list[UUID]) -> list[object]:
    """Return what the activities of each case count; 0 where a case has no total."""
    totals = totals_of(mock)
    return [totals[str(case)][ACTIVITY_SECONDS] if str(case) in totals else 0 for case in cases]


def test_a_changed_activity_counts_after_a_quarter_of_an_hour(
    api: Api, mock: MockDataverse, cases: list[UUID], call: UUID
) -> None:
    mock.update_row("phonecall", call, {"actualdurationminutes": 25})

    reconcile(api)

    assert activity_seconds(mock, cases) == [1500, 0]


def test_an_activity_that_moves_leaves_one_case_and_comes_to_the_other(
    api: Api, mock: MockDataverse, cases: list[UUID], call: UUID
) -> None:
    mock.update_row("phonecall", call, {"regardingobjectid": cases[1]})

    reconcile(api)

    assert activity_seconds(mock, cases) == [0, 600]


def test_a_deleted_activity_no_longer_counts(
    api: Api, mock: MockDataverse, cases: list[UUID], call: UUID
) -> None:
    mock.delete_row("phonecall", call)

    reconcile(api)

    assert activity_seconds(mock, cases) == [0, 0]


@pytest.mark.parametrize(
    ("timer", "days", "found"),
    [
        ("reconcile_recent", 0.9, True),
        ("reconcile_recent", 1.1, False),
        ("reconcile_history", 6.9, True),
        ("reconcile_history", 7.1, False),
    ],
)
def test_how_long_after_its_last_total_a_case_is_watched(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    cases: list[UUID],
    call: UUID,
    *,
    timer: str,
    days: float,
    found: bool,
) -> None:
    clock.advance(hours=24 * days - 2)
    mock.delete_row("phonecall", call)

    reconcile(api, timer)

    assert activity_seconds(mock, cases) == [0 if found else 600, 0]


@pytest.mark.usefixtures("call")
def test_activities_that_are_as_they_were_bring_no_case(api: Api) -> None:
    api.fire_timer("reconcile_recent")

    assert not any("cases" in message for message in api.queues["reconcile"])


def test_a_hundred_cases_are_compared_in_one_request(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    for number in range(100):
        case = mock.add_row("incident", {"title": f"Case {number}"})
        spent = {"actualdurationminutes": 1, "regardingobjectid": case}
        mock.add_row("phonecall", {"ownerid": amira.systemuserid} | spent)
    before = asked(api, mock)
    reconcile(api)
    clock.advance(hours=2)

    assert asked(api, mock) == before + 1


def asked(api: Api, mock: MockDataverse) -> int:
    """Return how many requests one look takes."""
    mock.clear_requests()
    api.fire_timer("reconcile_recent")
    api.queues["reconcile"].clear()
    return len(mock.requests)


def compares(request: RecordedRequest) -> bool:
    """Tell whether a request asks for the sums of several cases' activities."""
    return request.path.endswith("activitypointers") and "groupby" in request.query


def test_more_activities_than_dataverse_sums_up_are_read_one_by_one(
    api: Api, mock: MockDataverse, cases: list[UUID], call: UUID
) -> None:
    mock.delete_row("phonecall", call)
    refusal = json.dumps({"error": {"code": "0x8004e023", "message": "AggregateQueryRecordLimit"}})
    mock.fail_next(400, body=refusal, matching=compares)

    reconcile(api)

    assert mock.faults.waiting == 0
    assert activity_seconds(mock, cases) == [0, 0]


@pytest.mark.usefixtures("call")
def test_what_else_changed_is_mended_when_activities_cannot_be_compared(
    api: Api, mock: MockDataverse, cases: list[UUID]
) -> None:
    mock.update_row("incident", cases[0], {"title": "Another name"})
    mock.fail_next(503, times=1_000, matching=compares)

    api.fire_timer("reconcile_recent")

    assert mock.faults.waiting < 1_000
    assert any(str(cases[0]) in message for message in api.queues["reconcile"])
