"""Elastic tables may answer from an outdated copy: nothing is lost, nothing counted twice."""

from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.mark.parametrize("lag", [1, 2, 3, 10])
def test_another_instance_that_sees_old_segments_takes_nothing_away(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, lag: int
) -> None:
    clock.advance(minutes=20)
    mock.elastic_lag_reads = lag
    api.deliver(reported(case, 0, 600), user=amira)
    api.restart()

    api.deliver(reported(case, 600, 900), user=amira)
    mock.elastic_lag_reads = 0
    api.work_off_queue()

    assert tracked(mock) == {str(case): 900}


@pytest.mark.parametrize("lag", [1, 2, 3, 10])
def test_an_overlap_that_another_instance_cannot_see_yet_is_not_counted_twice(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    case: UUID,
    other_case: UUID,
    *,
    lag: int,
) -> None:
    clock.advance(minutes=20)
    mock.elastic_lag_reads = lag
    api.deliver(reported(case, 0, 600), user=amira)
    api.restart()

    api.deliver(reported(other_case, 300, 900), user=amira)

    assert sum(tracked(mock).values()) <= 900
    mock.elastic_lag_reads = 0
    api.work_off_queue()
    assert tracked(mock) == {str(case): 300, str(other_case): 600}


def test_a_segment_that_cannot_be_seen_yet_is_a_duplicate_and_counts(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(minutes=20)
    segment = reported(case, 0, 600)
    mock.elastic_lag_reads = 3
    mock.fail_call(2, 0, drop=True, when="after")
    api.deliver(segment, user=amira)
    api.restart()

    api.deliver(segment, user=amira)
    mock.elastic_lag_reads = 0
    api.work_off_queue()

    assert tracked(mock) == {str(case): 600}
    assert len(mock.rows("cht_focussegment")) == 1
