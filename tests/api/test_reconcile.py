"""Scheduled reconciliation over the mock: timers find, the queue mends, and every row is right."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable
from solution.model.roles import SERVICE
from tests.api.harness import Api, Clock, a_log, reported, stored
from tests.api.reconciling import (
    day_row,
    days_of,
    from_a_form,
    reconcile,
    totals_of,
    writes,
)
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

DAY = "2026-03-10"


@pytest.mark.parametrize("timer", ["reconcile_recent", "reconcile_history"])
@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        pytest.param({"cht_trackedseconds": 1}, "too_few", id="too few seconds"),
        pytest.param({"cht_trackedseconds": 9_999}, "too_many", id="too many seconds"),
        pytest.param({"cht_segmentcount": 0}, "miscounted", id="another number of segments"),
        pytest.param(None, "missing", id="no row"),
    ],
)
def test_a_day_that_is_wrong_is_mended_and_its_cause_told(
    api: Api,
    mock: MockDataverse,
    amira: User,
    case: UUID,
    morning: object,
    caplog: pytest.LogCaptureFixture,
    *,
    wrong: dict[str, object] | None,
    cause: str,
    timer: str,
) -> None:
    row = day_row(mock, case, amira)
    if wrong is None:
        mock.delete_row("cht_automatictime", row)
    else:
        mock.update_row("cht_automatictime", row, wrong)

    reconcile(api, timer)

    assert days_of(mock) == morning
    assert f"drift found and mended: {{'{cause}': 1}}" in caplog.messages


def test_a_row_that_was_changed_by_hand_is_found_however_old_its_segments_are(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, morning: object
) -> None:
    clock.advance(hours=5)
    mock.update_row("cht_automatictime", day_row(mock, case, amira), {"cht_trackedseconds": 9_999})

    reconcile(api)

    assert days_of(mock) == morning


def test_totals_say_what_everybodys_time_amounts_to(
    api: Api, mock: MockDataverse, ben: User, case: UUID, other_case: UUID, morning: object
) -> None:
    mock.add_row("cht_timelog", a_log(case, ben))
    call = {"actualdurationminutes": 3, "regardingobjectid": case, "ownerid": ben.systemuserid}
    mock.add_row("phonecall", call)

    reconcile(api)

    assert totals_of(mock) == {
        str(case): ("Printer on fire", 900 + 420 + 180, 900, 420, 180),
        str(other_case): ("No network", 600, 600, 0, 0),
    }
    assert morning


def test_a_second_run_writes_nothing(
    api: Api, mock: MockDataverse, amira: User, case: UUID, morning: object
) -> None:
    mock.delete_row("cht_automatictime", day_row(mock, case, amira))
    reconcile(api)
    before = stored(mock)
    mock.clear_requests()

    reconcile(api)
    reconcile(api, "reconcile_history")

    assert writes(mock) == []
    assert stored(mock) == before
    assert morning


def test_a_new_row_is_the_representatives_own(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -600, 0)

    reconcile(api)

    (row,) = mock.rows("cht_automatictime")
    whose = str(amira.systemuserid)
    assert (row["_ownerid_value"], row["_createdby_value"]) == (whose, whose)


def test_who_is_told_with_the_message_is_not_looked_up(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -600, 0)
    day = {"representative": str(amira.systemuserid), "day": DAY}
    told = day | {"entraObjectId": str(amira.entra_object_id)}
    api.queues["reconcile"].append(json.dumps({"kind": "days", "days": [told]}))

    api.work_off_queue("reconcile")

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (600, 1)}
    assert not any("systemusers" in path for each in mock.requests for _, path, _ in each.parts)


def test_rows_of_a_form_count_as_far_as_their_clock_and_length_allow(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(hours=2)
    from_a_form(mock, amira, case, 0, 600)
    from_a_form(mock, amira, case, 7_100, 7_500)  # ends in five minutes: a hundred seconds are past
    from_a_form(mock, amira, case, 8_000, 8_060)  # in the future
    from_a_form(mock, amira, case, 1_000, 6_000)  # longer than any interval
    from_a_form(mock, amira, case, 900, 890)  # ends before it starts

    reconcile(api)

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (600 + 105, 5)}
    assert len(mock.rows("cht_focussegment")) == 5


def test_the_widgets_call_and_reconciliation_judge_rows_of_a_form_alike(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(hours=2)
    from_a_form(mock, amira, case, 1_000, 6_000)
    api.deliver(reported(case, 0, 600), user=amira)
    mock.clear_requests()

    api.fire_timer("reconcile_recent")
    api.work_off_queue("reconcile")

    assert not any("automatictimes" in path for path in writes(mock))
    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (600, 2)}


@pytest.mark.parametrize("named", ["amira", "ben"])
def test_a_colleagues_rows_in_her_partition_are_none_of_her_evidence(
    api: Api, mock: MockDataverse, amira: User, ben: User, case: UUID, named: str
) -> None:
    whom = {"amira": amira, "ben": ben}[named]
    from_a_form(mock, amira, case, -900, -840)
    from_a_form(
        mock,
        amira,
        case,
        -600,
        0,
        ownerid=ben.systemuserid,
        cht_representativeid=whom.systemuserid,
    )

    reconcile(api)

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (60, 1)}


@pytest.mark.parametrize("segments", [0, 9])
def test_time_that_somebody_invented_for_herself_is_taken_away(
    api: Api, mock: MockDataverse, amira: User, case: UUID, morning: object, segments: int
) -> None:
    invented = {
        "cht_caseid": case,
        "cht_representativeid": amira.systemuserid,
        "ownerid": amira.systemuserid,
        "cht_day": DAY,
        "cht_trackedseconds": 36_000,
        "cht_segmentcount": segments,
    }
    mock.add_row("cht_automatictime", invented)

    reconcile(api)

    assert totals_of(mock)[str(case)] == ("Printer on fire", 900, 900, 0, 0)
    assert morning


def test_an_old_copy_takes_nothing_away_and_the_day_is_tried_again(
    api: Api, mock: MockDataverse, amira: User, case: UUID, morning: object
) -> None:
    reconcile(api)
    api.fire_timer("reconcile_history")
    mock.elastic_lag_reads = 2  # Ben's segments may be read before hers
    api.restart()
    from_a_form(mock, amira, case, 600, 660)
    mock.update_row(
        "cht_automatictime",
        day_row(mock, case, amira),
        {"cht_trackedseconds": 999, "cht_segmentcount": 2},
    )

    with pytest.raises(StorageUnavailable, match="cannot be seen yet"):
        api.work_off_queue("reconcile")
    assert days_of(mock)[str(case), str(amira.systemuserid), DAY] == (999, 2)
    api.work_off_queue("reconcile", delivery=2)

    assert days_of(mock)[str(case), str(amira.systemuserid), DAY] == (360, 2)
    assert morning


def test_a_day_whose_evidence_is_gone_is_left_alone_and_told(
    api: Api,
    mock: MockDataverse,
    amira: User,
    ben: User,
    case: UUID,
    morning: object,
    caplog: pytest.LogCaptureFixture,
) -> None:
    mock.update_row("cht_automatictime", day_row(mock, case, amira), {"cht_segmentcount": 5})
    mock.update_row("cht_automatictime", day_row(mock, case, ben), {"cht_trackedseconds": 5})

    reconcile(api, delivery=3)

    whole = days_of(mock)
    assert whole[str(case), str(amira.systemuserid), DAY] == (300, 5)
    assert whole[str(case), str(ben.systemuserid), DAY] == (600, 1)
    assert any(f"['{amira.systemuserid} {DAY}']" in message for message in caplog.messages)
    assert morning


def test_a_day_older_than_the_retention_stays_as_it_is(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, morning: object
) -> None:
    mock.setting("cht_SegmentRetentionDays", "2")
    mock.update_row("cht_automatictime", day_row(mock, case, amira), {"cht_trackedseconds": 5})
    clock.advance(days=2, hours=23)
    before = days_of(mock)

    reconcile(api, "reconcile_history")

    assert days_of(mock) == before
    assert morning


def test_a_deleted_case_keeps_no_other_from_being_mended(
    api: Api, mock: MockDataverse, amira: User, case: UUID, other_case: UUID, morning: object
) -> None:
    mock.delete_row("incident", case)
    mock.delete_row("cht_automatictime", day_row(mock, other_case, amira))

    reconcile(api)

    assert days_of(mock) == {(str(other_case), str(amira.systemuserid), DAY): (600, 1)}
    assert totals_of(mock) == {str(other_case): ("No network", 600, 600, 0, 0)}
    assert morning


def test_somebody_who_left_keeps_no_other_from_being_mended(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    gone = mock.add_user("Gone (test)", disabled=True)
    nobody = mock.add_user("Nobody (test)", entra_object_id=UUID(int=0))
    elsewhere = mock.add_user("Elsewhere (test)", roles=("Customer Service Representative",))
    for user in (gone, nobody, elsewhere, amira):
        from_a_form(mock, user, case, -600, 0)

    reconcile(api)

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (600, 1)}


def test_without_acting_for_people_the_message_waits_for_the_role_to_be_complete(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -600, 0)
    mock.add_role(replace(SERVICE, acts_on_behalf=False))
    with pytest.raises(ServiceNotAllowed):
        reconcile(api)
    mock.add_role(SERVICE)

    api.work_off_queue("reconcile")

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (600, 1)}


def test_a_day_of_more_segments_than_a_page_holds_is_found_and_counted(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    for number in range(501):
        from_a_form(mock, amira, case, number - 600, number - 599)

    reconcile(api)

    assert days_of(mock) == {(str(case), str(amira.systemuserid), DAY): (501, 501)}
