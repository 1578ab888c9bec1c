from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.timekeeping.allocation import Allotment, allotted, tracked_seconds
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.timekeeping.segments import Segment
from tests.builders import CASE, OTHER_CASE, THIRD_CASE, at, segment, span

CASES = (CASE, OTHER_CASE, THIRD_CASE)
HOUR = 3600


@st.composite
def segments(draw: st.DrawFn, *, scale: int = 12) -> list[Segment]:
    """Draw overlapping segments within an hour, some of foci that began in the same second."""
    step = HOUR // scale
    drawn = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, scale - 1)) * step
        end = draw(st.integers(start, HOUR))
        began = start - draw(st.integers(0, 3)) * step
        case = draw(st.sampled_from(CASES))
        drawn.append(segment(start, end, case, id=number + 1, focus=began))
    return draw(st.permutations(drawn))


def owners_by_second(given_segments: list[Segment]) -> Counter[CaseId]:
    """Ask for every second of the hour whose it is."""
    seconds: Counter[CaseId] = Counter()
    for second in range(HOUR):
        moment = at(second)
        covering = [s for s in given_segments if s.span.start <= moment < s.span.end]
        if covering:
            winner = max(covering, key=lambda each: (each.focus_started_at, each.id.int))
            seconds[winner.case] += 1
    return seconds


def by_focus(given_segments: list[Segment]) -> Counter[datetime]:
    seconds: Counter[datetime] = Counter()
    for each in allotted(given_segments):
        seconds[each.segment.focus_started_at] += each.span.seconds
    return seconds


def cut(one: Segment, second: int) -> list[Segment]:
    """Cut a segment as a widget does: two pieces of one focus, the second with a new id."""
    if not one.span.start < at(second) < one.span.end:
        return [one]
    before, after = replace(one.span, end=at(second)), replace(one.span, start=at(second))
    new_id = SegmentId(UUID(int=one.id.int * 7919 + second))
    return [replace(one, span=before), replace(one, span=after, id=new_id)]


def test_the_focus_that_began_last_wins_and_gives_back() -> None:
    long = segment(0, 900, CASE, id=2)
    short = segment(300, 600, OTHER_CASE, id=1)

    assert allotted([long, short]) == [
        Allotment(span(0, 300), long),
        Allotment(span(300, 600), short),
        Allotment(span(600, 900), long),
    ]


def test_a_later_piece_of_an_earlier_focus_does_not_win() -> None:
    piece = segment(300, 900, CASE, id=2, focus=0)
    other = segment(100, 600, OTHER_CASE, id=1)

    assert tracked_seconds([piece, other]) == {OTHER_CASE: 500, CASE: 300}


@pytest.mark.parametrize(
    ("first_id", "winner"),
    [pytest.param(1, OTHER_CASE, id="second"), pytest.param(3, CASE, id="first")],
)
def test_of_foci_that_began_together_the_greater_id_wins(first_id: int, winner: CaseId) -> None:
    tied = [segment(0, 60, CASE, id=first_id), segment(0, 60, OTHER_CASE, id=2)]

    assert tracked_seconds(tied) == {winner: 60}


def test_nothing_comes_to_nothing() -> None:
    assert allotted([]) == []


def test_a_gap_is_nobodys() -> None:
    assert tracked_seconds([segment(0, 10, id=1), segment(50, 60, id=2)]) == {CASE: 20}


def test_a_span_without_a_change_of_owner_is_one_allotment() -> None:
    winner = segment(0, 60, OTHER_CASE, id=2, focus=30)
    loser = segment(20, 40, CASE, id=1, focus=-10)

    assert allotted([winner, loser]) == [Allotment(span(0, 60), winner)]


@settings(max_examples=60)
@given(segments())
def test_every_second_is_of_the_case_whose_focus_began_last(drawn: list[Segment]) -> None:
    assert +tracked_seconds(drawn) == owners_by_second(drawn)


@given(segments())
def test_together_the_cases_get_the_union(drawn: list[Segment]) -> None:
    moments = [at(second) for second in range(HOUR)]
    covered = sum(any(s.span.start <= moment < s.span.end for s in drawn) for moment in moments)

    assert tracked_seconds(drawn).total() == covered <= HOUR


@given(segments(), st.randoms(use_true_random=False))
def test_order_does_not_matter(drawn: list[Segment], random: Random) -> None:
    shuffled = random.sample(drawn, len(drawn))

    assert allotted(shuffled) == allotted(drawn)


@given(segments())
def test_repetition_does_not_matter(drawn: list[Segment]) -> None:
    again = [replace(each) for each in drawn]

    assert tracked_seconds([*again, *drawn]) == tracked_seconds(drawn)


@given(segments(), st.lists(st.integers(0, HOUR), max_size=6))
def test_cutting_moves_no_second_to_a_focus_that_began_at_another_moment(
    drawn: list[Segment], seconds: list[int]
) -> None:
    """Also where foci tie: what tied segments share stays theirs, but who of them gets it may not.

    A tie is decided by ids, and a cut makes new ones.
    """
    pieces = drawn
    for second in seconds:
        pieces = [piece for each in pieces for piece in cut(each, second)]

    assert +by_focus(pieces) == +by_focus(drawn)


@given(segments(), st.lists(st.integers(0, HOUR), max_size=6))
def test_cutting_changes_no_cases_total_as_long_as_cases_do_not_tie(
    drawn: list[Segment], seconds: list[int]
) -> None:
    # A focus of each case begins in a second of its own.
    apart = [
        replace(s, focus_started_at=s.focus_started_at - timedelta(seconds=CASES.index(s.case)))
        for s in drawn
    ]
    pieces = apart
    for second in seconds:
        pieces = [piece for each in pieces for piece in cut(each, second)]

    assert +tracked_seconds(pieces) == +tracked_seconds(apart)


@given(segments())
def test_allotments_are_sorted_and_disjoint_and_within_their_segments(
    drawn: list[Segment],
) -> None:
    result = allotted(drawn)

    for before, after in pairwise(result):
        assert before.span.end <= after.span.start
    for each in result:
        assert each.segment.span.start <= each.span.start < each.span.end <= each.segment.span.end
