"""Makes up the worst quarter of an hour: the same seed, the same story."""

from random import Random

from tests.simulation.mishaps import Died, Overtaken, StaleCopies, When
from tests.simulation.story import Step, Story, Worked
from tests.simulation.world import DESK, HOUR, LAPTOP, MINUTE


def rush(seed: int | str) -> Story:
    """Return a quarter of an hour of one representative on two devices, where all is at once."""
    rng = Random(f"rush {seed}")
    steps: list[Step] = []
    begins, ends = 12 * HOUR, 12 * HOUR + 15 * MINUTE
    for device in (DESK, LAPTOP):
        # Even seconds here, odd ones there: of two that begin in the same second no truth is told.
        now = begins + 2 * rng.randint(0, 30) + device
        while now < ends:
            case, seconds = rng.randint(1, 3), 2 * rng.randint(3, 90)
            steps.append(Worked(who=1, device=device, case=case, start=now, end=now + seconds))
            now += seconds + rng.choice((0, 0, 2 * rng.randint(1, 15)))
    steps += [Overtaken(at=rng.randint(begins, ends), skip=rng.randint(0, 2)) for _ in range(12)]
    for _ in range(3):
        when = rng.choice(list(When))
        steps.append(Died(when=when, at=rng.randint(begins, ends), skip=rng.randint(0, 3)))
    for _ in range(2):
        start = rng.randint(begins, ends)
        lag = rng.randint(5, 3 * MINUTE)
        steps.append(StaleCopies(seconds=lag, start=start, end=start + 5 * MINUTE))
    return tuple(steps)
