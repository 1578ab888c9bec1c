"""Segments that are evidence already: the same delivery again completes what is missing of it."""

from collections import Counter
from typing import Any, Literal
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.fixture
def morning(case: UUID, other_case: UUID) -> list[dict[str, Any]]:
    """Two windows on two cases: 20 minutes, 10 of them overlapping."""
    return [
        reported(case, 0, 600, id=UUID(int=1)),
        reported(case, 600, 900, id=UUID(int=2), focus=0),
        reported(other_case, 300, 900, id=UUID(int=3), window="window-2"),
        reported(other_case, 900, 1200, id=UUID(int=4), focus=300, window="window-2"),
    ]


@pytest.fixture
def expected(case: UUID, other_case: UUID) -> dict[str, int]:
    """The later focus wins the overlap."""
    return {str(case): 300, str(other_case): 900}


@pytest.mark.parametrize("known", range(5))
def test_a_batch_of_which_some_is_known_is_completed(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    morning: list[dict[str, Any]],
    expected: dict[str, int],
    *,
    known: int,
) -> None:
    clock.advance(minutes=20)
    api.deliver(*morning[:known], user=amira)

    reply = api.deliver(*morning, user=amira)

    assert Counter(reply.receipts.values()) == +Counter(duplicate=known, accepted=4 - known)
    assert tracked(mock) == expected


ANSWERS = [
    pytest.param((412, "0x80040237"), id="as documented"),
    pytest.param((409, "0x80060892"), id="as users see it"),
    pytest.param((409, "0x80040265"), id="a conflict with an unknown code"),
    pytest.param((412, "0x0"), id="a precondition without a code"),
    *(
        pytest.param((status, "0x80040265"), id=f"{status} with an unknown code")
        for status in (400, 403, 404, 405, 422)
    ),
]
"""What Dataverse may answer to an elastic row that is there: no public source says it."""


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_repeated_segment_is_known_whatever_dataverse_answers(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    case: UUID,
    answer: tuple[int, str],
) -> None:
    clock.advance(minutes=20)
    segment, later = reported(case, 0, 600), reported(case, 600, 900, focus=0)
    api.deliver(segment, user=amira)
    mock.setting("cht_ReportingTimeZone", "Pacific/Auckland")
    clock.advance(seconds=61)
    api.refresh(case, user=amira)  # from now on the evidence of another day is looked at
    mock.switches.elastic_duplicate = answer

    reply = api.refresh(case, segment, later, user=amira)

    assert (reply.status, list(reply.receipts.values())) == (200, ["duplicate", "accepted"])
    assert tracked(mock) == {str(case): 900}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("half", ["before", "after"])
def test_a_lost_answer_loses_no_second_whatever_dataverse_answers_to_the_repetition(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    case: UUID,
    *,
    half: Literal["before", "after"],
    answer: tuple[int, str],
) -> None:
    clock.advance(minutes=20)
    mock.switches.elastic_duplicate = answer
    mock.fail_next(
        503,
        when=half,
        matching=lambda request: "POST" in {method for method, _, _ in request.parts},
    )

    reply = api.refresh(case, reported(case, 0, 300), reported(case, 300, 600), user=amira)

    assert reply.status == 200
    assert set(reply.receipts.values()) <= {"accepted", "duplicate"}
    assert tracked(mock) == {str(case): 600}


@pytest.mark.parametrize(("status", "fate"), [(403, "not_allowed"), (404, "case_not_found")])
def test_a_segment_that_is_refused_and_not_there_is_no_duplicate(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, *, status: int, fate: str
) -> None:
    clock.advance(minutes=20)
    mock.faults.add(
        status,
        matching=lambda request: "POST" in {method for method, _, _ in request.parts},
        part=0,
    )

    reply = api.deliver(reported(case, 0, 600), user=amira)

    assert list(reply.receipts.values()) == [fate]
    assert tracked(mock) == {}


def test_a_refusal_that_says_nothing_lets_the_segment_wait(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(minutes=20)
    mock.faults.add(
        400, matching=lambda request: "POST" in {method for method, _, _ in request.parts}, part=0
    )

    reply = api.deliver(reported(case, 0, 600), user=amira)
    api.work_off_queue()

    assert (reply.status, list(reply.receipts.values())) == (202, ["queued"])
    assert tracked(mock) == {str(case): 600}


def test_a_repeated_segment_that_a_lagging_copy_does_not_show_yet_waits_and_counts_once(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(minutes=20)
    mock.switches.elastic_duplicate = (400, "0x80040265")
    mock.elastic_lag_reads = 10
    mock.fail_next(
        503,
        when="after",
        matching=lambda request: "POST" in {method for method, _, _ in request.parts},
    )

    reply = api.deliver(reported(case, 0, 600), user=amira)
    mock.elastic_lag_reads = 0
    api.work_off_queue()

    assert (reply.status, list(reply.receipts.values())) == (202, ["queued"])
    assert tracked(mock) == {str(case): 600}
