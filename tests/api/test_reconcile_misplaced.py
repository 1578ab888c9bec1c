"""Recorded days in which somebody wrote another case, day or person: evidence and merges decide."""

import re
from uuid import UUID

import pytest

from functions.repositories import merges, work_days
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id
from functions.usecases.reconcile_days import mend_days
from tests.api.events import Desk
from tests.api.harness import NOON, Clock, reported
from tests.api.reconciling import day_row, days_of, from_a_form, reconcile, totals_of, writes
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

DAY = "2026-03-10"
GUID = re.compile(r"%22[0-9a-f-]{36}%22")


@pytest.fixture
def row(desk: Desk, clock: Clock, amira: User, case: UUID, other_case: UUID) -> UUID:
    """Amira's day on the case: ten minutes. She has five more on the other, all totalled."""
    clock.advance(minutes=20)
    segments = reported(case, 0, 600), reported(other_case, 600, 900)
    desk.api.deliver(*segments, user=amira)
    reconcile(desk.api)
    return day_row(desk.mock, case, amira)


def change(desk: Desk, row: UUID, **columns: object) -> None:
    desk.mock.update_row("cht_automatictime", row, columns)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [line for line in caplog.messages if "drift" in line or "left alone" in line]


@pytest.mark.parametrize("claimed", [None, "case", "no id"])
def test_a_day_in_which_somebody_wrote_another_case_counts_for_the_one_of_its_segments_again(
    desk: Desk,
    row: UUID,
    case: UUID,
    other_case: UUID,
    caplog: pytest.LogCaptureFixture,
    *,
    claimed: str | None,
) -> None:
    before = days_of(desk.mock), totals_of(desk.mock)
    claim = str(case) if claimed == "case" else claimed
    change(desk, row, cht_caseid=other_case, cht_recordedoncase=claim)

    reconcile(desk.api)

    assert (days_of(desk.mock), totals_of(desk.mock)) == before
    assert told(caplog) == ["drift found and mended: {'misplaced': 1}"]
    desk.mock.clear_requests()
    reconcile(desk.api)
    assert writes(desk.mock) == []


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"cht_caseid": None}, id="no case"),
        pytest.param({"cht_representativeid": None, "cht_day": None}, id="neither whose nor when"),
        pytest.param({"cht_day": "2026-03-08"}, id="another day"),
        pytest.param({"cht_trackedseconds": None, "cht_segmentcount": None}, id="no figures"),
    ],
)
def test_a_day_that_lost_what_it_is_about_is_found_by_its_segments_and_made_right(
    desk: Desk, row: UUID, amira: User, case: UUID, columns: dict[str, object]
) -> None:
    change(desk, row, **columns)
    from_a_form(desk.mock, amira, case, 900, 960)

    reconcile(desk.api)

    assert days_of(desk.mock)[str(case), str(amira.systemuserid), DAY] == (660, 2)
    assert totals_of(desk.mock)[str(case)][1] == 660


def test_her_next_segment_finds_its_day_also_where_she_wrote_another_case_into_it(
    desk: Desk, row: UUID, amira: User, case: UUID, other_case: UUID
) -> None:
    change(desk, row, cht_caseid=other_case)
    segment = reported(case, 900, 960)

    reply = desk.api.refresh(case, segment, user=amira)

    assert reply.receipts == {segment["id"]: "accepted"}
    assert reply.body["time"]["automaticSeconds"] == 660
    assert days_of(desk.mock)[str(case), str(amira.systemuserid), DAY] == (660, 2)


def test_a_day_whose_case_is_gone_since_somebody_wrote_another_into_it_is_left_and_told(
    desk: Desk, row: UUID, case: UUID, other_case: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    change(desk, row, cht_caseid=other_case)
    desk.mock.delete_row("incident", case)

    reconcile(desk.api)

    assert totals_of(desk.mock)[str(other_case)][1] == 900
    assert told(caplog) == [
        "days left alone: 0 too old, 1 of cases that are gone, 0 that nobody may write"
    ]


def test_a_moved_day_that_lost_where_it_was_recorded_comes_back_to_the_surviving_case(
    desk: Desk, row: UUID, case: UUID, other_case: UUID
) -> None:
    desk.merges(case, into=other_case)
    desk.settle()
    change(desk, row, cht_recordedoncase=None)

    reconcile(desk.api)

    assert desk.totals == {str(case): 0, str(other_case): 900}
    (moved,) = [each for each in desk.mock.rows("cht_automatictime") if each["cht_recordedoncase"]]
    assert (moved["cht_automatictimeid"], moved["cht_recordedoncase"]) == (str(row), str(case))


def test_a_day_that_was_moved_by_merges_stays_at_their_end(
    desk: Desk, row: UUID, case: UUID, other_case: UUID, third_case: UUID
) -> None:
    desk.merges(case, into=other_case)
    desk.merges(other_case, into=third_case)
    desk.settle()
    change(desk, row, cht_trackedseconds=1)

    reconcile(desk.api)

    assert desk.totals == {str(case): 0, str(other_case): 0, str(third_case): 900}


def test_a_moved_day_stays_where_a_case_on_the_way_is_gone(
    desk: Desk, row: UUID, case: UUID, other_case: UUID, third_case: UUID
) -> None:
    desk.merges(case, into=other_case)
    desk.merges(other_case, into=third_case)
    desk.settle()
    desk.does("DELETE", f"incidents({other_case})")
    change(desk, row, cht_trackedseconds=1)

    reconcile(desk.api)

    assert desk.totals == {str(case): 0, str(third_case): 900}


def test_a_moved_day_is_put_back_from_a_case_that_is_none_of_its_merges(
    desk: Desk, row: UUID, case: UUID, other_case: UUID, third_case: UUID
) -> None:
    desk.merges(case, into=other_case)
    desk.settle()
    change(desk, row, cht_caseid=third_case)

    reconcile(desk.api)

    assert desk.totals == {str(case): 0, str(other_case): 900}


def test_the_surviving_case_is_totalled_when_a_day_of_a_deleted_case_was_mended(
    desk: Desk, row: UUID, case: UUID, other_case: UUID
) -> None:
    desk.merges(case, into=other_case)
    desk.settle()
    desk.does("DELETE", f"incidents({case})")
    change(desk, row, cht_trackedseconds=1)
    desk.mock.update_row("cht_casehandlingtime", other_case, {"cht_totalseconds": 301})

    reconcile(desk.api)

    assert desk.totals == {str(other_case): 900}


@pytest.mark.usefixtures("row")
def test_merges_are_looked_up_only_where_a_day_counts_for_another_case(
    desk: Desk, case: UUID, other_case: UUID
) -> None:
    def questions_about_cases() -> int:
        desk.mock.clear_requests()
        desk.api.fire_timer("reconcile_recent")
        days = [each for each in desk.api.queues["reconcile"] if "days" in each]
        desk.api.queues["reconcile"].clear()
        desk.api.queues["reconcile"].extend(days)
        desk.mock.clear_requests()
        desk.api.work_off_queue("reconcile")
        return desk.api.dataverse_requests

    alone = questions_about_cases()
    desk.merges(case, into=other_case)
    desk.settle()

    assert questions_about_cases() - alone == 2 + 1  # each case's master; the surviving case's sums


def in_the_name_of(desk: Desk, somebody: User, *, by: User, case: UUID) -> None:
    """Write, with a console, somebody else's day, made of more segments than there are."""
    whose = RepresentativeId(somebody.systemuserid)
    row = {
        "cht_automatictimeid": automatic_time_id(CaseId(case), whose, NOON.date()),
        "createdby": by.systemuserid,
        "ownerid": by.systemuserid,
        "cht_caseid": case,
        "cht_representativeid": whose,
        "cht_day": NOON.date(),
        "cht_trackedseconds": 36_000,
        "cht_segmentcount": 99,
    }
    desk.mock.add_row("cht_automatictime", row)


def test_a_day_that_a_colleague_wrote_first_says_what_its_segments_amount_to(
    desk: Desk, amira: User, ben: User, case: UUID
) -> None:
    in_the_name_of(desk, ben, by=amira, case=case)
    from_a_form(desk.mock, ben, case, -600, -540)

    reconcile(desk.api)

    assert days_of(desk.mock) == {(str(case), str(ben.systemuserid), DAY): (60, 1)}
    assert desk.totals == {str(case): 60}
    desk.mock.clear_requests()
    reconcile(desk.api)
    assert writes(desk.mock) == []


def test_a_day_that_a_colleague_made_up_has_no_seconds(
    desk: Desk, amira: User, ben: User, case: UUID
) -> None:
    in_the_name_of(desk, ben, by=amira, case=case)

    reconcile(desk.api)

    assert desk.totals == {str(case): 0}


@pytest.mark.parametrize("column", ["cht_caseid", "cht_day"])
def test_however_many_days_are_misplaced_an_address_names_a_few_at_a_time(
    desk: Desk, amira: User, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    monkeypatch.setattr(merges, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(work_days, "MOST_NAMED", 2)
    for number in range(3):
        busy = desk.mock.add_row("incident", {"title": f"Case {number}"})
        from_a_form(desk.mock, amira, busy, -600, -540)
    reconcile(desk.api)
    before = days_of(desk.mock)
    for row in desk.mock.rows("cht_automatictime"):
        elsewhere = {"cht_caseid": desk.mock.add_row("incident", {}), "cht_day": "2026-03-08"}
        mine = {column: elsewhere[column], "cht_recordedoncase": row["_cht_caseid_value"]}
        change(desk, UUID(str(row["cht_automatictimeid"])), **mine)
    desk.mock.clear_requests()

    day = WorkDay(RepresentativeId(amira.systemuserid), NOON.date())
    with desk.api.services.reconciliation() as storage:
        mend_days({day: None}, now=NOON, days=storage.days)

    assert days_of(desk.mock) == before
    named = [len(GUID.findall(line)) for line in addresses(desk.mock)]
    assert max(named) <= 2


def addresses(mock: MockDataverse) -> list[str]:
    """Return the addresses with lists of ids that Dataverse was asked within batches."""
    lines = (line for request in mock.requests for line in request.body.splitlines())
    return [line for line in lines if line.startswith("GET") and "PropertyValues" in line]
