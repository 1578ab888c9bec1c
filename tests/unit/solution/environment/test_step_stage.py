from collections.abc import Collection

import pytest

from solution.model.webhooks import ACTIVITY_STEPS, STEPS, Message, Step
from solution.tools.environment.deployment.steps import steps_plan
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
