"""A case that comes back from the recycle bin: its time counts again, and no second twice."""

import json
from uuid import UUID

from tests.api.events import EVENTS, Desk
from tests.api.harness import Clock, reported, tracked
from tests.mock_dataverse.people import User


def test_a_restored_case_has_its_time_and_its_snapshots_again(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    desk.api.refresh(case, reported(case, 0, 600), user=amira)
    task = desk.adds_task(case, 5)
    desk.does("PATCH", f"tasks({task})", {"statecode": 1, "statuscode": 5})
    desk.resolves(case)
    desk.settle()
    desk.deletes(case)
    desk.settle()
    gone = (desk.totals, desk.snapshots)

    desk.restores(case)
    desk.settle()

    assert gone == ({}, [])
    assert (desk.totals, desk.snapshots) == ({str(case): 900}, [(1, 900)])


def test_what_was_worked_elsewhere_while_a_case_was_deleted_is_not_counted_for_it_too(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    desk.api.refresh(case, reported(case, 0, 600), user=amira)
    desk.settle()
    desk.deletes(case)
    desk.settle()
    desk.api.refresh(other_case, reported(other_case, 300, 900), user=amira)

    desk.restores(case)
    desk.settle()

    assert tracked(desk.mock) == {str(case): 300, str(other_case): 600}
    assert desk.totals == {str(case): 300, str(other_case): 600}


def test_a_restored_case_of_which_nothing_else_came_back_is_made_again_from_its_segments(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    desk.api.refresh(case, reported(case, 0, 600), user=amira)
    desk.settle()
    for table in ("cht_automatictime", "cht_casehandlingtime"):
        for row in desk.mock.rows(table):
            desk.mock.delete_row(table, UUID(str(row[f"{table}id"])))
    desk.deletes(case)
    desk.settle()

    desk.restores(case)
    desk.settle()

    assert desk.totals == {str(case): 600}


def test_a_restore_that_is_told_twice_ends_in_the_same(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    desk.api.refresh(case, reported(case, 0, 600), user=amira)
    desk.settle()
    desk.deletes(case)
    desk.settle()
    desk.restores(case)
    told = desk.mock.take_webhooks()

    desk.tell(*told, *told)
    waiting = [json.loads(each)["kind"] for each in desk.api.queues[EVENTS]]
    desk.work_off()

    assert waiting == ["restored", "restored"]
    assert desk.totals == {str(case): 600}
