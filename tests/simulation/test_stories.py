"""Stories worth telling again; one that a large run shrinks after a failure belongs here."""

from tests.simulation.mishaps import Died, Down, Fate, Ill, QueuesWent, Trouble, WebhooksWent, When
from tests.simulation.run import run
from tests.simulation.story import (
    ClockIsOff,
    Corrected,
    Crashed,
    DayMadeWrong,
    DaysErased,
    Logged,
    Merged,
    Reactivated,
    Resolved,
    Slept,
    Story,
    WasOffline,
    Worked,
)


def test_time_that_arrives_after_its_case_was_merged_counts_for_the_survivor() -> None:
    story = (
        Worked(who=1, device=1, case=1, start=36_000, end=36_500),
        Corrected(who=1, case=1, seconds=700, at=36_600),
        WasOffline(who=1, device=1, start=36_700, end=38_500),
        Worked(who=1, device=1, case=1, start=36_700, end=37_200),
        Logged(who=1, case=1, log=1, minutes=3, at=36_900),
        Merged(case=1, into=2, at=37_300),
        Merged(case=2, into=3, at=37_300),
        WebhooksWent(fate=Fate.LATE, start=37_000, end=38_000),
    )

    assert run(story).differences == ()


def test_a_browser_is_killed_on_a_device_whose_clock_is_wrong_and_dataverse_is_down() -> None:
    story = (
        ClockIsOff(who=1, device=1, seconds=-4_000),
        Worked(who=1, device=1, case=1, start=36_000, end=37_000),
        Worked(who=1, device=2, case=2, start=36_400, end=36_800),
        Crashed(who=1, device=1, at=36_913),
        Slept(who=1, device=2, start=36_450, end=36_600),
        Down(start=36_500, end=37_500),
        Worked(who=1, device=1, case=1, start=37_000, end=37_100),
        QueuesWent(fate=Fate.TWICE, start=36_000, end=38_000),
    )

    assert run(story).differences == ()


def test_the_process_dies_at_each_place_while_a_case_is_resolved_and_opened_again() -> None:
    story: Story = (
        Worked(who=1, device=1, case=1, start=36_000, end=37_300),
        Worked(who=2, device=1, case=1, start=36_100, end=37_200),
        Resolved(case=1, at=36_700),
        Reactivated(case=1, at=36_900),
        *(Died(when=when, at=36_600, skip=place) for place, when in enumerate(When)),
        Trouble(ill=Ill.PART_AFTER, at=36_600, skip=1, times=3),
    )

    outcome = run(story)

    assert outcome.differences == ()
    assert {f"killed {when.value}" for when in When} <= outcome.met.keys()


def test_days_that_a_colleague_spoils_are_put_right() -> None:
    story = (
        Worked(who=1, device=1, case=1, start=36_000, end=36_500),
        Worked(who=1, device=1, case=2, start=36_500, end=36_900),
        Worked(who=2, device=1, case=2, start=36_000, end=36_200),
        DayMadeWrong(who=1, case=1, seconds=9_999, at=37_000),
        DaysErased(who=1, case=2, at=37_000),
        DayMadeWrong(who=2, case=2, seconds=0, at=37_000),
    )

    assert run(story).differences == ()


def test_a_resolution_that_dataverse_tells_of_in_vain_has_its_snapshot() -> None:
    story = (
        Worked(who=1, device=1, case=1, start=36_000, end=36_500),
        Resolved(case=1, at=36_600),
        WebhooksWent(fate=Fate.LOST, start=36_400, end=37_000),
    )

    assert run(story).differences == ()
