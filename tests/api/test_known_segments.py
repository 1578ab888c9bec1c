"""Segments that are evidence already: the same delivery again completes what is missing of it."""

from collections import Counter
from typing import Any
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
