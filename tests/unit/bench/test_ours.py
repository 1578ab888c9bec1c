from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.accuracy.day import (
    Absence,
    ClockSet,
    Closed,
    Crashed,
    Day,
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
from bench.accuracy.figures import differences_of
from bench.accuracy.lives import true_seconds
from bench.accuracy.ours import REPRESENTATIVE, our_seconds, resolved_cases
from bench.accuracy.widget import BEAT_SECONDS, TICK_SECONDS, calls
from bench.accuracy.working_days import working_day
from functions.timekeeping.identifiers import CaseId
from functions.usecases.record_segments import Delivery, record_segments
from tests.builders import CASE, OTHER_CASE, case
from tests.unit.bench.stories import BESIDE, MAIN, ON_LAPTOP, day
from tests.unit.usecases.memory import MemoryLedger, Storage

DESK, LAPTOP = Device.DESK, Device.LAPTOP
HOUR_MS = 3_600_000
LATE = 24 * 3600 - 100

CLOSED_EARLY = (Opened(0, MAIN, CASE), Closed(900, MAIN))
SWITCHED = (Opened(0, MAIN, CASE), Showed(600, MAIN, OTHER_CASE), Closed(1500, MAIN))
TWO_DEVICES = (
    Opened(0, MAIN, CASE),
    Opened(100, ON_LAPTOP, OTHER_CASE),
    Left(400, LAPTOP, Absence.LOCK),
    Closed(500, MAIN),
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(day(*CLOSED_EARLY), {CASE: 900}, id="closed between two intervals"),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Opened(100, BESIDE, OTHER_CASE),
                Turned(150, MAIN),
                Closed(180, MAIN),
            ),
            {CASE: 130, OTHER_CASE: 50},
            id="two windows",
        ),
        pytest.param(day(*TWO_DEVICES), {CASE: 200, OTHER_CASE: 300}, id="two devices"),
        pytest.param(
            day(
                Opened(0, MAIN, CASE),
                Opened(500, ON_LAPTOP, OTHER_CASE),
                Left(1500, LAPTOP, Absence.LOCK),
                Closed(1600, MAIN),
            ),
            {CASE: 600, OTHER_CASE: 1000},
            id="two devices, and an interval ends on the one that was left",
        ),
        pytest.param(
            day(*TWO_DEVICES, clock_errors_ms={DESK: -2 * HOUR_MS, LAPTOP: HOUR_MS}),
            {CASE: 200, OTHER_CASE: 300},
            id="two devices with wrong clocks",
        ),
        pytest.param(
            day(*SWITCHED, outages=(Outage(0, 2000, Fault.UNREACHABLE, DESK),)),
            {CASE: 600, OTHER_CASE: 900},
            id="offline until the next day",
        ),
        pytest.param(
            day(*SWITCHED, outages=(Outage(0, 900, Fault.ANSWER_LOST),)),
            {CASE: 600, OTHER_CASE: 900},
            id="every call twice",
        ),
        pytest.param(day(*SWITCHED, begins=LATE), {CASE: 600, OTHER_CASE: 900}, id="past midnight"),
        pytest.param(
            day(Opened(0, MAIN, CASE), Resolved(70, CASE), Closed(90, MAIN)),
            {CASE: 70},
            id="resolved while it runs",
        ),
        pytest.param(
            day(*SWITCHED, clock_sets=(ClockSet(700, DESK, -HOUR_MS),)),
            {CASE: 600, OTHER_CASE: 900},
            id="a clock put back",
        ),
    ],
)
def test_nothing_is_lost_or_counted_twice(told: Day, expected: dict[CaseId, int]) -> None:
    assert our_seconds(told) == expected
    assert true_seconds(told) == expected


def test_a_killed_browser_loses_a_beat() -> None:
    told = day(
        Opened(0, MAIN, CASE), Crashed(900, DESK), Opened(930, MAIN, CASE), Closed(990, MAIN)
    )

    assert our_seconds(told) == {CASE: 900 - 5 + 60}


def test_falling_asleep_loses_a_tick() -> None:
    told = day(
        Opened(0, MAIN, CASE),
        Left(300, DESK, Absence.SLEEP),
        Returned(9000, DESK),
        Closed(9060, MAIN),
    )

    assert our_seconds(told) == {CASE: 300 - 1 + 60}


def test_a_clock_put_forward_moves_what_was_not_sent_yet_into_the_time_of_another_case() -> None:
    told = day(*SWITCHED, clock_sets=(ClockSet(1100, DESK, 500_000),))

    # The 499 seconds until then are taken for 100 to 599.
    assert our_seconds(told) == {CASE: 600 - 499, OTHER_CASE: 900 - 1}


def test_a_call_whose_answer_is_lost_is_made_again_with_the_same_segments() -> None:
    told = day(*CLOSED_EARLY, outages=(Outage(600, 700, Fault.ANSWER_LOST),))

    ids = Counter(segment.id for call in calls(told) for segment in call.segments)

    assert sorted(ids.values()) == [1, 2]


@settings(max_examples=25)
@given(st.integers(min_value=0, max_value=10**6))
def test_a_made_up_hour_is_right_up_to_crashes_sleep_and_what_clocks_may_be_wrong(
    seed: int,
) -> None:
    told = replace(working_day(0, seed=seed, seconds=3600), clock_sets=())
    crashes = sum(isinstance(each, Crashed) for each in told.events)
    sleeps = sum(isinstance(each, Left) and each.absence is Absence.SLEEP for each in told.events)
    # Up to five seconds' difference are nobody's clock error: where she changes devices, or calls
    # are late and then in time again, so much may go to the case before or after.
    moves = sum(_is_at_the_laptop(each) for each in told.events)
    allowed = BEAT_SECONDS * crashes + TICK_SECONDS * sleeps + 5 * (2 * moves + len(told.outages))
    counted, truth = our_seconds(told), true_seconds(told)

    assert sum(abs(each) for each in differences_of(counted, truth).values()) <= allowed
    assert counted.total() <= told.ended - told.events[0].at


def _is_at_the_laptop(event: object) -> bool:
    match event:
        case Opened(window=window) | Showed(window=window):
            return window.device is LAPTOP
        case Returned(device=device) | Left(device=device):
            return device is LAPTOP
        case _:
            return False


def test_the_use_case_that_records_segments_comes_to_the_same() -> None:
    told = working_day(1, seed=5, seconds=2 * 3600)
    delivered = calls(told)
    worked_on = {segment.case for call in delivered for segment in call.segments}
    cases = {each: case(each) for each in worked_on} | resolved_cases(told)
    storage = Storage(cases=cases)
    ledger = MemoryLedger(storage, representative=REPRESENTATIVE)

    for call in delivered:
        delivery = Delivery(
            segments=call.segments, sent_at=call.sent_at, received_at=call.received_at
        )
        record_segments(delivery, ledger=ledger)

    recorded: Counter[CaseId] = Counter()
    for time in storage.recorded(REPRESENTATIVE):
        recorded[time.case] += time.tracked_seconds
    assert recorded == our_seconds(told)
