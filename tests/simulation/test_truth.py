"""The oracle itself: what is true of small stories, worked out by hand."""

from collections import Counter
from datetime import date

import pytest

from tests.simulation.story import (
    Cancelled,
    Crashed,
    Deleted,
    LogChanged,
    Logged,
    LogVoided,
    Merged,
    Reactivated,
    ReportsIn,
    Resolved,
    Slept,
    Story,
    TaskDone,
    Worked,
)
from tests.simulation.truth import truth

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
NOON, MIDNIGHT = 43_200, 86_400


def worked(start: int, end: int, *, case: int = 1, device: int = 1) -> Worked:
    return Worked(who=1, device=device, case=case, start=NOON + start, end=NOON + end)


@pytest.mark.parametrize(
    ("story", "seconds"),
    [
        pytest.param((), {}, id="nothing"),
        pytest.param((worked(0, 100),), {1: 100}, id="a case in focus"),
        pytest.param((worked(0, 60), worked(60, 90, case=2)), {1: 60, 2: 30}, id="two in turn"),
        pytest.param(
            (worked(0, 100), worked(30, 50, case=2, device=2)),
            {1: 80, 2: 20},
            id="the focus that began last wins",
        ),
        pytest.param(
            (worked(0, 100), worked(30, 50, device=2)), {1: 100}, id="one case on two devices"
        ),
        pytest.param(
            (worked(0, 100), Slept(who=1, device=1, start=NOON + 20, end=NOON + 50)),
            {1: 70},
            id="sleep is not work",
        ),
        pytest.param(
            (
                worked(0, 100),
                worked(30, 80, case=2, device=2),
                Slept(who=1, device=1, start=NOON + 10, end=NOON + 60),
            ),
            {1: 50, 2: 30},
            id="a focus begins anew after sleep",
        ),
        pytest.param(
            (worked(0, 100), Crashed(who=1, device=1, at=NOON + 53)),
            {1: 50},
            id="a crash costs what came after the last beat",
        ),
        pytest.param(
            (worked(0, 100), Crashed(who=1, device=1, at=NOON + 100)),
            {1: 100},
            id="a crash after the end costs nothing",
        ),
        pytest.param(
            (worked(0, 100), Resolved(case=1, at=NOON + 30), Reactivated(case=1, at=NOON + 45)),
            {1: 85},
            id="a closed case has no time",
        ),
        pytest.param(
            (worked(0, 100), Reactivated(case=1, at=NOON + 30), Cancelled(case=1, at=NOON + 60)),
            {1: 60},
            id="an active case is not opened",
        ),
        pytest.param((worked(0, 100), Deleted(case=1, at=NOON + 50)), {}, id="a deleted case"),
    ],
)
def test_seconds_by_case(story: Story, seconds: dict[int, int]) -> None:
    expected = {(1, case, MONDAY): each for case, each in seconds.items()}

    found = truth(story)

    assert +found.least == +found.most == Counter(expected)


def test_what_a_deleted_case_won_may_count_for_another() -> None:
    story = (
        worked(0, 100),
        worked(30, 50, case=2, device=2),
        Deleted(case=2, at=NOON + 500),
    )

    found = truth(story)

    assert (found.least[1, 1, MONDAY], found.most[1, 1, MONDAY]) == (80, 100)


def test_days_end_at_midnight_where_the_reports_are_made() -> None:
    work = Worked(who=1, device=1, case=1, start=MIDNIGHT - 3_610, end=MIDNIGHT - 3_595)

    found = truth((ReportsIn(zone="Europe/Berlin"), work))

    assert found.most == {(1, 1, MONDAY): 10, (1, 1, TUESDAY): 5}


def test_a_merge_moves_all_but_what_is_done_on_the_merged_case_later() -> None:
    story = (
        TaskDone(who=1, case=1, minutes=1, at=10),
        Logged(who=1, case=1, log=1, minutes=2, at=20),
        Merged(case=1, into=2, at=30),
        TaskDone(who=1, case=1, minutes=3, at=40),
        Logged(who=1, case=1, log=2, minutes=4, at=50),
        Merged(case=2, into=3, at=60),
    )

    found = truth(story)

    assert found.done == {(1, 3): 60, (1, 1): 180}
    assert found.logged == {(1, 3): 360}
    assert found.survivor == {1: 3, 2: 3, 3: 3}


def test_a_case_that_is_closed_takes_part_in_no_merge_and_one_that_did_is_not_deleted() -> None:
    story = (
        Resolved(case=1, at=10),
        Merged(case=1, into=2, at=20),
        Merged(case=3, into=2, at=30),
        Deleted(case=2, at=40),
        Deleted(case=3, at=50),
    )

    assert truth(story).survivor == {1: 1, 2: 2, 3: 2}


def test_the_last_word_on_a_log_counts() -> None:
    story = (
        Logged(who=1, case=1, log=1, minutes=2, at=10),
        LogChanged(log=1, minutes=5, at=30),
        Logged(who=1, case=1, log=2, minutes=7, at=20),
        LogVoided(log=2, at=40),
        LogVoided(log=3, at=50),
    )

    assert truth(story).logged == {(1, 1): 300}
