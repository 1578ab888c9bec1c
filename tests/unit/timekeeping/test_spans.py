from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.timekeeping.spans import Span, rounded_down
from tests.builders import NOON, at, span

ZONED = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(datetime(2026, 3, 10, 12), NOON, id="naive start"),  # noqa: DTZ001
        pytest.param(NOON, NOON.astimezone(ZONED), id="end of another zone"),
        pytest.param(at(0.5), at(1), id="start between seconds"),
        pytest.param(at(0), at(0.000001), id="end between seconds"),
        pytest.param(at(1), at(0), id="end before start"),
    ],
)
def test_a_span_that_cannot_be_is_not_built(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="a span"):
        Span(start, end)


def test_a_span_may_be_empty() -> None:
    assert span(5, 5).seconds == 0


def test_a_span_has_the_seconds_between_its_bounds() -> None:
    assert span(0, 90).seconds == 90


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(at(7), at(7), id="a whole second stays"),
        pytest.param(at(7.999999), at(7), id="down, however near the next"),
        pytest.param(at(-0.000001), at(-1), id="down before noon too"),
        pytest.param(at(7.5).astimezone(ZONED), at(7), id="told in UTC"),
    ],
)
def test_a_moment_is_rounded_down(moment: datetime, expected: datetime) -> None:
    result = rounded_down(moment)

    assert result == expected
    assert result.tzinfo is UTC


@given(st.lists(st.integers(0, 600_000_000), min_size=2, max_size=10).map(sorted))
def test_adjoining_pieces_stay_adjoining_and_lose_nothing(microseconds: list[int]) -> None:
    moments = [rounded_down(NOON + timedelta(microseconds=each)) for each in microseconds]
    pieces = [Span(start, end) for start, end in pairwise(moments)]

    assert sum(piece.seconds for piece in pieces) == Span(moments[0], moments[-1]).seconds
