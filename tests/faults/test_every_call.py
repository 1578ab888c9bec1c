"""I3 at every call: a fault at any request, part, message or answer ends in the figures without it.

Here each point has a few kinds of faults, and each kind some points of every story. All kinds at
all points are run by ``python -m tests.faults``.
"""

from dataclasses import dataclass

import pytest

from tests.api.harness import FUNCTIONS
from tests.faults.met import Met, noted, places_met, places_that_ask, public_code
from tests.faults.points import Story, recorded
from tests.faults.stories import STORIES


@pytest.mark.parametrize("story", STORIES)
def test_whatever_goes_wrong_at_any_call_the_figures_are_those_without_it(story: Story) -> None:
    recording = recorded(story)
    faults = recording.some_faults(turn=STORIES.index(story))

    changes = [(fault, fault.changes(story, recording.end)) for fault in faults]

    assert [f"{fault} -> {changed}" for fault, changed in changes if changed] == []


@dataclass(frozen=True, slots=True)
class Told:
    """What the stories met when each was told once."""

    functions: frozenset[str]
    code: Met


@pytest.fixture(scope="module")
def told() -> Told:
    met = Met()
    with noted(met):
        recordings = [recorded(story) for story in STORIES]
    return Told(frozenset().union(*(each.ran for each in recordings)), met)


def test_the_stories_meet_every_function_of_the_app(told: Told) -> None:
    assert FUNCTIONS.keys() - told.functions == set()


def test_the_stories_meet_every_use_case(told: Told) -> None:
    assert {name for name, code in public_code().items() if code not in told.code.code} == set()


def test_the_stories_meet_every_place_that_asks_dataverse(told: Told) -> None:
    assert places_that_ask() - places_met(told.code) == set()


def test_no_place_that_asks_dataverse_escapes_the_search_for_them(told: Told) -> None:
    assert places_met(told.code) - places_that_ask() == set()
