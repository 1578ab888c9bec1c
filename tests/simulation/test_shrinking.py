"""A failure becomes a short story, which fails in the same way when it is pasted as a test."""

from collections.abc import Callable

import pytest

from functions.usecases import settlement
from tests.simulation.campaign import differences_of
from tests.simulation.mishaps import Died, When
from tests.simulation.printing import as_test
from tests.simulation.run import run
from tests.simulation.shrinking import shrunk
from tests.simulation.story import Crashed, Logged, Story, TaskDone, WasOffline, Worked
from tests.simulation.world import Scale, story


def has_its_cause(candidate: Story) -> bool:
    """Tell whether somebody works ten seconds, and her browser is killed."""
    work = [each for each in candidate if isinstance(each, Worked) and each.end - each.start > 9]
    crashes = [each for each in candidate if isinstance(each, Crashed)]
    return any(one.who == other.who for one in work for other in crashes)


def test_only_what_the_failure_needs_is_left() -> None:
    whole = story(3, Scale(representatives=3))

    short = shrunk(whole, has_its_cause)

    assert sorted(type(each).__name__ for each in short) == ["Crashed", "Worked"]
    (work,) = (each for each in short if isinstance(each, Worked))
    assert 10 <= work.end - work.start < 20


def test_no_more_runs_are_made_than_were_asked_for() -> None:
    tried: list[Story] = []

    def fails(candidate: Story) -> bool:
        tried.append(candidate)
        return has_its_cause(candidate)

    short = shrunk(story(3, Scale(representatives=3)), fails, most_runs=5)

    assert len(tried) == 5
    assert has_its_cause(short)


def test_a_story_that_breaks_off_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(_: Story) -> None:
        raise KeyError("case")

    monkeypatch.setattr("tests.simulation.campaign.run", breaks_off)

    assert differences_of(()) == ("breaks off: KeyError: 'case'",)


@pytest.fixture
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant a bug: of several pieces that waited, the last is not made evidence."""
    settled: Callable[..., settlement.Settled] = settlement.settle

    def forgets_the_last(groups: list[object], *args: object, **named: object) -> object:
        return settled(groups[:-1] if len(groups) > 1 else groups, *args, **named)

    monkeypatch.setattr("functions.usecases.record_segments.settle", forgets_the_last)


@pytest.mark.usefixtures("_forgetful")
def test_a_planted_bug_becomes_a_short_story_that_names_its_cause() -> None:
    whole = (
        Logged(who=2, case=1, log=1, minutes=5, at=36_100),
        Worked(who=1, device=1, case=1, start=36_000, end=36_090),
        Died(when=When.BEFORE_REQUEST, at=36_300, skip=3),
        Worked(who=1, device=1, case=2, start=36_090, end=36_120),
        TaskDone(who=2, case=2, minutes=5, at=36_200),
        WasOffline(who=1, device=1, start=36_000, end=36_180),
    )

    short = shrunk(whole, lambda each: bool(run(each).differences), most_runs=15)

    kinds = [type(each) for each in short]
    assert kinds == [Worked, Worked, WasOffline]


@pytest.mark.usefixtures("_forgetful")
def test_a_printed_story_fails_as_the_story_does() -> None:
    short = (
        Worked(who=1, device=1, case=1, start=36_000, end=36_100),
        Worked(who=1, device=1, case=2, start=36_100, end=36_150),
        WasOffline(who=1, device=1, start=36_000, end=36_300),
    )
    text = as_test(short, run(short).differences, name="pieces_that_waited")
    names: dict[str, Callable[[], None]] = {}

    exec(text, names)  # noqa: S102 - what a developer would paste

    assert "# evidence of 36100 to 36150 on case 2: its spans are []" in text
    with pytest.raises(AssertionError):
        names["test_pieces_that_waited"]()
