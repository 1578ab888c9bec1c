from itertools import repeat
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.timekeeping.daily import DayChange
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.totals import Contribution, TimeByKind
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.total_cases import total_cases
from tests.builders import AMIRA, BORIS, CASE, OTHER_CASE, THIRD_CASE, daily
from tests.unit.usecases.everybody import MemoryTotals
from tests.unit.usecases.memory import Fault, Storage


def worked() -> MemoryTotals:
    """Ten minutes of Amira on a case, one of hers and two of Boris on another."""
    storage = Storage()
    for time in (
        daily(600, CASE),
        daily(60, OTHER_CASE),
        daily(120, OTHER_CASE, representative=BORIS),
    ):
        storage.write(DayChange(time, None))
    return MemoryTotals(storage)


def test_a_total_is_everybodys_time_by_kind_under_the_cases_title() -> None:
    totals = worked()
    totals.titles[CASE] = "Printer on fire"
    totals.more[CASE] = Contribution(
        representative=BORIS, tracked=30, adjusted=-60, time_logs=420, activities=180
    )

    total_cases([CASE], totals=totals)

    total = totals.kept[CASE].total
    assert (total.case, total.title) == (CASE, "Printer on fire")
    assert total.time == TimeByKind(automatic=600, time_logs=420, activities=180)


def test_a_second_run_writes_nothing() -> None:
    totals = worked()
    first = total_cases([CASE, OTHER_CASE], totals=totals)

    second = total_cases([CASE, OTHER_CASE], totals=totals)

    assert (first.written, first.unchanged) == (2, 0)
    assert (second.written, second.unchanged) == (0, 2)
    assert totals.writes == 2


def test_a_case_named_twice_is_totalled_once() -> None:
    totals = worked()

    assert total_cases([CASE, CASE], totals=totals).written == 1


def test_a_new_title_is_written() -> None:
    totals = worked()
    total_cases([CASE], totals=totals)
    totals.titles[CASE] = "Printer was on fire"

    total_cases([CASE], totals=totals)

    assert totals.kept[CASE].total.title == "Printer was on fire"


def test_a_case_that_is_gone_is_told_and_the_others_are_totalled() -> None:
    totals = worked()
    totals.storage.gone.add(CASE)

    done = total_cases([CASE, OTHER_CASE], totals=totals)

    assert done.gone == {CASE}
    assert totals.seconds() == {OTHER_CASE: 180}


def test_a_case_that_goes_while_it_is_totalled_is_told() -> None:
    totals = worked()

    def goes() -> None:
        totals.storage.gone.add(CASE)
        totals.kept.clear()

    total_cases([CASE], totals=totals)
    totals.titles[CASE] = "Other"
    totals.meanwhile = goes

    assert total_cases([CASE], totals=totals).gone == {CASE}


def test_a_case_without_any_time_has_no_total_until_it_had_some() -> None:
    totals = worked()
    empty = CaseId(UUID(int=7))
    done = total_cases([empty], totals=totals)

    assert (done.written, totals.kept) == (0, {})
    totals.more[empty] = Contribution(representative=AMIRA, time_logs=60)
    total_cases([empty], totals=totals)
    totals.more[empty] = Contribution(representative=AMIRA)
    total_cases([empty], totals=totals)
    assert totals.seconds() == {empty: 0}


def test_of_two_the_one_with_the_later_sums_stays() -> None:
    totals = worked()
    other = MemoryTotals(totals.storage, kept=totals.kept)

    def time_passes_and_another_totals() -> None:
        totals.meanwhile = lambda: None
        totals.storage.write(DayChange(daily(700, CASE), "1"))
        total_cases([CASE], totals=other)

    totals.meanwhile = time_passes_and_another_totals

    total_cases([CASE], totals=totals)

    assert totals.seconds() == {CASE: 700}


def test_who_is_overtaken_again_and_again_gives_up_for_now() -> None:
    totals = worked()
    other = MemoryTotals(totals.storage, kept=totals.kept)
    titles = iter("abcdefgh")

    def another_totals() -> None:
        other.titles[CASE] = next(titles)
        total_cases([CASE], totals=other)

    totals.meanwhile = another_totals

    with pytest.raises(StorageUnavailable, match="written elsewhere"):
        total_cases([CASE], totals=totals)


@pytest.mark.parametrize("fault", [Fault.BEFORE, Fault.AFTER, Fault.HALFWAY])
@pytest.mark.parametrize("place", range(2))
def test_after_a_fault_the_same_cases_again_end_as_without_it(fault: Fault, place: int) -> None:
    totals = worked()
    totals.faults = iter([*repeat(Fault.NONE, place), fault])
    with pytest.raises(StorageUnavailable):
        total_cases([CASE, OTHER_CASE], totals=totals)

    total_cases([CASE, OTHER_CASE], totals=totals)

    assert totals.seconds() == {CASE: 600, OTHER_CASE: 180}
    assert totals.writes == 2


def test_many_cases_are_looked_at_a_few_at_a_time() -> None:
    totals = worked()

    total_cases([CaseId(UUID(int=number)) for number in range(1, 111)], totals=totals)

    assert totals.looked_at == [50, 50, 10]


def test_a_merged_case_hands_its_time_to_the_surviving_one() -> None:
    totals = worked()
    total_cases([CASE, OTHER_CASE], totals=totals)
    totals.merged[CASE] = OTHER_CASE

    total_cases([CASE], totals=totals)

    assert totals.seconds() == {CASE: 0, OTHER_CASE: 780}


@pytest.mark.parametrize("asked", [[CASE], [CASE, OTHER_CASE, THIRD_CASE], [OTHER_CASE, CASE]])
def test_a_chain_of_merges_is_followed_to_its_end(asked: list[CaseId]) -> None:
    totals = worked()
    total_cases([CASE, OTHER_CASE], totals=totals)
    totals.merged |= {CASE: OTHER_CASE, OTHER_CASE: THIRD_CASE}

    total_cases(asked, totals=totals)

    assert totals.seconds() == {CASE: 0, OTHER_CASE: 0, THIRD_CASE: 780}


def test_what_arrives_after_a_merge_follows_and_a_second_run_moves_nothing() -> None:
    totals = worked()
    totals.merged[CASE] = OTHER_CASE
    total_cases([CASE], totals=totals)
    totals.storage.write(DayChange(daily(40, CASE, representative=BORIS), None))
    moves = []

    for _ in range(2):
        total_cases([CASE], totals=totals)
        moves.append(len(totals.moved))

    assert totals.seconds() == {OTHER_CASE: 820}
    assert moves == [2, 2]


@pytest.mark.parametrize("fault", range(6))
def test_a_merge_that_was_followed_half_way_is_finished_by_the_next(fault: int) -> None:
    totals = worked()
    total_cases([CASE, OTHER_CASE], totals=totals)
    totals.merged[CASE] = OTHER_CASE
    totals.faults = iter([*repeat(Fault.NONE, fault), Fault.AFTER])

    try:
        total_cases([CASE], totals=totals)
    except StorageUnavailable:
        total_cases([CASE], totals=totals)

    assert totals.seconds() == {CASE: 0, OTHER_CASE: 780}


def test_what_cannot_be_moved_counts_where_it_is_and_keeps_no_other_from_being_totalled() -> None:
    totals = worked()
    totals.merged[CASE] = THIRD_CASE
    totals.storage.gone.add(THIRD_CASE)

    done = total_cases([CASE, OTHER_CASE], totals=totals)

    assert totals.seconds() == {CASE: 600, OTHER_CASE: 180}
    assert (done.stayed, done.gone) == ({CASE}, {THIRD_CASE})


def test_cases_that_were_merged_in_a_circle_lose_no_time_and_come_to_an_end() -> None:
    totals = worked()
    totals.merged |= {CASE: OTHER_CASE, OTHER_CASE: CASE}
    more = CaseId(UUID(int=7))
    totals.more[more] = Contribution(representative=AMIRA, time_logs=60)

    total_cases([CASE, OTHER_CASE, more], totals=totals, at_once=2)

    assert sum(totals.seconds().values()) == 780 + 60


@given(
    merges=st.lists(st.integers(0, 12), min_size=12, max_size=12),
    asked=st.sets(st.integers(0, 11), min_size=1),
    names=st.permutations(range(1, 13)),
    at_once=st.integers(1, 4),
)
@settings(max_examples=150)
def test_the_time_of_merged_cases_is_at_the_end_of_their_chains_whatever_is_asked_together(
    merges: list[int], asked: set[int], names: list[int], at_once: int
) -> None:
    """Case n may be merged into one with a greater number; each has its own power of two."""
    case_of = [CaseId(UUID(int=name)) for name in names]
    into = {each: target for each, target in enumerate(merges) if each < target < len(case_of)}
    totals = MemoryTotals(Storage())
    for number, case in enumerate(case_of):
        totals.storage.write(DayChange(daily(2**number, case), None))
    total_cases(case_of, totals=totals)
    totals.merged |= {case_of[each]: case_of[target] for each, target in into.items()}
    reached = set(asked)
    for each in sorted(into):
        reached |= {into[each]} if each in reached else set()

    total_cases([case_of[each] for each in asked], totals=totals, at_once=at_once)

    expected = {case_of[number]: 2**number for number in range(len(case_of))}
    for each in sorted(reached & into.keys()):
        expected[case_of[into[each]]] += expected[case_of[each]]
        expected[case_of[each]] = 0
    assert totals.seconds() == expected
