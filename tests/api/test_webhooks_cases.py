"""What happens to cases and activities, told by webhooks: snapshots are kept, totals follow."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.api.events import Desk, regarding
from tests.api.harness import Clock, reported
from tests.api.reconciling import days_of, reconcile
from tests.mock_dataverse.people import User


def parent(case: UUID) -> dict[str, str]:
    return {"parentcaseid@odata.bind": f"/incidents({case})"}


def work(desk: Desk, clock: Clock, case: UUID, user: User, *, minutes: int = 10) -> None:
    """Have the case in focus for so long, up to now."""
    clock.advance(minutes=minutes)
    now = clock()
    reply = desk.api.refresh(case, reported(case, -60 * minutes, 0, base=now), user=user)
    assert list(reply.receipts.values()) == ["accepted"]


def test_a_resolution_keeps_what_was_known_and_the_total_follows(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)

    desk.settle()

    (snapshot,) = desk.mock.rows("cht_handlingtimesnapshot")
    assert snapshot["cht_name"] == "Printer on fire (1)"
    assert snapshot["cht_resolvedon"] == "2026-03-10T12:10:00Z"
    assert snapshot["_cht_caseid_value"] == str(case)
    assert (snapshot["cht_automaticseconds"], snapshot["cht_totalseconds"]) == (600, 600)
    assert desk.totals == {str(case): 600}


def test_every_resolution_is_a_version(desk: Desk, clock: Clock, case: UUID, amira: User) -> None:
    for _ in range(3):
        work(desk, clock, case, amira)
        desk.resolves(case)
        desk.settle()
        clock.advance(hours=1)
        desk.reactivates(case)
        desk.settle()

    assert desk.snapshots == [(1, 600), (2, 1200), (3, 1800)]
    assert desk.totals == {str(case): 1800}


def test_the_night_keeps_a_resolution_that_dataverse_told_of_in_vain(
    desk: Desk,
    clock: Clock,
    case: UUID,
    other_case: UUID,
    amira: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(other_case)
    desk.settle()
    desk.resolves(case)
    desk.mock.take_webhooks()
    clock.advance(hours=9)

    desk.api.fire_timer("reconcile_history")
    told = len(desk.api.queues["case-events"])
    desk.work_off()

    assert told == 1
    assert desk.snapshots == [(1, 0), (1, 600)]
    assert "webhook lost: snapshots of 1 cases are missing, and taken now" in caplog.messages


def test_the_night_has_nothing_to_tell_where_every_resolution_is_kept(
    desk: Desk, case: UUID
) -> None:
    desk.resolves(case)
    desk.settle()

    desk.api.fire_timer("reconcile_history")

    assert list(desk.api.queues["case-events"]) == []


def test_what_arrives_after_the_snapshot_changes_the_total_and_not_the_snapshot(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)
    desk.settle()
    clock.advance(minutes=5)

    desk.api.deliver(reported(case, -300, 0), user=amira)
    desk.reactivates(case)
    desk.settle()

    assert desk.snapshots == [(1, 600)]
    assert desk.totals == {str(case): 900}


def test_a_case_that_is_cancelled_and_opened_again_has_its_total_and_no_snapshot(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.cancels(case)
    desk.settle()
    desk.reactivates(case)
    desk.settle()

    assert (desk.totals, desk.snapshots) == ({str(case): 600}, [])


def test_a_cancelled_case_is_totalled_within_the_hour_though_its_webhook_could_not_be_read(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.cancels(case)
    desk.reactivates(case)
    unreadable = [replace(webhook, body=b"{}", headers={}) for webhook in desk.mock.take_webhooks()]

    statuses = desk.tell(*unreadable)
    desk.work_off()
    told = desk.totals
    desk.api.fire_timer("reconcile_recent")
    desk.work_off()

    assert (statuses, told) == ([202, 202], {})
    assert (desk.totals, desk.snapshots) == ({str(case): 600}, [])


def test_a_case_that_is_deleted_leaves_nothing_behind(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)
    waiting = desk.mock.take_webhooks()
    desk.tell(*waiting)
    desk.work_off()

    desk.does("DELETE", f"incidents({case})")
    desk.tell(*waiting)
    desk.settle()

    assert (desk.totals, desk.snapshots) == ({}, [])


def test_child_cases_that_go_with_their_parent_leave_nothing_behind_and_cost_no_other_time(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    desk.does("PATCH", f"incidents({case})", parent(other_case))
    work(desk, clock, case, amira)
    work(desk, clock, other_case, amira)
    third = desk.mock.add_row("incident", {"title": "Coffee machine"})
    work(desk, clock, third, amira)
    desk.settle()
    reconcile(desk.api)

    desk.does("DELETE", f"incidents({other_case})")
    desk.settle()
    reconcile(desk.api)
    reconcile(desk.api, "reconcile_history")

    assert desk.totals == {str(third): 600}
    assert set(days_of(desk.mock)) == {(str(third), str(amira.systemuserid), "2026-03-10")}


def test_an_activity_counts_from_its_creation_to_its_deletion(
    desk: Desk, case: UUID, other_case: UUID
) -> None:
    totals = []
    task = desk.adds_task(case, 5)
    desk.settle()
    totals.append(desk.totals)
    desk.does("PATCH", f"tasks({task})", {"actualdurationminutes": 7})
    desk.settle()
    totals.append(desk.totals)
    desk.does("PATCH", f"tasks({task})", regarding(other_case))
    desk.settle()
    totals.append(desk.totals)
    desk.does("DELETE", f"tasks({task})")
    desk.settle()
    totals.append(desk.totals)

    one, other = str(case), str(other_case)
    assert totals == [
        {one: 300},
        {one: 420},
        {one: 0, other: 420},
        {one: 0, other: 0},
    ]


def test_an_activity_that_moved_several_times_before_anything_was_told_counts_once(
    desk: Desk, case: UUID, other_case: UUID
) -> None:
    task = desk.adds_task(case, 5)
    desk.settle()
    for there in (other_case, case, other_case):
        desk.does("PATCH", f"tasks({task})", regarding(there))

    desk.settle()

    assert desk.totals == {str(case): 0, str(other_case): 300}


def test_an_activity_whose_context_was_cut_is_read_again(desk: Desk, case: UUID) -> None:
    desk.does(
        "POST",
        "emails",
        {
            "actualdurationminutes": 5,
            "description": "x" * 256 * 1024,
            "regardingobjectid_incident_email@odata.bind": f"/incidents({case})",
        },
    )

    desk.settle()

    assert desk.totals == {str(case): 300}


def test_an_activity_that_is_about_no_case_changes_nothing(desk: Desk) -> None:
    task = UUID(int=7)
    desk.does("PATCH", f"tasks({task})", {"subject": "Lunch"})
    desk.does("PATCH", f"tasks({task})", {"actualdurationminutes": 30})

    desk.settle()

    assert desk.totals == {}


def test_an_activity_that_is_gone_before_it_is_read_changes_nothing(desk: Desk) -> None:
    task = UUID(int=7)
    desk.does("PATCH", f"tasks({task})", {"subject": "Lunch"})
    desk.does("PATCH", f"tasks({task})", {"actualdurationminutes": 30})
    desk.does("DELETE", f"tasks({task})")

    desk.settle()

    assert desk.totals == {}


def test_what_the_service_writes_is_told_to_nobody(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)
    desk.settle()

    assert desk.mock.take_webhooks() == []


def test_the_first_resolution_of_long_ago_is_counted_and_not_made_up(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    desk.resolves(case)
    desk.reactivates(case)
    desk.mock.take_webhooks()
    clock.advance(days=8)
    work(desk, clock, case, amira)
    desk.resolves(case)

    desk.settle()

    assert desk.snapshots == [(2, 600)]
