from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import count, repeat
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.timekeeping.daily import DailyTime, DayChange, WorkDay
from functions.timekeeping.segments import Segment
from functions.timekeeping.settings import Settings, SettingsBook
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.reconcile_days import Drift, Reconciled, reconcile_days
from tests.builders import (
    AMIRA,
    BORIS,
    CASE,
    NOON,
    OTHER_CASE,
    THIRD_CASE,
    TODAY,
    daily,
    segment,
)
from tests.unit.usecases.everybody import MemoryDays, MemoryTotals
from tests.unit.usecases.memory import Fault, Storage

SIGN_IN = UUID("e0000000-0000-4000-8000-00000000000e")
YESTERDAY = TODAY - timedelta(days=1)
HERS = {WorkDay(AMIRA, TODAY): None}
EVERYBODYS = {WorkDay(whose, day): None for whose in (AMIRA, BORIS) for day in (YESTERDAY, TODAY)}


def run(
    days: MemoryDays,
    work_days: Mapping[WorkDay, UUID | None] | None = None,
    *,
    totals: MemoryTotals | None = None,
) -> Reconciled:
    return reconcile_days(
        HERS if work_days is None else work_days,
        now=NOON,
        days=days,
        totals=totals or MemoryTotals(days.storage),
    )


def evidence(*segments: Segment) -> Storage:
    storage = Storage()
    for each in segments:
        storage.create(each)
    return storage


def two_cases() -> Storage:
    """Ten minutes, of which the other case had the last five."""
    return evidence(segment(-600, 0, CASE), segment(-300, 0, OTHER_CASE, id=2, focus=-300))


def test_a_missing_day_is_made_from_its_segments_as_whose_it_is() -> None:
    days = MemoryDays(two_cases())

    done = run(days, {WorkDay(AMIRA, TODAY): SIGN_IN})

    assert days.storage.recorded() == [daily(300, CASE), daily(300, OTHER_CASE)]
    assert done.drift == Counter({Drift.MISSING: 2})
    assert days.acted_as == {AMIRA: SIGN_IN}


@pytest.mark.parametrize(
    ("before", "drift"),
    [
        pytest.param(daily(299), Drift.TOO_FEW, id="too few seconds"),
        pytest.param(daily(301), Drift.TOO_MANY, id="too many seconds"),
        pytest.param(daily(300, segments=0), Drift.MISCOUNTED, id="another number of segments"),
    ],
)
def test_a_day_that_is_wrong_is_mended_and_told(before: DailyTime, drift: Drift) -> None:
    days = MemoryDays(two_cases())
    run(days)
    version = next(each.version for each in days.storage.days.values() if each.time.case == CASE)
    days.storage.write(DayChange(before, version))

    done = run(days)

    assert days.storage.recorded() == days.storage.amount()
    assert done.drift == Counter({drift: 1})


def test_time_that_nothing_speaks_for_is_taken_away() -> None:
    days = MemoryDays(Storage())
    days.storage.write(DayChange(daily(36_000, segments=0), None))

    done = run(days)

    assert days.storage.recorded() == [daily(0, segments=0)]
    assert done.drift == Counter({Drift.TOO_MANY: 1})


def test_a_second_run_writes_nothing_and_finds_no_drift() -> None:
    days = MemoryDays(two_cases())
    totals = MemoryTotals(days.storage)
    run(days, totals=totals)
    writes = days.writes, totals.writes

    done = run(days, totals=totals)

    assert (days.writes, totals.writes) == writes
    assert (done.drift, done.totals.unchanged) == (Counter(), 2)


def test_the_cases_of_the_days_are_totalled() -> None:
    days = MemoryDays(two_cases())
    totals = MemoryTotals(days.storage)
    days.storage.write(DayChange(daily(50, THIRD_CASE, segments=0), None))

    run(days, totals=totals)

    assert totals.seconds() == {CASE: 300, OTHER_CASE: 300, THIRD_CASE: 0}
    assert totals.looked_at == [3]


def test_a_day_older_than_the_retention_is_never_touched() -> None:
    storage = two_cases()
    storage.settings = SettingsBook(environment=Settings(retention_days=7))
    last = TODAY - timedelta(days=7)
    for day, id_ in ((last, 3), (last - timedelta(days=1), 4)):
        storage.create(segment(0, 60, id=id_, day=day))
    days = MemoryDays(storage)

    done = run(days, {WorkDay(AMIRA, last - timedelta(days=each)): None for each in (0, 1)})

    assert storage.recorded() == [daily(60, day=last)]
    assert done.too_old == 1


def test_a_day_of_which_an_outdated_copy_is_seen_is_left_alone_and_told() -> None:
    days = MemoryDays(two_cases(), lags=iter([0, 1]))
    run(days)

    done = run(days)

    assert done.waiting == {WorkDay(AMIRA, TODAY)}
    assert days.storage.recorded() == days.storage.amount()
    assert not run(days).waiting


def test_one_outdated_day_keeps_no_other_from_being_mended() -> None:
    days = MemoryDays(two_cases())
    days.storage.create(segment(0, 60, representative=BORIS, id=9))
    days.storage.write(DayChange(daily(600, segments=2, representative=BORIS), None))

    done = run(days, {WorkDay(AMIRA, TODAY): None, WorkDay(BORIS, TODAY): None})

    assert done.waiting == {WorkDay(BORIS, TODAY)}
    assert days.storage.recorded(AMIRA) == days.storage.amount(AMIRA)
    assert days.storage.recorded(BORIS) == [daily(600, segments=2, representative=BORIS)]


def test_a_day_that_a_widget_writes_meanwhile_is_worked_out_again() -> None:
    days = MemoryDays(two_cases())

    def widget_delivers() -> None:
        days.meanwhile = lambda: None
        days.storage.create(segment(-900, -600, CASE, id=5))
        days.storage.write(DayChange(daily(600, CASE, segments=2), None))

    days.meanwhile = widget_delivers

    run(days)

    assert days.storage.recorded() == days.storage.amount()


def test_a_segment_that_comes_while_a_day_is_written_is_counted_by_the_next_run() -> None:
    days = MemoryDays(two_cases())

    def a_form_writes_a_row() -> None:
        days.meanwhile = lambda: None
        days.storage.create(segment(-900, -600, CASE, id=5, unjudged_since=-600))

    days.meanwhile = a_form_writes_a_row
    run(days)

    run(days)

    assert days.storage.recorded() == days.storage.amount()


def test_a_day_that_keeps_changing_waits_for_later() -> None:
    days = MemoryDays(two_cases())
    seconds = count(1)

    def another_writes_the_day() -> None:
        before = days.storage.days.get((CASE, AMIRA, TODAY))
        change = DayChange(daily(next(seconds)), before.version if before else None)
        assert days.storage.write(change)

    days.meanwhile = another_writes_the_day

    assert run(days).waiting == {WorkDay(AMIRA, TODAY)}


def test_a_case_that_is_gone_is_told_once_and_keeps_its_share_of_the_day() -> None:
    storage = two_cases()
    storage.gone.add(OTHER_CASE)
    days = MemoryDays(storage)

    done = run(days)

    assert storage.recorded() == [daily(300, CASE)]
    assert (done.gone, done.totals.gone) == (1, {OTHER_CASE})


def test_a_day_that_nobody_may_write_for_her_is_told() -> None:
    days = MemoryDays(two_cases(), refused=frozenset({AMIRA}))

    done = run(days)

    assert (done.refused, done.drift, done.waiting) == (2, Counter(), set())


def test_many_days_are_looked_at_a_few_at_a_time() -> None:
    days = MemoryDays(Storage())

    run(days, {WorkDay(AMIRA, TODAY - timedelta(days=each)): None for each in range(25)})

    assert days.looked_at == [10, 10, 5]


def test_no_days_ask_for_nothing_but_the_settings() -> None:
    days = MemoryDays(Storage())

    assert run(days, {}) == Reconciled()
    assert days.looked_at == []


@pytest.mark.parametrize("fault", [Fault.BEFORE, Fault.AFTER, Fault.HALFWAY])
@pytest.mark.parametrize("place", range(3))
def test_after_a_fault_the_same_days_again_end_as_without_it(fault: Fault, place: int) -> None:
    days = MemoryDays(two_cases(), faults=iter([*repeat(Fault.NONE, place), fault]))
    with pytest.raises(StorageUnavailable):
        run(days)

    run(days)

    assert days.storage.recorded() == days.storage.amount()
    assert days.writes == 2


@st.composite
def segments(draw: st.DrawFn) -> list[Segment]:
    """Some segments of two people on three cases and two days, some of them past the service."""
    found = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        start = draw(st.integers(-20, 20)) * 60
        end = start + draw(st.integers(1, 40)) * 60
        beside = draw(st.booleans())
        found.append(
            segment(
                start,
                end,
                draw(st.sampled_from([CASE, OTHER_CASE, THIRD_CASE])),
                id=number,
                day=draw(st.sampled_from([YESTERDAY, TODAY])),
                representative=draw(st.sampled_from([AMIRA, BORIS])),
                unjudged_since=draw(st.integers(start, end + 60)) if beside else None,
            )
        )
    return found


@settings(deadline=None, max_examples=60)
@given(
    told=segments(),
    order=st.randoms(use_true_random=False),
    lags=st.lists(st.integers(0, 2), max_size=6),
    faults=st.lists(st.sampled_from(Fault), max_size=6),
)
def test_order_repetition_lag_and_faults_change_nothing_in_the_end(
    told: list[Segment], order: Random, lags: list[int], faults: list[Fault]
) -> None:
    once = MemoryDays(evidence(*told))
    undisturbed = MemoryTotals(once.storage)
    run(once, EVERYBODYS, totals=undisturbed)
    order.shuffle(told)
    storage = Storage()
    disturbed = MemoryDays(storage, lags=iter(lags), faults=iter(faults))
    totals = MemoryTotals(storage)

    for each in _arriving(told, storage):
        try:
            run(disturbed, {each: None}, totals=totals)
        except StorageUnavailable:
            continue
    disturbed.lags, disturbed.faults = iter(()), iter(())
    for _ in range(2):
        run(disturbed, EVERYBODYS, totals=totals)

    for whose in (AMIRA, BORIS):
        assert storage.recorded(whose) == once.storage.recorded(whose)
    assert totals.seconds() == undisturbed.seconds()


def _arriving(told: list[Segment], storage: Storage) -> Iterator[WorkDay]:
    """Create one segment after the other, and name its day each time."""
    for each in told:
        storage.create(each)
        yield WorkDay(each.representative, each.day)
