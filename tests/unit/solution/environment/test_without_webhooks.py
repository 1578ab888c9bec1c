"""What people are told to expect where a webhook is missing agrees with what the timers do."""

from functions.blueprints import timers
from solution.model.webhooks import ACTIVITY_STEPS, STEPS, Message, Step
from solution.tools.environment.without_webhooks import ACTIVITIES, LEFT, instead_of


def test_the_times_are_those_of_the_timers() -> None:
    assert timers.EVERY_QUARTER == "0 */15 * * * *"
    assert timers.WATCHED.days == 1
    assert timers.WATCHED_AT_NIGHT.days == 7
    for said in ("within 15 minutes", "within a day", "in the night if within seven days"):
        assert said in LEFT


def test_each_step_says_what_holds_without_it() -> None:
    for step in STEPS:
        assert instead_of(step)


def test_what_left_a_case_is_promised_apart_from_what_came() -> None:
    assert instead_of(Step(table="email", message=Message.CREATE)) == ACTIVITIES
    assert instead_of(Step(table="email", message=Message.DELETE)) == LEFT


def test_nothing_is_said_twice() -> None:
    assert instead_of(*ACTIVITY_STEPS) == f"{ACTIVITIES}; {LEFT}"
