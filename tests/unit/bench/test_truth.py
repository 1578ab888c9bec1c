import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.accuracy.day import (
    Absence,
    Closed,
    Crashed,
    Day,
    Device,
    Left,
    Opened,
    Resolved,
    Returned,
    Showed,
    Turned,
)
from bench.accuracy.lives import Ending, attention, lives, true_seconds
from bench.accuracy.working_days import working_day
from functions.timekeeping.identifiers import CaseId
from tests.builders import CASE, OTHER_CASE
from tests.unit.bench.stories import BESIDE, MAIN, NINE, ON_LAPTOP, day

DESK, LAPTOP = Device.DESK, Device.LAPTOP


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            day(Opened(0, MAIN, CASE), Showed(100, MAIN, OTHER_CASE), Closed(130, MAIN)),
            {CASE: 100, OTHER_CASE: 30},
            id="a switch",
        ),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Opened(100, BESIDE, OTHER_CASE),
                Turned(150, MAIN),
                Closed(180, MAIN),
            ),
            {CASE: 130, OTHER_CASE: 50},
            id="of two windows side by side, the focused one",
        ),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Opened(100, ON_LAPTOP, OTHER_CASE),
                Left(160, LAPTOP, Absence.SLEEP),
                Closed(200, MAIN),
            ),
            {CASE: 140, OTHER_CASE: 60},
            id="of two devices, the one focused last, as long as it is on",
        ),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Left(60, DESK, Absence.OTHER_PROGRAM),
                Returned(100, DESK),
                Left(110, DESK, Absence.LOCK),
                Returned(500, DESK),
                Left(505, DESK, Absence.SLEEP),
                Returned(9000, DESK),
                Closed(9001, MAIN),
            ),
            {CASE: 76},
            id="nothing while she is away",
        ),
        pytest.param(
            day(Opened(0, MAIN, CASE), Resolved(70, CASE), Closed(90, MAIN)),
            {CASE: 70},
            id="nothing for a resolved case",
        ),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Crashed(50, DESK),
                Opened(80, MAIN, CASE),
                Left(90, DESK, Absence.LOCK),
            ),
            {CASE: 60},
            id="nothing between a crash and the next start",
        ),
    ],
)
def test_whose_second_it_really_is(told: Day, expected: dict[CaseId, int]) -> None:
    assert true_seconds(told) == expected


def test_a_page_lives_until_it_is_closed_killed_or_left_open() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Closed(100, MAIN),
        Opened(103, MAIN, CASE),
        Opened(110, ON_LAPTOP, CASE),
        Crashed(200, DESK),
        Left(230, LAPTOP, Absence.LOCK),
    )

    assert [(each.opened - NINE, each.ended - NINE, each.ending) for each in lives(told)] == [
        (0, 100, Ending.CLOSED),
        (103, 200, Ending.CRASHED),
        (110, 230, Ending.LEFT_OPEN),
    ]


@settings(max_examples=25)
@given(st.integers(min_value=0, max_value=10**6))
def test_the_truth_never_exceeds_the_wall_clock(seed: int) -> None:
    made_up = working_day(0, seed=seed, seconds=3600)
    spans = attention(made_up)

    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert sum(span.seconds for span in spans) <= made_up.ended - made_up.events[0].at


@settings(max_examples=25)
@given(st.integers(min_value=0, max_value=10**6))
def test_what_happens_on_a_made_up_day_is_in_order(seed: int) -> None:
    moments = [event.at for event in working_day(0, seed=seed, seconds=3600).events]

    assert moments == sorted(moments)


def test_the_same_seed_and_number_make_the_same_day() -> None:
    assert working_day(3, seed=7) == working_day(3, seed=7)
    assert working_day(3, seed=7).events != working_day(4, seed=7).events
    assert working_day(3, seed=7).events != working_day(3, seed=8).events
