"""What an environment does not offer or refuses of the webhook steps."""

from collections.abc import Collection
from uuid import UUID

import pytest

from solution.model.webhooks import ACTIVITY_STEPS, STEPS, Message, Step
from solution.tools.environment.deployment.steps import steps_plan
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Plan, work_through
from solution.tools.environment.surroundings import Surroundings
from solution.tools.environment.without_webhooks import instead_of
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.targets import ORDINARY

CASE_UPDATED = next(step for step in STEPS if step.table == "incident")
(TASK_DELETED,) = (step for step in STEPS if (step.table, step.message) == ("task", Message.DELETE))
BLOCKING = Surroundings(blocks_unmanaged=True)
DISABLED = {"statecode": 1, "statuscode": 2}


def steps(desk: Desk, wanted: Collection[Step] = STEPS, around: Surroundings = ORDINARY) -> Plan:
    return steps_plan(desk.session, wanted, around)


@pytest.fixture(autouse=True)
def _every_table_takes_steps(mock: MockDataverse) -> None:
    mock.switches.steps_on_setting_tables = True


def test_what_is_not_offered_is_told_with_what_holds_instead(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.switches.steps_on_setting_tables = False
    for step in STEPS:
        if step.table == "appsetting":
            mock.delete_row("sdkmessageprocessingstep", step.id)
    for row in mock.rows("sdkmessagefilter"):
        if row["primaryobjecttypecode"] == "phonecall":
            mock.update_row(
                "sdkmessagefilter", UUID(str(row["sdkmessagefilterid"])), {"isvisible": False}
            )

    plan = steps(desk)

    assert plan.changes == ()
    instead = {
        "phonecall": instead_of(*ACTIVITY_STEPS),
        "organizationsetting": "settings are read again every minute",
        "appsetting": "settings are read again every minute",
    }
    every = "Create, Update, Delete"
    assert list(plan.notes) == [
        f"this environment offers no {every} of {table} to webhooks; {holds}"
        for table, holds in instead.items()
    ]


def withhold(mock: MockDataverse, message: str) -> None:
    """Let Dataverse offer a message to nobody."""
    (row,) = (row for row in mock.rows("sdkmessage") if row["name"] == message)
    mock.update_row("sdkmessage", UUID(str(row["sdkmessageid"])), {"isprivate": True})


@pytest.mark.parametrize("message", ["Update", "Close", "Merge", "Delete"])
def test_a_message_of_cases_that_is_not_offered_ends_it_in_words(
    mock: MockDataverse, desk: Desk, message: str
) -> None:
    withhold(mock, message)

    with pytest.raises(Stopped) as stopped:
        steps(desk)

    assert str(stopped.value) == (
        f"this environment offers no {message} of incident to webhooks, which is needed: ask"
        " Microsoft support why; nothing was changed"
    )


def test_an_environment_without_a_recycle_bin_goes_without_its_message(
    mock: MockDataverse, desk: Desk
) -> None:
    withhold(mock, "Restore")

    plan = steps(desk)

    assert plan.changes == ()
    assert list(plan.notes) == [
        (
            "this environment offers no Restore of incident to webhooks; the days of a case that"
            " was restored from the recycle bin are made again in the night, or by"
            " `python -m operations rebuild`"
        )
    ]


def test_where_webhooks_may_be_refused_they_need_not_be_offered(
    mock: MockDataverse, desk: Desk
) -> None:
    withhold(mock, "Close")

    assert list(steps(desk, around=BLOCKING).notes) == [
        (
            "this environment offers no Close of incident to webhooks;"
            " resolutions get their snapshots in the night"
        )
    ]


def refuse(mock: MockDataverse, step: Step, *, status: int = 400) -> None:
    """Let Dataverse refuse whatever is written of a step or its image."""
    body = '{"error": {"code": "0x80040203", "message": "Not here."}}'
    ids = (str(step.id), str(step.image_id))
    mock.fail_next(status, body=body, matching=lambda request: request.path[-37:-1] in ids)


@pytest.mark.parametrize("table", ["task", "appsetting"])
def test_a_step_that_only_tells_sooner_may_be_refused(
    mock: MockDataverse, desk: Desk, table: str
) -> None:
    mock.delete_row("sdkmessageprocessingstep", Step(table=table, message=Message.DELETE).id)
    refuse(mock, Step(table=table, message=Message.DELETE))

    changed = work_through(desk.session.report, steps(desk))

    assert changed == 0
    assert desk.lines[0] == f"register the webhook step for Delete of {table}"
    assert desk.lines[1].startswith("note: Dataverse refused that")
    assert "Not here." in desk.lines[1]


def bend(mock: MockDataverse, step: Step, order: str) -> None:
    """Let a step be such that this has to be done to it."""
    match order:
        case "register":
            mock.delete_row("sdkmessageprocessingstep", step.id)
        case "enable":
            mock.update_row("sdkmessageprocessingstep", step.id, DISABLED)
        case "correct":
            mock.update_row("sdkmessageprocessingstep", step.id, {"rank": 7})
        case "have":
            mock.delete_row("sdkmessageprocessingstepimage", step.image_id)


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize("order", ["register", "enable", "correct", "have", "take away"])
@pytest.mark.parametrize("around", [ORDINARY, BLOCKING], ids=["ordinary", "blocking"])
def test_whatever_is_refused_of_a_step_that_need_not_be_is_a_note(
    mock: MockDataverse, desk: Desk, around: Surroundings, order: str, status: int
) -> None:
    bend(mock, TASK_DELETED, order)
    wanted = [step for step in STEPS if order != "take away" or step != TASK_DELETED]
    plan = steps(desk, wanted, around)
    refuse(mock, TASK_DELETED, status=status)

    changed = work_through(desk.session.report, plan)

    assert changed == 0
    assert desk.lines[0].startswith(order)
    assert desk.lines[1].startswith("note: Dataverse refused that")


@pytest.mark.parametrize("order", ["register", "enable", "correct"])
def test_whatever_is_refused_of_a_step_of_cases_ends_it_in_words(
    mock: MockDataverse, desk: Desk, order: str
) -> None:
    bend(mock, CASE_UPDATED, order)
    plan = steps(desk)
    refuse(mock, CASE_UPDATED)

    with pytest.raises(Stopped, match=f"refused to {order} the webhook step for Update of inc"):
        work_through(desk.session.report, plan)


@pytest.mark.parametrize("order", ["register", "enable", "correct"])
def test_where_webhooks_may_be_refused_a_step_of_cases_is_a_note_too(
    mock: MockDataverse, desk: Desk, order: str
) -> None:
    bend(mock, CASE_UPDATED, order)
    plan = steps(desk, around=BLOCKING)
    refuse(mock, CASE_UPDATED)

    assert work_through(desk.session.report, plan) == 0
    assert "Not here." in desk.lines[1]
    assert desk.lines[1].endswith("changes of cases are found within 15 minutes")
