"""A case that comes back from the recycle bin: its time counts again, and no second twice."""

import json
from urllib.parse import unquote
from uuid import UUID

import pytest

from functions.repositories import changes
from tests.api.events import EVENTS, Desk
from tests.api.harness import Clock, reported, tracked
from tests.api.reconciling import from_a_form, reconcile
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
    waiting = [json.loads(message)["kind"] for message in desk.api.queues[EVENTS]]
    desk.work_off()

    assert waiting == ["restored", "restored"]
    assert desk.totals == {str(case): 600}


@pytest.fixture
def restored_unheard(desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User) -> Desk:
    """Five days before, somebody worked elsewhere at the same time; no webhook tells of it."""
    clock.advance(minutes=20)
    desk.api.refresh(case, reported(case, 0, 600), user=amira)
    desk.settle()
    desk.deletes(case)
    desk.settle()
    clock.advance(minutes=5)
    desk.api.refresh(other_case, reported(other_case, 300, 900), user=amira)
    desk.settle()
    clock.advance(days=5)
    desk.restores(case)
    desk.mock.take_webhooks()
    clock.advance(hours=1)
    return desk


def test_the_night_sees_a_restored_case_that_no_webhook_tells_of(
    restored_unheard: Desk, case: UUID, other_case: UUID
) -> None:
    reconcile(restored_unheard.api, "reconcile_history")

    assert tracked(restored_unheard.mock) == {str(case): 300, str(other_case): 600}
    assert restored_unheard.totals == {str(case): 300, str(other_case): 600}


def test_however_many_days_were_written_before_a_restored_case_is_not_hidden(
    restored_unheard: Desk, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_RESTORED", 1)

    reconcile(restored_unheard.api, "reconcile_history")

    assert restored_unheard.totals[str(case)] == 300


@pytest.mark.parametrize("status", [400, 503])
def test_that_restored_cases_cannot_be_seen_keeps_nothing_else_from_being_mended(
    restored_unheard: Desk,
    clock: Clock,
    other_case: UUID,
    amira: User,
    caplog: pytest.LogCaptureFixture,
    *,
    status: int,
) -> None:
    desk = restored_unheard
    from_a_form(desk.mock, amira, other_case, -60, 0, base=clock())
    desk.mock.fail_next(
        status, times=9, matching=lambda request: "versionnumber" in unquote(request.query)
    )

    reconcile(desk.api, "reconcile_history")

    assert tracked(desk.mock)[str(other_case)] == 660
    assert any("cases that were restored cannot be seen" in text for text in caplog.messages)
