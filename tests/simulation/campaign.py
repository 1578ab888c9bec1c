"""Many stories one after the other: what happened in them, and what differed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.simulation.run import run
from tests.simulation.story import Story
from tests.simulation.world import Scale, story

OFFICE = 10
"""How many representatives share one Dataverse: its tables stay small, and so every call quick."""


@dataclass(frozen=True, slots=True)
class Part:
    """One office of a campaign."""

    seed: int
    office: int
    scale: Scale

    @property
    def name(self) -> str:
        return f"{self.seed}/{self.office}"

    def story(self) -> Story:
        return story(self.name, self.scale)


@dataclass(slots=True)
class Result:
    """How parts ended: ``met`` is what happened, ``failed`` which parts differed and how."""

    representatives: int = 0
    seconds: int = 0
    met: Counter[str] = field(default_factory=Counter)
    failed: dict[Part, tuple[str, ...]] = field(default_factory=dict)

    def add(self, other: "Result") -> None:
        self.representatives += other.representatives
        self.seconds += other.seconds
        self.met += other.met
        self.failed |= other.failed


def parts(seed: int, *, representatives: int, days: int, shift_seconds: int) -> Iterator[Part]:
    """Yield the offices that so many representatives fill."""
    for office, first in enumerate(range(0, representatives, OFFICE)):
        several = min(OFFICE, representatives - first)
        scale = Scale(representatives=several, days=days, shift_seconds=shift_seconds)
        yield Part(seed, office, scale)


def result_of(part: Part) -> Result:
    """Run an office; one that breaks off has failed like any other, and becomes a story."""
    try:
        outcome = run(part.story())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return Result(part.scale.representatives, failed={part: (_broken_off(error),)})
    failed = {part: outcome.differences} if outcome.differences else {}
    return Result(part.scale.representatives, outcome.truth.seconds, outcome.met, failed)


def differences_of(candidate: Story) -> tuple[str, ...]:
    """Return how a story ends otherwise than it must, or what it breaks off with."""
    try:
        return run(candidate).differences
    except Exception as error:  # noqa: BLE001 - as above
        return (_broken_off(error),)


def _broken_off(error: Exception) -> str:
    return f"breaks off: {type(error).__name__}: {error}"
