"""What only a mock can show at will: stale elastic reads, and rows whose time is over."""

from uuid import UUID

import pytest

from tests.contract.api import Api
from tests.contract.rows import segment, segment_url
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SESSION = "MSCRM.SessionToken"
LIST = "cht_focussegments?$select=cht_windowid"


def test_a_reader_without_the_token_misses_the_newest_write(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.elastic_lag_reads = 2
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid))

    assert [len(ann_api.values(LIST)) for _ in range(3)] == [0, 0, 1]


def test_a_reader_with_the_token_sees_it(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.elastic_lag_reads = 2
    answer = ann_api.post("cht_focussegments", segment(case, ann.systemuserid))
    token = answer.headers["x-ms-session-token"]

    assert len(ann_api.values(LIST, {SESSION: token})) == 1


def test_an_older_token_shows_what_was_written_by_then(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.elastic_lag_reads = 1
    first = ann_api.post("cht_focussegments", segment(case, ann.systemuserid, cht_windowid="1"))
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid, cht_windowid="2"))

    rows = ann_api.values(LIST, {SESSION: first.headers["x-ms-session-token"]})

    assert [row["cht_windowid"] for row in rows] == ["1"]


def test_an_outdated_copy_of_a_changed_row_is_shown(
    admin_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid, cht_windowid="old")
    admin_api.post("cht_focussegments", body)
    mock.elastic_lag_reads = 1
    admin_api.patch(segment_url(body), {"cht_windowid": "new"}, {"If-Match": "*"})

    shown = [admin_api.get(segment_url(body)).json()["cht_windowid"] for _ in range(2)]

    assert shown == ["old", "new"]


def test_a_new_row_is_404_until_it_has_arrived(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID, clock: Clock
) -> None:
    mock.elastic_lag_seconds = 5
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)
    before = ann_api.get(segment_url(body)).status_code
    clock.pass_seconds(5)

    assert (before, ann_api.get(segment_url(body)).status_code) == (404, 200)


def test_sums_are_stale_as_well(ann_api: Api, mock: MockDataverse, ann: User, case: UUID) -> None:
    mock.elastic_lag_reads = 1
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid))
    count = "cht_focussegments?$apply=aggregate($count as n)"

    assert [ann_api.values(count)[0]["n"] for _ in range(2)] == [0, 1]


def test_writes_are_never_stale(ann_api: Api, mock: MockDataverse, ann: User, case: UUID) -> None:
    mock.elastic_lag_reads = 5
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)

    assert ann_api.post("cht_focussegments", body).status_code == 412


@pytest.mark.parametrize(("seconds", "left"), [(59, 1), (60, 0)])
def test_a_row_disappears_when_its_time_is_over(
    ann_api: Api, ann: User, case: UUID, clock: Clock, *, seconds: int, left: int
) -> None:
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid, ttlinseconds=60))
    clock.pass_seconds(seconds)

    assert len(ann_api.values(LIST)) == left


def test_the_time_to_live_counts_from_the_last_change(
    admin_api: Api, ann: User, case: UUID, clock: Clock
) -> None:
    body = segment(case, ann.systemuserid, ttlinseconds=60)
    admin_api.post("cht_focussegments", body)
    clock.pass_seconds(40)
    admin_api.patch(segment_url(body), {"cht_windowid": "w"}, {"If-Match": "*"})
    clock.pass_seconds(40)

    assert admin_api.get(segment_url(body)).status_code == 200
