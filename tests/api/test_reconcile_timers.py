"""What the timers of reconciliation find, and the messages they make of it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from functions.blueprints import timers
from tests.api.harness import FUNCTIONS, Api, Clock, a_log
from tests.api.reconciling import (
    from_a_form,
    totals_of,
)
from tests.local_stack.functions_host.schedules import Schedule
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def test_a_log_an_activity_a_correction_and_a_title_bring_their_case(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    cases = [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(4)]
    account = mock.add_row("account", {"name": "Coffee shop"})
    clock.advance(hours=2)
    mock.add_row("cht_timelog", a_log(cases[0], amira))
    hers = {"ownerid": amira.systemuserid, "actualdurationminutes": 3}
    mock.add_row("phonecall", hers | {"regardingobjectid": cases[1]})
    mock.add_row("phonecall", hers | {"regardingobjectid": account})
    api.call(
        "PUT",
        f"cases/{cases[2]}/automatic-time",
        {"durationSeconds": 60, "reason": "Telephone"},
        user=amira,
    )
    mock.update_row("incident", cases[3], {"title": "Another name"})
    mock.add_row("cht_timelog", a_log(cases[3], amira))

    api.fire_timer("reconcile_recent")
    assert not any(str(account) in message for message in api.queues["reconcile"])
    api.work_off_queue("reconcile")

    assert {key: total[:2] for key, total in totals_of(mock).items()} == {
        str(cases[0]): ("Case 0", 420),
        str(cases[1]): ("Case 1", 180),
        str(cases[2]): ("Case 2", 60),
        str(cases[3]): ("Another name", 420),
    }


@pytest.mark.parametrize(
    ("timer", "past_due", "hours", "found"),
    [
        ("reconcile_recent", False, 0.9, True),
        ("reconcile_recent", False, 1.1, False),
        ("reconcile_recent", True, 23, True),
        ("reconcile_recent", True, 25, False),
        ("reconcile_history", False, 71, True),
        ("reconcile_history", False, 73, False),
    ],
)
def test_a_timer_finds_what_came_lately_of_whatever_day(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    case: UUID,
    *,
    timer: str,
    past_due: bool,
    hours: float,
    found: bool,
) -> None:
    from_a_form(mock, amira, case, -86_400 * 30, -86_400 * 30 + 60)
    clock.advance(hours=hours)

    api.fire_timer(timer, past_due=past_due)

    days = [message for message in api.queues["reconcile"] if '"days"' in message]
    assert [("2026-02-08" in message) for message in days] == [True] * found


def test_many_days_take_a_message_for_each_hundred(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    for number in range(101):
        from_a_form(
            mock, amira, case, 0, 60, cht_day=f"2026-0{1 + number // 28}-{1 + number % 28:02}"
        )

    api.fire_timer("reconcile_recent")

    kinds = [json.loads(message)["kind"] for message in api.queues["reconcile"]]
    assert kinds == ["days", "days", "cases"]


@pytest.mark.parametrize("schedule", [timers.EVERY_QUARTER, timers.EVERY_NIGHT])
def test_the_schedules_are_six_fields_that_come_due(schedule: str, clock: Clock) -> None:
    due = Schedule.parse(schedule).next_after(clock.now)

    assert due - clock.now <= timedelta(days=1)
    used = {str(each.trigger.get("schedule")) for each in FUNCTIONS.values()}
    assert schedule in used
