"""Whoever writes days leaves them as they must be, whoever else writes at the same time."""

import pytest

from tests.simulation.rush import rush
from tests.simulation.story import DayMadeWrong, DaysErased, Story
from tests.simulation.watched import run_with_many_timers, run_without_timers
from tests.simulation.world import Scale, story


@pytest.mark.parametrize("seed", range(1, 5))
def test_in_a_rush_days_say_what_the_evidence_does_after_each_answer(seed: int) -> None:
    outcome = run_without_timers(rush(seed))

    assert outcome.differences == ()
    assert outcome.met["looks at days"] > 0


@pytest.mark.parametrize("seed", range(5, 9))
def test_in_a_rush_days_say_what_the_evidence_does_after_each_reconciliation(seed: int) -> None:
    outcome = run_with_many_timers(rush(seed))

    assert outcome.differences == ()
    assert outcome.met["looks at days"] > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_when_all_is_delivered_days_are_right_before_anybody_reconciles(seed: int) -> None:
    assert run_without_timers(unspoilt(story(seed, Scale(shift_seconds=1_800)))).differences == ()


def unspoilt(whole: Story) -> Story:
    """Return a story without what only reconciliation can put right."""
    return tuple(step for step in whole if not isinstance(step, DayMadeWrong | DaysErased))
