"""One test for each thing that is known of a way to count."""

from functools import partial

from bench.accuracy.day import (
    Absence,
    Closed,
    Crashed,
    Device,
    Fault,
    Left,
    Opened,
    Outage,
    Resolved,
    Returned,
    Showed,
    Turned,
)
from bench.accuracy.peers import (
    COUNTER_EVERY_10,
    COUNTER_EVERY_60,
    counter_per_case,
    joined_heartbeats,
    one_timer,
    ticks_in_the_page,
)
from tests.builders import CASE, OTHER_CASE
from tests.unit.bench.stories import BESIDE, MAIN, ON_LAPTOP, day

DESK, LAPTOP = Device.DESK, Device.LAPTOP
END_OF_WORK = Left(3000, DESK, Absence.LOCK)


def test_a_counter_loses_the_five_minutes_between_its_interval_and_the_closing() -> None:
    told = day(Opened(0, MAIN, CASE), Closed(900, MAIN))

    assert COUNTER_EVERY_10(told) == {CASE: 600}


def test_a_counter_records_what_microsofts_own_example_says() -> None:
    told = day(Opened(0, MAIN, CASE), Closed(20 * 60, MAIN))

    assert partial(counter_per_case, interval_minutes=15)(told) == {CASE: 15 * 60}


def test_a_counter_loses_more_the_longer_its_interval() -> None:
    told = day(Opened(0, MAIN, CASE), Closed(3599, MAIN))

    assert COUNTER_EVERY_10(told) == {CASE: 3000}
    assert COUNTER_EVERY_60(told) == {CASE: 0}


def test_a_counter_keeps_what_had_stopped_before_the_page_was_closed() -> None:
    told = day(Opened(0, MAIN, CASE), Showed(300, MAIN, OTHER_CASE), Closed(400, MAIN))

    assert COUNTER_EVERY_10(told) == {CASE: 300, OTHER_CASE: 0}


def test_a_counter_makes_good_an_update_that_failed_unless_the_page_is_gone_by_then() -> None:
    outage = (Outage(500, 700, Fault.UNREACHABLE),)
    later = day(Opened(0, MAIN, CASE), Closed(1300, MAIN), outages=outage)
    never = day(Opened(0, MAIN, CASE), Closed(900, MAIN), outages=outage)

    assert COUNTER_EVERY_10(later) == {CASE: 1200}
    assert COUNTER_EVERY_10(never) == {CASE: 0}


def test_a_counter_counts_both_of_two_devices() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Opened(100, ON_LAPTOP, OTHER_CASE),
        Left(400, LAPTOP, Absence.SLEEP),
        END_OF_WORK,
    )

    assert COUNTER_EVERY_10(told) == {CASE: 3000, OTHER_CASE: 300}


def test_ticks_go_on_out_of_sight_until_the_browser_slows_them_down() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(60, DESK, Absence.OTHER_PROGRAM),
        Returned(60 + 20 * 60, DESK),
        Closed(60 + 20 * 60, MAIN),
    )

    assert ticks_in_the_page(told) == {CASE: 60 + 300 + 15}


def test_ticks_stand_still_while_the_device_sleeps() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(60, DESK, Absence.SLEEP),
        Returned(1000, DESK),
        Closed(1040, MAIN),
    )

    assert ticks_in_the_page(told) == {CASE: 100}


def test_ticks_of_two_windows_count_the_same_seconds_twice() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Opened(100, BESIDE, OTHER_CASE),
        Closed(400, BESIDE),
        Turned(400, MAIN),
        END_OF_WORK,
    )

    assert ticks_in_the_page(told) == {CASE: 3000, OTHER_CASE: 300}


def test_ticks_of_a_whole_visit_are_lost_with_the_browser() -> None:
    told = day(Opened(0, MAIN, OTHER_CASE), Showed(100, MAIN, CASE), Crashed(2000, DESK))

    assert ticks_in_the_page(told) == {OTHER_CASE: 100}


def test_ticks_that_cannot_be_saved_are_saved_with_the_next_case() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Showed(100, MAIN, OTHER_CASE),
        Closed(400, MAIN),
        outages=(Outage(50, 200, Fault.UNREACHABLE, DESK),),
    )

    assert ticks_in_the_page(told) == {CASE: 100, OTHER_CASE: 300}


def test_one_timer_runs_through_sleep_other_programs_and_a_dead_browser() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(100, DESK, Absence.SLEEP),
        Returned(1000, DESK),
        Left(1100, DESK, Absence.OTHER_PROGRAM),
        Returned(1400, DESK),
        Crashed(1500, DESK),
        Opened(1800, MAIN, OTHER_CASE),
        END_OF_WORK,
    )

    assert one_timer(told) == {CASE: 1800, OTHER_CASE: 1200}


def test_one_timer_stops_when_the_screen_is_locked_or_the_case_resolved() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(100, DESK, Absence.LOCK),
        Returned(1000, DESK),
        Resolved(1100, CASE),
        Showed(1150, MAIN, OTHER_CASE),
        END_OF_WORK,
    )

    assert one_timer(told) == {CASE: 200, OTHER_CASE: 1850}


def test_one_timer_counts_one_of_two_devices() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Opened(100, ON_LAPTOP, OTHER_CASE),
        Left(400, LAPTOP, Absence.SLEEP),
        END_OF_WORK,
    )

    assert one_timer(told) == {CASE: 2700, OTHER_CASE: 300}


def test_heartbeats_take_a_ten_minute_break_for_work_but_not_one_of_twenty() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(120, DESK, Absence.LOCK),
        Returned(720, DESK),
        Left(840, DESK, Absence.LOCK),
        Returned(2040, DESK),
        Left(2280, DESK, Absence.LOCK),
    )

    # Beats at 0, 720, 2040 and 2160: the break of twenty minutes takes the beat's two before it.
    assert joined_heartbeats(told) == {CASE: 720 + 120}


def test_heartbeats_lose_what_follows_the_last_one() -> None:
    told = day(Opened(0, MAIN, CASE), Closed(239, MAIN))

    assert joined_heartbeats(told) == {CASE: 120}
