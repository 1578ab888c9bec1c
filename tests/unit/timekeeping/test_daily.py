from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from functions.timekeeping.daily import (
    NO_CASE,
    DailyTime,
    DayChange,
    RecordedDay,
    changes,
    daily_times,
    outdated_days,
)
from functions.timekeeping.identifiers import automatic_time_id
from functions.timekeeping.segments import Segment
from tests.builders import AMIRA, BORIS, CASE, OTHER_CASE, TODAY, daily, recorded, segment

TOMORROW = TODAY + timedelta(days=1)


def test_no_segments_amount_to_no_days() -> None:
    assert daily_times([]) == []


def test_each_day_and_case_has_its_seconds_and_the_number_of_its_segments() -> None:
    segments = [
        segment(86_400, 86_460, id=4, day=TOMORROW),
        segment(0, 60, id=1),
        segment(60, 90, id=2),
        segment(90, 100, OTHER_CASE, id=3),
    ]

    assert daily_times(segments) == [
        daily(90, CASE, segments=2),
        daily(10, OTHER_CASE),
        daily(60, CASE, day=TOMORROW),
    ]


def test_a_day_is_the_representatives() -> None:
    assert daily_times([segment(0, 60, representative=BORIS)]) == [daily(60, representative=BORIS)]


def test_a_case_that_lost_all_its_seconds_still_has_a_day() -> None:
    segments = [segment(10, 20, id=1, focus=0), segment(5, 30, OTHER_CASE, id=2)]

    assert daily_times(segments) == [daily(0, CASE), daily(25, OTHER_CASE)]


def test_a_day_that_is_not_recorded_is_written_for_the_first_time() -> None:
    assert changes([segment(0, 60)], []) == [DayChange(daily(60), None)]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(daily(50), id="other seconds"),
        pytest.param(daily(60, segments=2), id="another number of segments"),
    ],
)
def test_a_day_that_says_something_else_is_written_over_its_version(before: DailyTime) -> None:
    changed = changes([segment(0, 60)], [recorded(before, "W/7")])

    assert changed == [DayChange(daily(60), "W/7")]


def test_a_day_that_is_right_is_left_alone() -> None:
    assert changes([segment(0, 60)], [recorded(daily(60))]) == []


def test_a_day_whose_segments_are_not_at_hand_is_left_alone() -> None:
    assert changes([], [recorded(daily(60))]) == []


def test_a_day_made_from_no_segment_has_no_seconds() -> None:
    invented = recorded(daily(36_000, segments=0), "W/7")

    assert changes([], [invented]) == [DayChange(daily(0, segments=0), "W/7")]
    assert changes([], [recorded(daily(0, segments=0))]) == []


def test_a_row_beside_the_one_of_its_day_loses_its_seconds_and_stands_in_no_ones_way() -> None:
    stray = RecordedDay(daily(36_000, segments=9), "W/7", UUID(int=7))
    right = recorded(daily(60))

    assert changes([segment(0, 60)], [stray, right]) == [
        DayChange(daily(0, segments=9), "W/7", UUID(int=7))
    ]
    assert outdated_days([segment(0, 60)], [right, stray]) == set()


@pytest.mark.parametrize(
    "says",
    [
        pytest.param(daily(36_000, OTHER_CASE), id="another case"),
        pytest.param(daily(60, NO_CASE), id="no case"),
        pytest.param(daily(60, day=TOMORROW), id="another day"),
    ],
)
def test_a_row_with_the_id_of_a_day_with_segments_is_that_day_whatever_it_says(
    says: DailyTime,
) -> None:
    row = RecordedDay(says, "W/7", automatic_time_id(CASE, AMIRA, TODAY))

    assert changes([segment(0, 60)], [row]) == [DayChange(daily(60), "W/7", put_back=True)]


def test_a_row_with_the_id_of_a_day_is_outdated_with_fewer_segments_than_it_was_made_from() -> None:
    says = daily(90, OTHER_CASE, segments=2)
    row = RecordedDay(says, "W/7", automatic_time_id(CASE, AMIRA, TODAY))

    assert outdated_days([segment(0, 60)], [row]) == {TODAY}


def test_a_day_that_somebody_else_wrote_proves_nothing_of_how_many_segments_there_are() -> None:
    foreign = replace(recorded(daily(36_000, segments=9), "W/7"), foreign=True)

    assert outdated_days([segment(0, 60)], [foreign]) == set()
    assert changes([segment(0, 60)], [foreign]) == [DayChange(daily(60), "W/7")]
    assert changes([], [foreign]) == [DayChange(daily(0, segments=9), "W/7")]


def test_a_day_that_counts_for_another_case_is_put_back_if_no_merge_speaks_for_it() -> None:
    moved = RecordedDay(daily(60), "W/7", counts_for=OTHER_CASE)

    assert changes([segment(0, 60)], [moved]) == []
    assert changes([segment(0, 60)], [replace(moved, misplaced=True)]) == [
        DayChange(daily(60), "W/7", put_back=True)
    ]


def test_a_day_has_a_part_in_the_totals_of_each_case_it_names() -> None:
    assert recorded(daily(60)).cases == {CASE}
    assert RecordedDay(daily(60), "1", counts_for=OTHER_CASE).cases == {CASE, OTHER_CASE}
    assert RecordedDay(daily(60, NO_CASE), "1", UUID(int=7)).cases == set()


@pytest.mark.parametrize(
    ("start", "end", "written", "seconds"),
    [
        pytest.param(0, 600, 600, 600, id="right after it ended"),
        pytest.param(0, 600, 86_400, 600, id="much later"),
        pytest.param(0, 600, 595, 600, id="by a clock that is five seconds ahead"),
        pytest.param(0, 600, 300, 305, id="before it ended"),
        pytest.param(600, 660, 300, 0, id="before it began"),
        pytest.param(0, 3_720, 3_720, 3_720, id="as long as the longest interval allows"),
        pytest.param(0, 3_721, 3_721, 0, id="longer than any interval allows"),
        pytest.param(60, 60, 60, 0, id="empty"),
    ],
)
def test_evidence_that_nobody_judged_counts_as_if_it_had_been(
    start: int, end: int, written: int, seconds: int
) -> None:
    assert daily_times([segment(start, end, unjudged_since=written)]) == [daily(seconds)]


def test_evidence_that_does_not_count_takes_no_seconds_from_another_case() -> None:
    segments = [
        segment(0, 600, id=1),
        segment(0, 36_000, OTHER_CASE, id=2, focus=1, unjudged_since=36_000),
    ]

    assert daily_times(segments) == [daily(600, CASE), daily(0, OTHER_CASE)]


@pytest.mark.parametrize(
    ("segments", "complete"),
    [
        pytest.param([], False, id="none of two"),
        pytest.param([segment(0, 60)], False, id="one of two"),
        pytest.param([segment(0, 60), segment(60, 90, id=2)], True, id="both"),
        pytest.param(
            [segment(0, 60), segment(60, 90, id=2), segment(90, 99, id=3)], True, id="a new one"
        ),
        pytest.param(
            [segment(0, 60, OTHER_CASE), segment(60, 90, OTHER_CASE, id=2)],
            False,
            id="of another case",
        ),
        pytest.param(
            [segment(0, 60, day=TOMORROW), segment(60, 90, day=TOMORROW, id=2)],
            False,
            id="of another day",
        ),
    ],
)
def test_a_day_is_outdated_with_fewer_segments_than_it_was_made_from(
    segments: list[Segment], *, complete: bool
) -> None:
    outdated = outdated_days(segments, [recorded(daily(90, segments=2))])

    assert outdated == (set() if complete else {TODAY})


def test_each_day_is_told_apart() -> None:
    days = [recorded(daily(60)), recorded(daily(5, day=TOMORROW))]

    assert outdated_days([segment(0, 60)], days) == {TOMORROW}
