"""The webhook steps of the model, which a deployment registers as they are."""

from itertools import product

from solution.model.webhooks import (
    ACTIVITY_STEPS,
    SETTING_OVERRIDES,
    STEPS,
    TIMED_ACTIVITIES,
    Message,
)
from solution.tools.validation.built_in import COLUMNS


def test_every_column_of_a_step_is_a_column_of_its_table() -> None:
    unknown = {
        (step.table, column)
        for step in STEPS
        for column in (*step.columns, *step.before)
        if column not in COLUMNS[step.table]
    }

    assert unknown == set()


def test_only_updates_wait_for_columns() -> None:
    assert {step.message for step in STEPS if step.columns} == {Message.UPDATE}


def test_what_an_activity_regarded_is_told_when_it_moves_or_goes() -> None:
    told = {(step.message, step.table): step.before for step in STEPS if step.before}

    assert told == dict.fromkeys(
        product((Message.UPDATE, Message.DELETE), TIMED_ACTIVITIES), ("regardingobjectid",)
    )


def test_a_deployment_needs_what_every_environment_tells_of_cases_and_nothing_else() -> None:
    needed = {(step.table, step.message) for step in STEPS if step.is_required}

    assert needed == {
        ("incident", message)
        for message in (Message.UPDATE, Message.CLOSE, Message.MERGE, Message.DELETE)
    }


def test_steps_of_activities_are_all_of_these_and_no_others() -> None:
    assert {step.table for step in ACTIVITY_STEPS} == set(TIMED_ACTIVITIES)
    assert {step.table for step in STEPS} == {"incident", *TIMED_ACTIVITIES, *SETTING_OVERRIDES}
