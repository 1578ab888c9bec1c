"""Writing that is refused, overtaken or read from an outdated copy."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count, repeat

import pytest

from functions.timekeeping.daily import DayChange
from functions.timekeeping.identifiers import id_on_day
from functions.timekeeping.segments import Refusal, Verdict
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.record_segments import Recorded, record_segments
from tests.builders import (
    AMIRA,
    CASE,
    OTHER_CASE,
    TODAY,
    daily,
    delivery,
    reported,
    segment,
    segment_id,
)
from tests.unit.usecases.memory import Fault, MemoryLedger, Storage


def once(action: Callable[[], object]) -> Callable[[], None]:
    left = [action]

    def meanwhile() -> None:
        if left:
            left.pop()()

    return meanwhile


def elsewhere(storage: Storage, *segments: tuple[int, int, int]) -> Callable[[], Recorded]:
    """Return a delivery from another window: id, start, end."""
    told = [reported(start, end, OTHER_CASE, id=number) for number, start, end in segments]
    return lambda: record_segments(delivery(*told), ledger=MemoryLedger(storage))


def fates(recorded: Recorded) -> list[Verdict | Refusal]:
    return [each.refusal or each.verdict for each in recorded.receipts]


@pytest.mark.parametrize("refusal", [Refusal.NOT_ALLOWED, Refusal.CASE_NOT_FOUND])
def test_a_refused_piece_is_not_counted_and_blocks_no_other(refusal: Refusal) -> None:
    storage = Storage(refusals={segment_id(1): refusal})
    told = delivery(reported(-60, -30), reported(-30, 0, id=2))

    recorded = record_segments(told, ledger=MemoryLedger(storage))

    assert fates(recorded) == [refusal, Verdict.ACCEPTED]
    assert storage.recorded() == storage.amount() == [daily(30)]


def test_many_refused_pieces_take_few_rounds() -> None:
    refused = {segment_id(number): Refusal.NOT_ALLOWED for number in range(1, 40)}
    storage = Storage(refusals=refused)
    told = delivery(*(reported(-60, -30, id=number) for number in range(1, 41)))
    ledger = MemoryLedger(storage)

    recorded = record_segments(told, ledger=ledger)

    assert fates(recorded) == [Refusal.NOT_ALLOWED] * 39 + [Verdict.ACCEPTED]
    assert len(ledger.entries) <= 4
    assert storage.recorded() == storage.amount()


def test_a_segment_of_which_one_piece_is_refused_is_rejected() -> None:
    storage = Storage()
    storage.refusals[segment_id(1)] = Refusal.NOT_ALLOWED

    recorded = record_segments(
        delivery(reported(43_100, 43_300), received=44_000), ledger=MemoryLedger(storage)
    )

    assert fates(recorded) == [Refusal.NOT_ALLOWED]


def test_a_case_that_is_gone_does_not_keep_others_from_being_recorded() -> None:
    storage = Storage(gone={OTHER_CASE})
    storage.create(segment(-90, -60, OTHER_CASE, id=9))

    recorded = record_segments(delivery(reported(-60, 0)), ledger=MemoryLedger(storage))

    assert fates(recorded) == [Verdict.ACCEPTED]
    assert storage.recorded() == [daily(60, CASE)]


def test_evidence_that_a_dead_call_left_is_counted_by_the_next_one() -> None:
    storage = Storage()
    storage.create(segment(-90, -60, OTHER_CASE, id=9))

    record_segments(delivery(reported(-60, 0)), ledger=MemoryLedger(storage))

    assert storage.recorded() == [daily(60, CASE), daily(30, OTHER_CASE)]


def test_a_redelivery_of_what_is_known_counts_what_is_not_recorded() -> None:
    storage = Storage()
    storage.create(segment(-60, 0))

    recorded = record_segments(delivery(reported(-60, 0)), ledger=MemoryLedger(storage))

    assert fates(recorded) == [Verdict.DUPLICATE]
    assert storage.recorded() == [daily(60)]


def test_a_day_that_somebody_else_wrote_meanwhile_is_worked_out_again() -> None:
    storage = Storage()
    ledger = MemoryLedger(storage, meanwhile=once(elsewhere(storage, (9, -30, 30))))

    record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert storage.recorded() == storage.amount() == [daily(30, CASE), daily(30, OTHER_CASE)]


def test_a_segment_that_another_window_delivered_meanwhile_is_a_duplicate() -> None:
    storage = Storage()
    ledger = MemoryLedger(storage, meanwhile=once(elsewhere(storage, (1, -30, 0))))

    recorded = record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert fates(recorded) == [Verdict.DUPLICATE]
    assert storage.recorded() == storage.amount() == [daily(30, OTHER_CASE)]


def test_who_is_overtaken_again_and_again_gives_up_for_now() -> None:
    storage = Storage()
    numbers = count(100)

    def somebody_dies_after_a_write() -> None:
        storage.create(segment(-30, 0, OTHER_CASE, id=next(numbers)))

    ledger = MemoryLedger(storage, meanwhile=somebody_dies_after_a_write)
    told = delivery(reported(-60, 0))

    with pytest.raises(StorageUnavailable, match="keep changing"):
        record_segments(told, ledger=ledger)

    record_segments(told, ledger=MemoryLedger(storage))
    assert storage.recorded() == storage.amount()


def test_an_outdated_look_takes_nothing_from_a_day() -> None:
    storage = Storage()
    record_segments(delivery(reported(-600, -300)), ledger=MemoryLedger(storage))
    ledger = MemoryLedger(storage, lags=iter([1]))

    recorded = record_segments(delivery(reported(-60, 0, id=2)), ledger=ledger)

    assert fates(recorded) == [Verdict.ACCEPTED]
    assert storage.recorded() == [daily(360, segments=2)]


def test_an_outdated_read_after_a_write_takes_nothing_from_a_day_in_the_end() -> None:
    storage = Storage()
    record_segments(delivery(reported(-600, -300)), ledger=MemoryLedger(storage))
    ledger = MemoryLedger(storage, lags=iter([1]), later_lags=iter([2]))

    record_segments(delivery(reported(-60, 0, id=2)), ledger=ledger)

    assert storage.recorded() == [daily(360, segments=2)]


def test_copies_that_stay_outdated_change_no_day() -> None:
    storage = Storage()
    told = [reported(-600, -300, id=8), reported(-300, -200, id=9)]
    record_segments(delivery(*told), ledger=MemoryLedger(storage))
    ledger = MemoryLedger(storage, lags=repeat(3), later_lags=repeat(3))

    with pytest.raises(StorageUnavailable):
        record_segments(delivery(reported(-60, 0)), ledger=ledger)
    assert storage.recorded() == [daily(400, segments=2)]


def test_a_known_segment_that_an_outdated_look_missed_is_a_duplicate() -> None:
    storage = Storage()
    record_segments(delivery(reported(-60, 0)), ledger=MemoryLedger(storage))
    ledger = MemoryLedger(storage, lags=iter([1]))

    recorded = record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert fates(recorded) == [Verdict.DUPLICATE]
    assert storage.recorded() == [daily(60)]


def test_a_known_segment_is_counted_before_it_is_called_a_duplicate() -> None:
    storage = Storage()
    storage.create(segment(-60, 0))
    ledger = MemoryLedger(storage, lags=iter([1]), later_lags=iter([1]))

    recorded = record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert fates(recorded) == [Verdict.DUPLICATE]
    assert storage.recorded() == [daily(60)]


def test_of_a_call_that_died_between_two_pieces_the_next_one_stores_the_other() -> None:
    storage = Storage()
    told = delivery(reported(43_100, 43_300), received=44_000)
    dying = MemoryLedger(storage, faults=iter([Fault.NONE, Fault.HALFWAY]))
    with pytest.raises(StorageUnavailable):
        record_segments(told, ledger=dying)

    record_segments(told, ledger=MemoryLedger(storage))

    tomorrow = TODAY.replace(day=11)
    assert set(storage.segments[AMIRA]) == {segment_id(1), id_on_day(segment_id(1), tomorrow)}
    assert storage.recorded() == [daily(100), daily(100, day=tomorrow)]


def test_a_day_is_left_alone_while_not_all_its_evidence_can_be_seen() -> None:
    storage = Storage()
    storage.write(DayChange(daily(600, segments=2), None))

    with pytest.raises(StorageUnavailable):
        record_segments(delivery(reported(-60, 0)), ledger=MemoryLedger(storage))

    assert storage.recorded() == [daily(600, segments=2)]


def test_a_day_whose_evidence_is_gone_keeps_no_other_day_from_being_recorded() -> None:
    storage = Storage()
    storage.write(DayChange(daily(600, segments=2), None))
    yesterday = reported(-86_400, -86_340, id=2)

    with pytest.raises(StorageUnavailable):
        record_segments(delivery(reported(-60, 0), yesterday), ledger=MemoryLedger(storage))

    assert daily(60, day=TODAY - timedelta(days=1)) in storage.recorded()
