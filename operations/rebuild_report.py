"""What a rebuild says: how far it is on standard error, what it found on standard output."""

import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TextIO

from functions.usecases.rebuild import Rebuilt
from functions.usecases.reconcile_days import MendedDay
from functions.usecases.rehearsal import Rehearsal
from functions.usecases.total_cases import CaseTotal

MOST_LISTED = 20
EVERY_SECONDS = 10.0
WAITS = "not all of its segments can be seen, or it keeps changing"
REFUSED = "nobody can act for her, or she may not have such a day"


@dataclass(slots=True)
class Report:
    """Hears from a rebuild and tells people.

    Args:
        rehearsal: what would be written, where nothing is.
        out: where findings go.
        progress: where progress goes: one line that is written over on a terminal, else many.
        seconds: counts seconds.
    """

    rehearsal: Rehearsal | None
    out: TextIO = field(default_factory=lambda: sys.stdout)
    progress: TextIO = field(default_factory=lambda: sys.stderr)
    seconds: Callable[[], float] = time.monotonic
    last: Rebuilt | None = None
    _started: float = field(init=False)
    _width: int = 0
    _days_told: int = 0
    _told_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self._told_at = self.seconds()

    def mended(self, days: Collection[MendedDay]) -> None:
        """Name what would be written; what was written is counted."""
        if self.rehearsal:
            for each in days:
                self._say(_would_write(each))

    def reached(self, done: Rebuilt) -> None:
        """Tell how far it is; where nothing is written over, of weeks and now and then only."""
        self.last, now = done, self.seconds()
        text = f"{self._how_far(done)}; {_times(done, now - self._started)}"
        if self.progress.isatty():
            shown = text[: shutil.get_terminal_size().columns]
            padded, self._width = shown.ljust(self._width), len(shown)
            print(f"\r{padded}", end="", file=self.progress, flush=True)
        elif done.days_done > self._days_told or now - self._told_at >= EVERY_SECONDS:
            self._days_told, self._told_at = done.days_done, now
            print(text, file=self.progress, flush=True)

    def ending(self) -> None:
        """Tell why nothing happens for a while: each request has some minutes."""
        self.end_progress()
        print("rebuild: ends what is under way", file=self.progress, flush=True)

    def end_progress(self) -> None:
        """Leave the line that was written over."""
        if self._width:
            print(file=self.progress, flush=True)
            self._width = 0

    def break_off(self, reason: str, go_on: str) -> None:
        """Tell what was done, why it ends early, and with which command the rest is done."""
        if self.last:
            self._list_left(self.last)
            self._say(f"so far, {self._sum_of(self.last)}")
        self.end_progress()
        print(f"rebuild: {reason}\nGo on with: {go_on}", file=self.progress, flush=True)

    def conclude(self, done: Rebuilt) -> None:
        """Tell what became of everything, and what is left."""
        totals = self.rehearsal.totals if self.rehearsal else {}
        for case, each in sorted(totals.items()):
            amounts = f"{_amount(each.before)} -> {_amount(each.after)}"
            self._say(f"would write the total of case {case}: {amounts}")
        self._list_left(done)
        self._say(self._sum_of(done))

    def _list_left(self, done: Rebuilt) -> None:
        self._list(
            f"{each.day} of representative {each.representative} is left: {WAITS}"
            for each in sorted(done.waiting)
        )
        self._list(
            (
                f"{each.time.day} of representative {each.time.representative} on case "
                f"{each.time.case} is left: {REFUSED}"
                for each in done.some_refused
            ),
            of=done.refused,
        )
        if done.gone:
            self._say(f"{done.gone} days are of cases that are gone; there is nothing to do")

    @property
    def _would(self) -> str:
        return "would be " if self.rehearsal else ""

    def _how_far(self, done: Rebuilt) -> str:
        days = (
            f"{done.days_done} of {done.days} days: {done.work_days} days of representatives, "
            f"{done.segments} segments, {self._would}mended {_drift(done)}"
        )
        if not done.totals_written + done.totals_right:
            return days
        return (
            f"{days}; totals: {done.totals_written} {self._would}written, {done.totals_right} right"
        )

    def _sum_of(self, done: Rebuilt) -> str:
        would = self._would
        left = len(done.waiting) + done.refused
        return (
            f"days {would}mended: {_drift(done)}; totals {would}written: {done.totals_written} "
            f"({done.totals_right} were right); left as they are: {left}"
        )

    def _list(self, lines: Iterable[str], *, of: int | None = None) -> None:
        rest = iter(lines)
        shown = list(islice(rest, MOST_LISTED))
        for line in shown:
            self._say(line)
        more = sum(1 for _ in rest) if of is None else of - len(shown)
        if more:
            self._say(f"... and {more} more like this")

    def _say(self, text: str) -> None:
        self.end_progress()
        print(text, file=self.out, flush=True)


def _times(done: Rebuilt, passed: float) -> str:
    if not done.days_done or done.days_done == done.days:
        return _length(passed)
    left = passed / done.days_done * (done.days - done.days_done)
    return f"{_length(passed)}, about {_length(left)} more for the days"


def _would_write(day: MendedDay) -> str:
    time_of_day = day.change.time
    before = "none" if day.seconds_before is None else f"{day.seconds_before} s"
    return (
        f"would write {time_of_day.day} of representative {time_of_day.representative} on case "
        f"{time_of_day.case}: {before} -> {time_of_day.tracked_seconds} s ({day.drift})"
    )


def _drift(done: Rebuilt) -> str:
    found = [f"{number} {cause}" for cause, number in sorted(done.drift.items())]
    return ", ".join(found) or "none"


def _amount(total: CaseTotal | None) -> str:
    if total is None:
        return "none"
    return f"{total.time.total} s" if total.time.total >= 0 else "no sum of its parts"


def _length(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
