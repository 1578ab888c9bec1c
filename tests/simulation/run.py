"""Runs a story."""

import hashlib
from collections import Counter
from dataclasses import dataclass

import pytest
import stamina

from functions import wiring
from tests.api.harness import Clock
from tests.conftest import environment
from tests.simulation.agenda import BEGINNING
from tests.simulation.course import Course
from tests.simulation.story import Story
from tests.simulation.truth import Truth


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a story ended.

    Args:
        differences: what is not as it must be, in words; none if all is well.
        met: how often what happened.
        truth: what every figure had to be.
        digest: the same for the same course of events.
    """

    differences: tuple[str, ...]
    met: Counter[str]
    truth: Truth
    digest: str


def run(story: Story) -> Outcome:
    """Return how a story ends."""
    return outcome_of(story, Course)


def outcome_of(story: Story, course_of: type[Course]) -> Outcome:
    """Return how a story ends in a course of some kind."""
    clock = Clock(BEGINNING)
    with (
        stamina.set_testing(True, attempts=4, cap=True),
        environment(clock) as mock,
        pytest.MonkeyPatch.context() as patch,
    ):
        course = course_of(story, mock, clock)
        patch.setattr(wiring, "services", lambda: course.host.services)
        found = course.play()
    return Outcome(
        tuple(found), course.host.met, course.truth, hashlib.sha256(course.told).hexdigest()
    )
