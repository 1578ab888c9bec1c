import pytest

from solution.tools.environment.deployment.readiness import (
    LONGEST_WAIT_SECONDS,
    POLL_SECONDS,
    wait_for_tables,
)
from solution.tools.environment.errors import Stopped
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.schema import Schema
from tests.unit.solution.environment.conftest import Desk

SEGMENTS = "cht_focussegment"


def let_it_take(mock: MockDataverse, looks: int) -> None:
    schema: Schema = mock.env.schema
    schema.settle(schema.table(SEGMENTS), looks)


def test_tables_that_are_ready_are_not_waited_for(desk: Desk) -> None:
    wait_for_tables(desk.session)

    assert desk.waits == []
    assert desk.lines == []


def test_what_is_waited_for_is_said_once(mock: MockDataverse, desk: Desk) -> None:
    let_it_take(mock, looks=3)

    wait_for_tables(desk.session)

    assert desk.lines[0] == f"  waiting for the table {SEGMENTS}"
    assert len(desk.lines) == len(set(desk.lines))
    assert set(desk.waits) == {POLL_SECONDS}


def test_the_wait_has_an_end_that_says_what_is_missing(mock: MockDataverse, desk: Desk) -> None:
    let_it_take(mock, looks=10_000)

    with pytest.raises(Stopped, match=f"not ready after 15 minutes: the table {SEGMENTS}"):
        wait_for_tables(desk.session)
    assert sum(desk.waits) == LONGEST_WAIT_SECONDS


@pytest.mark.parametrize("status", ["Pending", "Failed", None])
def test_the_key_that_elastic_tables_are_made_with_is_not_waited_for(
    mock: MockDataverse, desk: Desk, status: str | None
) -> None:
    """It has no index that could become ready; what it says is published nowhere."""
    mock.switches.elastic_key_status = status

    wait_for_tables(desk.session)

    assert desk.waits == []
