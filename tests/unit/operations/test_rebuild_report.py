"""What a rebuild says on a terminal and elsewhere."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.timekeeping.daily import DayChange, WorkDay
from functions.timekeeping.totals import TimeByKind
from functions.usecases.rebuild import Rebuilt
from functions.usecases.reconcile_days import Drift, MendedDay
from functions.usecases.rehearsal import Rehearsal
from functions.usecases.total_cases import CaseTotal
from operations.rebuild_report import WAITS, Report
from tests.builders import AMIRA, CASE, TODAY, daily


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def report(screen: io.StringIO, *passed: float, rehearsal: Rehearsal | None = None) -> Report:
    """Return a report that begins at 0 and is asked for progress at these seconds."""
    moments = iter([0.0, *passed])
    return Report(rehearsal, out=screen, progress=screen, seconds=lambda: next(moments))


def far(days_done: int) -> Rebuilt:
    return Rebuilt(days=10, go_on=TODAY, days_done=days_done)


def test_progress_tells_how_long_the_rest_of_the_days_will_take() -> None:
    screen = io.StringIO()
    heard = report(screen, 30.0, 100.0)

    heard.reached(replace(far(2), work_days=7, segments=400))
    heard.reached(replace(far(10), totals_written=3))

    under_way, at_the_end = screen.getvalue().splitlines()
    assert under_way == (
        "2 of 10 days: 7 days of representatives, 400 segments, mended none; "
        "0:00:30, about 0:02:00 more for the days"
    )
    assert at_the_end == (
        "10 of 10 days: 0 days of representatives, 0 segments, mended none; "
        "totals: 3 written, 0 right; 0:01:40"
    )


def test_where_nothing_is_written_over_a_line_comes_only_now_and_then() -> None:
    screen = io.StringIO()
    heard = report(screen, 1.0, 2.0, 9.0, 12.0, 13.0)

    for days_done in (0, 1, 1, 1, 1):
        heard.reached(far(days_done))

    told = [line.partition("; ")[2].partition(",")[0] for line in screen.getvalue().splitlines()]
    assert told == ["0:00:02", "0:00:12"]


def test_on_a_terminal_progress_is_one_line_that_is_written_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setenv("COLUMNS", "200")
    heard = report(screen, 1.0, 2.0)

    heard.reached(replace(far(1), segments=1_000_000))
    heard.reached(far(2))
    heard.conclude(far(10))

    first, second, rest = screen.getvalue()[1:].partition("\r")
    shown = rest.partition("\n")[0]
    assert second == "\r"
    assert len(shown) == len(first), "nothing of the longer line stays"
    assert rest.partition("\n")[2].startswith("days mended: none")


def test_on_a_narrow_terminal_the_line_does_not_wrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    screen = Terminal()

    report(screen, 1.0).reached(far(1))

    assert screen.getvalue() == "\r1 of 10 days: 0 days of representatives,"


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    screen = io.StringIO()
    done = far(10)
    done.waiting = {WorkDay(AMIRA, TODAY + timedelta(days=number)) for number in range(25)}

    report(screen).conclude(done)

    lines = screen.getvalue().splitlines()
    assert len(lines) == 22
    assert lines[20:] == [
        "... and 5 more like this",
        "days mended: none; totals written: 0 (0 were right); left as they are: 25",
    ]


def test_refused_days_that_are_not_named_are_counted() -> None:
    screen = io.StringIO()
    done = replace(far(10), refused=5_000)
    done.some_refused = [DayChange(daily(60), None)]

    report(screen).conclude(done)

    assert "... and 4999 more like this" in screen.getvalue()


def test_only_a_rehearsal_names_what_it_would_write() -> None:
    screen, foretold = io.StringIO(), io.StringIO()
    days = [MendedDay(DayChange(daily(60), None), Drift.MISSING, None)]
    rehearsal = Rehearsal()
    rehearsal.note_total(CaseTotal(case=CASE, title="", time=TimeByKind(automatic=60)), None)

    report(screen).mended(days)
    heard = report(foretold, rehearsal=rehearsal)
    heard.mended(days)
    heard.conclude(far(10))

    assert screen.getvalue() == ""
    assert foretold.getvalue().splitlines()[:2] == [
        f"would write {TODAY} of representative {AMIRA} on case {CASE}: none -> 60 s (missing)",
        f"would write the total of case {CASE}: none -> 60 s",
    ]


def test_what_cannot_be_mended_is_told_also_when_it_ends_early() -> None:
    screen = io.StringIO()
    done = far(3)
    done.waiting = {WorkDay(AMIRA, TODAY)}
    heard = report(screen, 1.0)
    heard.reached(done)

    heard.break_off("interrupted", "python -m operations rebuild")

    assert screen.getvalue().splitlines()[1:] == [
        f"{TODAY} of representative {AMIRA} is left: {WAITS}",
        "so far, days mended: none; totals written: 0 (0 were right); left as they are: 1",
        "rebuild: interrupted",
        "Go on with: python -m operations rebuild",
    ]
