"""Whatever goes wrong in an office: when the dust has settled, every figure is the truth."""

import pytest

from tests.simulation.run import run
from tests.simulation.world import Scale, story

HALF_AN_HOUR = 1_800
ALONE = Scale(shift_seconds=HALF_AN_HOUR, representatives=1)
TOGETHER = Scale(shift_seconds=HALF_AN_HOUR, representatives=2)


@pytest.mark.parametrize(
    ("seed", "scale"),
    [
        *(pytest.param(seed, ALONE, id=f"alone-{seed}") for seed in range(1, 11)),
        *(pytest.param(seed, TOGETHER, id=f"together-{seed}") for seed in range(11, 18)),
    ],
)
def test_when_the_dust_has_settled_every_figure_is_the_truth(seed: int, scale: Scale) -> None:
    outcome = run(story(seed, scale))

    assert outcome.differences == ()
    assert outcome.truth.seconds > 0


@pytest.mark.parametrize("seed", [20, 21])
def test_any_part_of_a_story_is_a_story(seed: int) -> None:
    assert run(story(seed, TOGETHER)[::2]).differences == ()


def test_the_same_seed_is_the_same_course_of_events() -> None:
    one, other = (run(story(22, ALONE)) for _ in range(2))

    assert one == other
