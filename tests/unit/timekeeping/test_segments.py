from datetime import UTC, timedelta, timezone

import pytest

from functions.timekeeping.segments import (
    Refusal,
    ReportedSegment,
    by_server_clock,
    clock_skew,
    is_clamped,
    judged,
)
from functions.timekeeping.spans import Span
from tests.builders import at, limits, reported, span


@pytest.mark.parametrize(
    ("behind", "skew"),
    [
        pytest.param(0, 0, id="right"),
        pytest.param(5, 0, id="five seconds are the network's"),
        pytest.param(-5, 0, id="five seconds ahead count as none"),
        pytest.param(5.000001, 5, id="more is a wrong clock"),
        pytest.param(59.9, 59, id="whole seconds, down"),
        pytest.param(-5.000001, -6, id="ahead: down as well"),
        pytest.param(-3600, -3600, id="an hour ahead"),
    ],
)
def test_the_skew_of_a_clock_that_is_behind(behind: float, skew: int) -> None:
    assert clock_skew(sent_at=at(-behind), received_at=at(0)) == timedelta(seconds=skew)


def test_a_shifted_segment_is_as_long_as_before() -> None:
    (moved,) = by_server_clock([reported(10, 70, focus=-5)], sent_at=at(100), received_at=at(0))

    assert moved == reported(-90, -30, focus=-105)


@pytest.mark.parametrize(
    ("ahead", "ends", "moved_to"),
    [
        pytest.param(4, 4, 0, id="what it lets end in the future"),
        pytest.param(4, 2, 0, id="by no more than it reaches there"),
        pytest.param(3, 10, 7, id="by no more than the clock is ahead"),
        pytest.param(4, -1, -1, id="not what is over"),
        pytest.param(0, 3, 3, id="not if the clock is right"),
    ],
)
def test_a_clock_a_little_ahead_has_moved_back(ahead: int, ends: int, moved_to: int) -> None:
    told = [reported(-700, -600, id=1), reported(ends - 60, ends, id=2)]

    earlier, last = by_server_clock(told, sent_at=at(ahead), received_at=at(0))

    assert last.ended_at == at(moved_to)
    assert last.ended_at - last.started_at == timedelta(seconds=60)
    assert earlier.ended_at - at(-600) == at(moved_to) - at(ends), "all move alike"


def test_a_clock_less_than_a_second_ahead_costs_no_second() -> None:
    told = [reported(-59.8, 0.2)]

    (moved,) = by_server_clock(told, sent_at=at(0.2), received_at=at(-0.1))

    assert judged(moved, limits(-0.1)) == span(-61, -1)


@pytest.mark.parametrize(
    ("segment", "kept"),
    [
        pytest.param(reported(-60, 0), span(-60, 0), id="whole"),
        pytest.param(reported(-60.1, -0.1), span(-61, -1), id="both bounds are rounded down"),
        pytest.param(reported(-60, 30), span(-60, 0), id="cut at now"),
        pytest.param(reported(-720, 0), span(-720, 0), id="as long as may be"),
        pytest.param(reported(-86_400, -86_399), span(-86_400, -86_399), id="as old as may be"),
        pytest.param(reported(-1, 600), span(-1, 0), id="only one second is past"),
    ],
)
def test_what_is_kept_of_a_segment(segment: ReportedSegment, kept: Span) -> None:
    assert judged(segment, limits()) == kept


@pytest.mark.parametrize(
    ("segment", "refusal"),
    [
        pytest.param(reported(-60, -60), Refusal.EMPTY, id="no time"),
        pytest.param(reported(-60, -70), Refusal.EMPTY, id="ends before it starts"),
        pytest.param(reported(-60, -59.2), Refusal.EMPTY, id="within one second"),
        pytest.param(reported(0, 10), Refusal.FUTURE, id="begins now"),
        pytest.param(reported(3600, 3660), Refusal.FUTURE, id="wholly ahead"),
        pytest.param(reported(-721, 0), Refusal.TOO_LONG, id="a second too long"),
        pytest.param(reported(-60, 661), Refusal.TOO_LONG, id="too long, were it not cut"),
        pytest.param(reported(-86_401, -86_390), Refusal.TOO_OLD, id="a second too old"),
        pytest.param(reported(-86_500, -80_000), Refusal.TOO_LONG, id="too long comes first"),
    ],
)
def test_a_segment_is_refused(segment: ReportedSegment, refusal: Refusal) -> None:
    assert judged(segment, limits()) is refusal


def test_now_is_the_whole_second_that_the_server_is_in() -> None:
    assert judged(reported(-10, 0.9), limits(now=0.7)) == span(-10, 0)


@pytest.mark.parametrize(
    ("ended", "clamped"),
    [
        pytest.param(1, True, id="a second was cut"),
        pytest.param(0, False, id="all was kept"),
        pytest.param(0.9, False, id="rounding is no cut"),
    ],
)
def test_a_segment_is_clamped_when_seconds_were_cut(ended: float, *, clamped: bool) -> None:
    assert is_clamped(reported(-60, ended), span(-60, 0)) is clamped


def test_a_segment_told_in_another_zone_is_kept_in_utc() -> None:
    zone = timezone(timedelta(hours=-4))
    here = reported(-60, 0)
    there = ReportedSegment(
        id=here.id,
        case=here.case,
        focus_started_at=here.focus_started_at.astimezone(zone),
        started_at=here.started_at.astimezone(zone),
        ended_at=here.ended_at.astimezone(zone),
        end_reason=here.end_reason,
        surface=here.surface,
        window_id=here.window_id,
    )

    kept = judged(there, limits())

    assert isinstance(kept, Span)
    assert kept.start.tzinfo is UTC
    assert kept == span(-60, 0)
    assert not is_clamped(there, kept)
