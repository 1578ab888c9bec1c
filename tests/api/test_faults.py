"""I3 over HTTP: a fault at any Dataverse call, before or after its effect, loses nothing."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import When
from tests.mock_dataverse.people import User

CALLS = 3
"""Requests of a call with segments; the budget test holds this number."""

FAULTS: dict[str, dict[str, Any]] = {
    "429, not run": {"status": 429, "headers": {"Retry-After": "1"}},
    "503 before the effect": {"status": 503},
    "503 after the effect": {"status": 503, "when": "after"},
    "500 after the effect": {"status": 500, "when": "after"},
    "an HTML page instead of the answer": {
        "status": 502,
        "headers": {"Content-Type": "text/html"},
        "body": "<html>gateway</html>",
        "when": "after",
    },
    "an HTML page with status 200": {
        "status": 200,
        "headers": {"Content-Type": "text/html"},
        "body": "<html>sign in</html>",
        "when": "after",
    },
    "a broken connection before the effect": {"status": 0, "drop": True},
    "a broken connection after the effect": {"status": 0, "drop": True, "when": "after"},
}


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


@pytest.mark.parametrize("times", [1, 4], ids=["once", "as often as it is tried"])
@pytest.mark.parametrize("call", range(CALLS))
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_after_a_fault_the_figures_are_those_without_it(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    morning: list[dict[str, Any]],
    expected: dict[str, int],
    fault: dict[str, Any],
    call: int,
    times: int,
) -> None:
    clock.advance(minutes=20)
    mock.faults.add(skip=call, times=times, **fault)

    reply = api.deliver(*morning, user=amira)
    mock.faults.clear()
    api.work_off_queue()

    assert set(reply.receipts) == {segment["id"] for segment in morning}
    assert tracked(mock) == expected
    assert len(mock.rows("cht_focussegment")) == 4


@pytest.mark.parametrize("call", range(CALLS))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_dies_at_any_call_leaves_nothing_for_the_next_one_to_miss(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    morning: list[dict[str, Any]],
    expected: dict[str, int],
    *,
    call: int,
    when: When,
) -> None:
    clock.advance(minutes=20)
    mock.faults.add(0, drop=True, when=when, skip=call, times=10)
    api.deliver(*morning, user=amira)
    api.queue.clear()  # the process died before it could send the messages or the answer
    mock.faults.clear()
    api.restart()

    api.deliver(*morning, user=amira)

    assert tracked(mock) == expected


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
