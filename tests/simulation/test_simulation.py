"""Whatever goes wrong in an office: when the dust has settled, every figure is the truth."""

import pytest

from tests.simulation.run import run
from tests.simulation.world import Scale, story


@pytest.mark.parametrize("seed", range(1, 7))
def test_when_the_dust_has_settled_every_figure_is_the_truth(seed: int) -> None:
    outcome = run(story(seed, Scale()))

    assert outcome.differences == ()
    assert outcome.truth.seconds > 0


@pytest.mark.parametrize("seed", [7, 8])
def test_any_part_of_a_story_is_a_story(seed: int) -> None:
    assert run(story(seed, Scale())[::2]).differences == ()


def test_the_same_seed_is_the_same_course_of_events() -> None:
    one, other = (run(story(9, Scale())) for _ in range(2))

    assert one == other
