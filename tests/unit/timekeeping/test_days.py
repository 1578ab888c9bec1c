from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.timekeeping.days import cut_at_midnight, day_of, days_touched, midnight
from functions.timekeeping.identifiers import SegmentId, automatic_time_id, id_on_day
from functions.timekeeping.spans import Span
from tests.builders import AMIRA, BORIS, CASE, OTHER_CASE, TODAY, segment_id

BERLIN = ZoneInfo("Europe/Berlin")
SANTIAGO = ZoneInfo("America/Santiago")
CAIRO = ZoneInfo("Africa/Cairo")
HAVANA = ZoneInfo("America/Havana")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
COORDINATED = ZoneInfo("UTC")
ZONES = st.sampled_from([BERLIN, SANTIAGO, CAIRO, HAVANA, LORD_HOWE, COORDINATED])


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        pytest.param(COORDINATED, date(2026, 3, 10), utc(2026, 3, 10), 24, id="UTC"),
        pytest.param(BERLIN, date(2026, 3, 10), utc(2026, 3, 9, 23), 24, id="ordinary"),
        pytest.param(BERLIN, date(2026, 3, 29), utc(2026, 3, 28, 23), 23, id="to summer"),
        pytest.param(BERLIN, date(2026, 10, 25), utc(2026, 10, 24, 22), 25, id="to winter"),
        pytest.param(SANTIAGO, date(2026, 9, 6), utc(2026, 9, 6, 4), 23, id="no midnight"),
        pytest.param(SANTIAGO, date(2026, 4, 4), utc(2026, 4, 4, 3), 25, id="an hour again at 24"),
        pytest.param(CAIRO, date(2026, 4, 24), utc(2026, 4, 23, 22), 23, id="Cairo to summer"),
        pytest.param(CAIRO, date(2026, 10, 29), utc(2026, 10, 28, 21), 25, id="Cairo to winter"),
        pytest.param(HAVANA, date(2026, 11, 1), utc(2026, 11, 1, 4), 25, id="two midnights"),
    ],
)
def test_when_a_day_begins_and_how_long_it_is(
    zone: ZoneInfo, day: date, begins: datetime, hours: int
) -> None:
    assert midnight(day, zone) == begins
    assert midnight(day + timedelta(days=1), zone) - begins == timedelta(hours=hours)


def test_the_second_before_midnight_is_of_the_day_before() -> None:
    assert day_of(utc(2026, 3, 9, 22, 59, 59), BERLIN) == date(2026, 3, 9)
    assert day_of(utc(2026, 3, 9, 23), BERLIN) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("zone", "start", "end", "parts"),
    [
        pytest.param(
            COORDINATED,
            utc(2026, 3, 10, 12),
            utc(2026, 3, 10, 13),
            [(date(2026, 3, 10), utc(2026, 3, 10, 12), utc(2026, 3, 10, 13))],
            id="within a day",
        ),
        pytest.param(
            COORDINATED,
            utc(2026, 3, 10, 23, 50),
            utc(2026, 3, 11, 0, 10),
            [
                (date(2026, 3, 10), utc(2026, 3, 10, 23, 50), utc(2026, 3, 11)),
                (date(2026, 3, 11), utc(2026, 3, 11), utc(2026, 3, 11, 0, 10)),
            ],
            id="across midnight",
        ),
        pytest.param(
            COORDINATED,
            utc(2026, 3, 10, 23, 50),
            utc(2026, 3, 11),
            [(date(2026, 3, 10), utc(2026, 3, 10, 23, 50), utc(2026, 3, 11))],
            id="up to midnight",
        ),
        pytest.param(
            SANTIAGO,
            utc(2026, 9, 6, 3, 30),
            utc(2026, 9, 6, 4, 30),
            [
                (date(2026, 9, 5), utc(2026, 9, 6, 3, 30), utc(2026, 9, 6, 4)),
                (date(2026, 9, 6), utc(2026, 9, 6, 4), utc(2026, 9, 6, 4, 30)),
            ],
            id="across a midnight that is not there",
        ),
        pytest.param(
            HAVANA,
            utc(2026, 11, 1, 4, 30),
            utc(2026, 11, 1, 5, 30),
            [(date(2026, 11, 1), utc(2026, 11, 1, 4, 30), utc(2026, 11, 1, 5, 30))],
            id="the second midnight of a day cuts nothing",
        ),
        pytest.param(COORDINATED, utc(2026, 3, 10), utc(2026, 3, 10), [], id="an empty span"),
    ],
)
def test_a_span_is_cut_at_midnight(
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
    parts: list[tuple[date, datetime, datetime]],
) -> None:
    expected = [(day, Span(first, last)) for day, first, last in parts]

    assert list(cut_at_midnight(Span(start, end), zone)) == expected


@given(
    zone=ZONES,
    start=st.integers(0, 366 * 86_400),
    seconds=st.integers(0, 3 * 86_400),
)
@example(BERLIN, 87 * 86_400, 2 * 86_400)
@example(SANTIAGO, 93 * 86_400, 2 * 86_400)
def test_parts_adjoin_and_lie_in_their_days(zone: ZoneInfo, start: int, seconds: int) -> None:
    first = utc(2026, 1, 1) + timedelta(seconds=start)
    whole = Span(first, first + timedelta(seconds=seconds))

    parts = list(cut_at_midnight(whole, zone))

    bounds = [part.start for _, part in parts] + [whole.end]
    assert [part.end for _, part in parts] == bounds[1:]
    assert bounds[0] == whole.start
    for day, part in parts:
        last = part.end - timedelta(seconds=1)
        assert part.start.astimezone(zone).date() == day == last.astimezone(zone).date()


def test_days_touched_are_those_with_a_second_of_a_span() -> None:
    spans = [
        Span(utc(2026, 3, 9, 22), utc(2026, 3, 9, 23)),
        Span(utc(2026, 3, 11, 22, 59), utc(2026, 3, 11, 23, 1)),
    ]

    assert days_touched(spans, BERLIN) == {
        date(2026, 3, 9),
        date(2026, 3, 11),
        date(2026, 3, 12),
    }


def test_the_id_of_a_later_part_follows_from_the_segment_and_the_day() -> None:
    segment = SegmentId(segment_id(1))

    part = id_on_day(segment, TODAY)

    assert str(part) == "75f0d9a1-e1f5-55d5-b278-665968a83bed"
    assert part == id_on_day(segment, TODAY)
    assert part != id_on_day(segment, TODAY + timedelta(days=1))
    assert part != id_on_day(segment_id(2), TODAY)


def test_automatic_time_has_one_id_for_each_case_representative_and_day() -> None:
    ids = {
        automatic_time_id(case, representative, day)
        for case in (CASE, OTHER_CASE)
        for representative in (AMIRA, BORIS)
        for day in (TODAY, TODAY + timedelta(days=1))
    }

    assert len(ids) == 8
    assert str(automatic_time_id(CASE, AMIRA, TODAY)) == "81e129b1-c1fa-5e4d-aeb8-7832408e0748"
