import json
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from dataverse_client import DataverseError
from solution.model.tables import TABLES
from solution.tools.environment.deployment.smoke_test import Specimen, smoke_test, specimens
from solution.tools.environment.errors import Stopped
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import When
from tests.unit.solution.environment.conftest import Desk

WRITTEN_IN = tuple(table.logical_name for table in TABLES)


@pytest.fixture
def case(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "Made for tests"})


def kept() -> dict[str, Specimen]:
    """Return what is written, by its entity set."""
    return {specimen.entity_set: specimen for specimen in specimens(UUID(int=1), UUID(int=2))}


def left_behind(mock: MockDataverse) -> list[dict[str, Any]]:
    return [row for table in WRITTEN_IN for row in mock.rows(table)]


def test_every_table_is_written_read_back_and_cleared(
    mock: MockDataverse, desk: Desk, case: UUID
) -> None:
    smoke_test(desk.session, case)

    created = [each.path.rpartition("/")[2] for each in mock.requests if each.method == "POST"]
    assert [name for name in created if name != "$batch"] == [
        "cht_focussegments",
        "cht_automatictimes",
        "cht_timeadjustments",
        "cht_timelogs",
        "cht_casehandlingtimes",
        "cht_handlingtimesnapshots",
    ]
    assert left_behind(mock) == []
    assert [row["incidentid"] for row in mock.rows("incident")] == [str(case)]
    assert mock.rows("contact") == []


def test_every_column_of_ours_is_tried() -> None:
    written = kept()

    for table in TABLES:
        names = {name.partition("@")[0].lower() for name in written[table.entity_set].row}
        assert {column.logical_name for column in table.columns} <= names


def test_what_one_administrator_has_left_another_finds() -> None:
    one, another = specimens(UUID(int=1), UUID(int=3)), specimens(UUID(int=2), UUID(int=4))

    assert [each.key for each in one] == [each.key for each in another]


def test_rows_of_others_are_left_alone(mock: MockDataverse, desk: Desk, case: UUID) -> None:
    log = mock.add_row("cht_timelog", {"cht_minutes": 7, "cht_caseid": case})

    smoke_test(desk.session, case)

    assert [row["cht_timelogid"] for row in mock.rows("cht_timelog")] == [str(log)]


def test_a_case_that_is_not_there_ends_it_before_anything_is_written(
    mock: MockDataverse, desk: Desk
) -> None:
    with pytest.raises(Stopped, match="no case 00000000"):
        smoke_test(desk.session, UUID(int=5))

    assert {request.method for request in mock.requests} == {"GET"}


def test_what_an_interrupted_run_left_is_removed(
    mock: MockDataverse, desk: Desk, case: UUID
) -> None:
    mock.fail_call(12, 400)  # in the middle of reading
    mock.fail_next(400, matching=lambda request: request.method == "DELETE", times=2)
    with pytest.raises(Stopped, match="the next run does so"):
        smoke_test(desk.session, case)
    assert left_behind(mock)

    smoke_test(desk.session, case)

    assert left_behind(mock) == []


def test_what_another_version_has_left_is_not_taken_for_ours(
    mock: MockDataverse, desk: Desk, case: UUID
) -> None:
    log = kept()["cht_timelogs"]
    mock.add_row("cht_timelog", {"cht_timelogid": log.key, "cht_minutes": 7, "cht_caseid": case})

    smoke_test(desk.session, case)

    assert mock.rows("cht_timelog") == []


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_answer_that_is_lost_is_no_failure(
    mock: MockDataverse, desk: Desk, case: UUID, method: str
) -> None:
    mock.fail_next(
        503, when="after", matching=lambda each: each.method == method and "batch" not in each.path
    )

    smoke_test(desk.session, case)

    assert left_behind(mock) == []


def test_a_row_that_comes_back_otherwise_is_told(
    mock: MockDataverse, desk: Desk, case: UUID
) -> None:
    log = kept()["cht_timelogs"]
    body = json.dumps(log.columns | {"cht_minutes": 7})
    mock.fail_next(200, body=body, matching=lambda each: "cht_timelogs(" in each.path)

    with pytest.raises(Stopped, match="cht_timelogs: cht_minutes did not come back as written"):
        smoke_test(desk.session, case)
    assert left_behind(mock) == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("fault", [{"status": 400}, {"drop": True}], ids=["refused", "lost"])
def test_nothing_is_left_whatever_call_fails(
    mock: MockDataverse, desk: Desk, case: UUID, when: When, fault: dict[str, Any]
) -> None:
    smoke_test(desk.session, case)
    calls = len(mock.requests)

    for number in range(calls):
        mock.fail_call(number, when=when, **fault)
        with suppress(DataverseError):
            smoke_test(desk.session, case)
        assert left_behind(mock) == [], f"call {number} of {calls}"
        assert not mock.faults.waiting
