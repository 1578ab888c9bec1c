from collections.abc import Collection
from uuid import UUID

import pytest

from solution.model.webhooks import ACTIVITY_STEPS, STEPS, Message, Step
from solution.tools.environment.deployment.steps import steps_plan
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Plan, work_through
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.targets import ORDINARY, a_target

CASE_UPDATED = next(step for step in STEPS if step.table == "incident")


def steps(desk: Desk, wanted: Collection[Step] = STEPS) -> Plan:
    return steps_plan(desk.session, wanted, ORDINARY)


@pytest.fixture(autouse=True)
def _every_table_takes_steps(mock: MockDataverse) -> None:
    mock.switches.steps_on_setting_tables = True


def done(desk: Desk, plan: Plan) -> list[str]:
    work_through(desk.session.report, plan)
    return [change.text for change in plan.changes]


def test_steps_that_are_as_they_should_be_are_left_alone(desk: Desk) -> None:
    assert steps(desk) == Plan()


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"statecode": 1, "statuscode": 2}, "enable the webhook step for Update of incident"),
        ({"rank": 7}, "correct the webhook step for Update of incident: rank"),
        (
            {"filteringattributes": "statecode"},
            "correct the webhook step for Update of incident: filteringattributes",
        ),
    ],
)
def test_a_step_is_made_what_it_should_be(
    mock: MockDataverse, desk: Desk, changed: dict[str, object], text: str
) -> None:
    mock.update_row("sdkmessageprocessingstep", CASE_UPDATED.id, changed)

    assert done(desk, steps(desk)) == [text]
    assert steps(desk) == Plan()


def test_columns_may_be_listed_in_any_order(mock: MockDataverse, desk: Desk) -> None:
    mock.update_row(
        "sdkmessageprocessingstep",
        CASE_UPDATED.id,
        {"filteringattributes": "statuscode, statecode"},
    )

    assert steps(desk) == Plan()


def test_missing_steps_are_registered_by_their_ids(mock: MockDataverse, desk: Desk) -> None:
    for step in STEPS:
        mock.delete_row("sdkmessageprocessingstep", step.id)

    texts = [text for text in done(desk, steps(desk)) if text.startswith("register ")]

    assert len(texts) == len(STEPS)
    assert "register the webhook step for Close of incident" in texts
    there = {row["sdkmessageprocessingstepid"] for row in mock.rows("sdkmessageprocessingstep")}
    assert there == {str(step.id) for step in STEPS}
    assert steps(desk) == Plan()


def test_a_step_is_registered_with_what_it_tells_of_the_row_as_it_was(
    mock: MockDataverse, desk: Desk
) -> None:
    deleted = Step(table="task", message=Message.DELETE)
    mock.delete_row("sdkmessageprocessingstep", deleted.id)

    done(desk, steps(desk))

    images = {
        row["_sdkmessageprocessingstepid_value"]: (row["entityalias"], row["attributes"])
        for row in mock.rows("sdkmessageprocessingstepimage")
    }
    assert images[str(deleted.id)] == ("before", "regardingobjectid")


@pytest.mark.parametrize(
    "bent",
    [
        pytest.param(None, id="gone, or never made because that was interrupted"),
        pytest.param({"attributes": "subject"}, id="of another column"),
        pytest.param({"entityalias": "then"}, id="called otherwise"),
    ],
)
def test_an_image_that_is_not_what_it_should_be_is_made_anew(
    mock: MockDataverse, desk: Desk, bent: dict[str, object] | None
) -> None:
    deleted = Step(table="task", message=Message.DELETE)
    if bent is None:
        mock.delete_row("sdkmessageprocessingstepimage", deleted.image_id)
    else:
        mock.update_row("sdkmessageprocessingstepimage", deleted.image_id, bent)

    assert done(desk, steps(desk)) == [
        "have the webhook step for Delete of task tell what was: regardingobjectid"
    ]
    assert steps(desk) == Plan()


def test_a_step_that_somebody_bound_to_a_message_of_another_table_is_bound_anew(
    mock: MockDataverse, desk: Desk
) -> None:
    deleted = Step(table="incident", message=Message.DELETE)
    rows = {row["sdkmessageprocessingstepid"]: row for row in mock.rows("sdkmessageprocessingstep")}
    of_a_task = rows[str(Step(table="task", message=Message.DELETE).id)]
    mock.update_row(
        "sdkmessageprocessingstep",
        deleted.id,
        {"sdkmessagefilterid": of_a_task["_sdkmessagefilterid_value"]},
    )

    assert done(desk, steps(desk)) == [
        "correct the webhook step for Delete of incident: sdkmessagefilterid"
    ]
    assert steps(desk) == Plan()


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
        "phonecall": "reconciliation finds changes within 15 minutes",
        "organizationsetting": "settings are read again every minute",
        "appsetting": "settings are read again every minute",
    }
    every = "Create, Update, Delete"
    assert list(plan.notes) == [
        f"this environment offers no {every} of {table} to webhooks; {holds}"
        for table, holds in instead.items()
    ]


def test_a_private_message_is_not_offered(mock: MockDataverse, desk: Desk) -> None:
    for row in mock.rows("sdkmessage"):
        if row["name"] == "Close":
            mock.update_row("sdkmessage", UUID(str(row["sdkmessageid"])), {"isprivate": True})

    assert "no Close of incident" in steps(desk).notes[0]


def refuse(mock: MockDataverse, step: Step) -> None:
    """Let Dataverse offer a step and refuse it all the same."""
    mock.delete_row("sdkmessageprocessingstep", step.id)
    body = '{"error": {"code": "0x80040203", "message": "Not here."}}'
    mock.fail_next(400, body=body, matching=lambda request: str(step.id) in request.path)


@pytest.mark.parametrize("table", ["task", "appsetting"])
def test_a_step_that_only_tells_sooner_may_be_refused(
    mock: MockDataverse, desk: Desk, table: str
) -> None:
    refuse(mock, Step(table=table, message=Message.DELETE))

    changed = work_through(desk.session.report, steps(desk))

    assert changed == 0
    assert desk.lines[0] == f"register the webhook step for Delete of {table}"
    assert desk.lines[1].startswith("note: Dataverse refused that")
    assert "Not here." in desk.lines[1]


def test_a_refused_step_of_cases_ends_it_in_words(mock: MockDataverse, desk: Desk) -> None:
    refuse(mock, CASE_UPDATED)

    with pytest.raises(
        Stopped, match="refused to register the webhook step for Update of incident"
    ):
        work_through(desk.session.report, steps(desk))


def test_steps_of_activities_are_taken_away_when_they_are_not_wanted(
    mock: MockDataverse, desk: Desk
) -> None:
    wanted = a_target().steps

    texts = done(desk, steps(desk, wanted))

    assert texts == [
        f"take away the webhook step for {step.message.value} of {step.table}"
        for step in ACTIVITY_STEPS
    ]
    there = {row["sdkmessageprocessingstepid"] for row in mock.rows("sdkmessageprocessingstep")}
    assert there == {str(step.id) for step in wanted}
    assert mock.rows("sdkmessageprocessingstepimage") == []
    assert steps(desk, wanted) == Plan()
    assert len(steps(desk, a_target(activity_webhooks=True).steps).changes) == len(ACTIVITY_STEPS)


def test_a_step_that_is_gone_already_is_no_fault(mock: MockDataverse, desk: Desk) -> None:
    plan = steps(desk, a_target().steps)
    mock.delete_row("sdkmessageprocessingstep", ACTIVITY_STEPS[0].id)

    work_through(desk.session.report, plan)

    assert steps(desk, a_target().steps) == Plan()
