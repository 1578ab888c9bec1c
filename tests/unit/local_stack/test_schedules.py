from datetime import UTC, datetime

import pytest

from tests.local_stack.functions_host.schedules import Schedule

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        pytest.param("*/5 * * * * *", (2026, 11, 23, 12, 0, 5), id="every five seconds"),
        pytest.param("0 */15 * * * *", (2026, 11, 23, 12, 15, 0), id="every quarter of an hour"),
        pytest.param("0 0 2 * * *", (2026, 11, 24, 2, 0, 0), id="nightly"),
        pytest.param("30 59 11-12 * * *", (2026, 11, 23, 12, 59, 30), id="a range of hours"),
        pytest.param("0 0 12 * * *", (2026, 11, 24, 12, 0, 0), id="now is over"),
        pytest.param("0 0 0 * * 0,6", (2026, 11, 28, 0, 0, 0), id="weekends"),
        pytest.param("0 0 0 1 1 *", (2027, 1, 1, 0, 0, 0), id="new year"),
        pytest.param("0 30/10 * * * *", (2026, 11, 23, 12, 30, 0), id="from a minute on"),
        pytest.param("0 0 0 29 2 *", (2028, 2, 29, 0, 0, 0), id="a leap day"),
    ],
)
def test_a_schedule_tells_when_it_is_next_due(expression: str, due: tuple[int, ...]) -> None:
    year, month, day, hour, minute, second = due
    expected = datetime(year, month, day, hour, minute, second, tzinfo=UTC)

    assert Schedule.parse(expression).next_after(NOON) == expected


@pytest.mark.parametrize(
    "expression", ["* * * * *", "60 * * * * *", "x * * * * *", "* 5-1 * * * *"]
)
def test_what_is_no_schedule_is_refused(expression: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the text
        Schedule.parse(expression)


def test_a_day_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never"):
        Schedule.parse("0 0 0 30 2 *").next_after(NOON)
