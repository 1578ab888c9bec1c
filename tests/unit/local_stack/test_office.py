from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from functions.timekeeping.daily import daily_times
from functions.timekeeping.identifiers import (
    CaseId,
    RepresentativeId,
    SegmentId,
    automatic_time_id,
)
from functions.timekeeping.segments import Segment, Surface
from functions.timekeeping.spans import Span
from tests.local_stack.office.cases import BUSIEST, case_id
from tests.local_stack.office.clock import OfficeClock
from tests.local_stack.office.seeds import rows, seed
from tests.local_stack.office.work import SeedRow
from tests.mock_dataverse.app import MockDataverse

TODAY = date(2026, 11, 23)


def seeded_mock(*, with_work: bool) -> Iterator[MockDataverse]:
    clock = OfficeClock()
    mock = MockDataverse(clock=clock)
    seed(mock, clock, today=datetime.now(UTC).date(), with_work=with_work)
    yield mock
    mock.close()


@pytest.fixture(scope="module")
def office() -> Iterator[MockDataverse]:
    yield from seeded_mock(with_work=True)


@pytest.fixture(scope="module")
def empty() -> Iterator[MockDataverse]:
    yield from seeded_mock(with_work=False)


def segment_of(row: SeedRow) -> Segment:
    values = {name: str(value) for name, value in row.values.items()}
    return Segment(
        id=SegmentId(UUID(values["cht_focussegmentid"])),
        case=CaseId(UUID(values["cht_caseid"])),
        representative=RepresentativeId(UUID(values["cht_representativeid"])),
        focus_started_at=moment(values["cht_focusstartedon"]),
        span=Span(moment(values["cht_startedon"]), moment(values["cht_endedon"])),
        day=date.fromisoformat(values["cht_day"]),
        end_reason=values["cht_endreason"],
        surface=Surface.WORKSPACE,
        window_id=values["cht_windowid"],
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_an_office_is_the_same_every_time() -> None:
    assert list(rows(TODAY, with_work=True)) == list(rows(TODAY, with_work=True))


def test_the_seeded_automatic_time_is_what_the_product_makes_of_the_segments() -> None:
    every = list(rows(TODAY, with_work=True))
    segments = [segment_of(row) for row in every if row.table == "cht_focussegment"]
    seeded = {
        (
            row.values["cht_automatictimeid"],
            row.values["cht_trackedseconds"],
            row.values["cht_segmentcount"],
        )
        for row in every
        if row.table == "cht_automatictime"
    }

    worked_out = {
        (
            str(automatic_time_id(time.case, time.representative, time.day)),
            time.tracked_seconds,
            time.segment_count,
        )
        for representative in {segment.representative for segment in segments}
        for time in daily_times(
            segment for segment in segments if segment.representative == representative
        )
    }

    assert worked_out == seeded


def test_no_seeded_segment_is_longer_than_the_update_interval() -> None:
    every = rows(TODAY, with_work=True)
    lengths = [segment_of(row).span.seconds for row in every if row.table == "cht_focussegment"]

    assert max(lengths) == 600


def test_the_cases_are_in_all_states(office: MockDataverse) -> None:
    cases = office.rows("incident")

    assert Counter(case["statecode"] for case in cases) == {0: 8, 1: 1, 2: 1}
    assert [case["_parentcaseid_value"] for case in cases if case["_parentcaseid_value"]] == [
        str(case_id(BUSIEST))
    ]


def test_one_case_has_forty_activities_of_several_kinds_and_people(office: MockDataverse) -> None:
    busiest = [
        activity
        for activity in office.rows("activitypointer")
        if activity["_regardingobjectid_value"] == str(case_id(BUSIEST))
    ]

    assert len(busiest) == 40
    assert len({activity["activitytypecode"] for activity in busiest}) == 4
    assert len({activity["_ownerid_value"] for activity in busiest}) == 3


def test_there_are_time_logs_of_every_category_and_a_voided_one(office: MockDataverse) -> None:
    logs = office.rows("cht_timelog")

    assert {log["cht_category"] for log in logs} == {0, 1, 2, 3}
    assert Counter(log["statecode"] for log in logs) == {0: 6, 1: 1}


def test_rows_were_created_when_they_say(office: MockDataverse) -> None:
    midnight = f"{datetime.now(UTC).date()}T00:00:00Z"

    tables = ("incident", "cht_timelog", "cht_focussegment", "activitypointer")
    assert [
        row for table in tables for row in office.rows(table) if str(row["createdon"]) >= midnight
    ] == []


def test_an_empty_office_has_people_and_cases_and_no_time(empty: MockDataverse) -> None:
    assert len(empty.rows("incident")) == 10
    assert "Amira (demo)" in {user["fullname"] for user in empty.rows("systemuser")}
    for table in ("cht_focussegment", "cht_automatictime", "cht_timelog", "cht_timeadjustment"):
        assert empty.rows(table) == []
    assert {row["actualdurationminutes"] for row in empty.rows("activitypointer")} == {0}
