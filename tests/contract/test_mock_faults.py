"""Faults a test can ask the mock for, and the log of what was asked."""

from uuid import UUID

import pytest
import requests

from tests.contract.api import Api, Part, part_answers
from tests.contract.rows import time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import When
from tests.mock_dataverse.people import User


def test_a_fault_before_leaves_the_work_undone(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.fail_next(503, {"Retry-After": "3"})

    answer = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert mock.rows("cht_timelog") == []


def test_a_fault_after_only_loses_the_answer(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.fail_next(502, body="<html>bad gateway</html>", when="after")

    answer = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid))

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert len(mock.rows("cht_timelog")) == 1


@pytest.mark.parametrize(("when", "rows"), [("before", 0), ("after", 1)])
def test_a_dropped_connection_is_a_connection_error(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID, *, when: str, rows: int
) -> None:
    mock.fail_next(when="after" if when == "after" else "before", drop=True)

    with pytest.raises(requests.ConnectionError):
        ann_api.post("cht_timelogs", time_log(case, ann.systemuserid))

    assert len(mock.rows("cht_timelog")) == rows


def test_a_fault_happens_as_often_as_asked(api: Api, mock: MockDataverse) -> None:
    mock.fail_next(429, times=2)

    assert [api.get("WhoAmI").status_code for _ in range(3)] == [429, 429, 200]


def test_the_nth_call_can_fail(api: Api, mock: MockDataverse) -> None:
    mock.fail_call(1, 503)

    assert [api.get("WhoAmI").status_code for _ in range(3)] == [200, 503, 200]


def test_a_fault_can_wait_for_a_certain_request(api: Api, mock: MockDataverse, case: UUID) -> None:
    mock.fail_next(
        503, matching=lambda request: any("incidents" in path for _, path, _ in request.parts)
    )
    path = f"/api/data/v9.2/incidents({case})"

    statuses = [api.get("WhoAmI").status_code, api.batch(Part("GET", path)).status_code]

    assert statuses == [200, 503]


@pytest.mark.parametrize(("when", "rows"), [("before", 2), ("after", 3)])
def test_one_part_of_a_batch_can_fail_alone(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID, *, when: When, rows: int
) -> None:
    mock.faults.add(503, part=1, when=when)
    log = Part("POST", "/api/data/v9.2/cht_timelogs", time_log(case, ann.systemuserid))

    answers = ann_api.batch(log, log, log, headers={"Prefer": "odata.continue-on-error"})

    assert [each.status for each in part_answers(answers)] == [204, 503, 204]
    assert len(mock.rows("cht_timelog")) == rows


@pytest.mark.parametrize(("when", "rows"), [("before", 1), ("after", 2)])
def test_a_connection_that_breaks_at_a_part_leaves_what_is_behind_it_undone(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID, *, when: When, rows: int
) -> None:
    mock.faults.add(0, part=1, when=when, drop=True)
    log = Part("POST", "/api/data/v9.2/cht_timelogs", time_log(case, ann.systemuserid))

    with pytest.raises(requests.ConnectionError):
        ann_api.batch(log, log, log)

    assert len(mock.rows("cht_timelog")) == rows


def test_the_log_tells_who_asked_for_what(ann_api: Api, mock: MockDataverse, ann: User) -> None:
    ann_api.get("WhoAmI")

    (recorded,) = mock.requests
    assert (recorded.method, recorded.path) == ("GET", "/api/data/v9.2/WhoAmI")
    assert (recorded.status, recorded.impersonating) == (200, True)
    assert (recorded.caller, recorded.sender) == (ann.systemuserid, mock.service_user_id)


def test_the_log_keeps_no_tokens(api: Api, mock: MockDataverse) -> None:
    api.get("WhoAmI")

    assert "test-token" not in str(mock.requests)


def test_rows_put_in_place_are_not_in_the_log(mock: MockDataverse, case: UUID) -> None:
    assert mock.rows("incident")[0]["incidentid"] == str(case)
    assert mock.requests == []
