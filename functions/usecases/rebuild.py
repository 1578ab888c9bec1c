"""Whatever can be made again is: all days within the retention, then the totals of all cases.

The same stories as for the queue, over everything there is and not over what changed lately. Weeks
are taken oldest first, a few parts of them at a time, and totals after all days. Nothing is kept of
it but numbers and what cannot be mended; whoever fails on the way is run again, from the day it
came to or from the beginning, and finds nothing to do in what is done.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from functions.timekeeping.daily import DayChange, WorkDay
from functions.timekeeping.days import ONE_DAY
from functions.timekeeping.identifiers import CaseId
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.portions import portions
from functions.usecases.rebuild_stretch import Stretch
from functions.usecases.reconcile_days import (
    DAYS_AT_ONCE,
    Drift,
    KeepsDays,
    MendedDay,
    Reconciled,
    mend_days,
)
from functions.usecases.total_cases import CASES_AT_ONCE, KeepsTotals, Totalled, total_cases

T = TypeVar("T")

AT_ONCE = 4
"""Portions under way. How many requests these may send at a time is a matter of storage's pace."""

TRIES = 6
WAIT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 300.0
"""Between tries of the same portion while storage does not answer, doubling; ten minutes in all."""

MOST_REMEMBERED = 100_000
"""Cases that were totalled already, so that nothing grows with their number. One that is forgotten
is totalled again, which changes nothing."""

MOST_TOLD = 1_000
"""Of what cannot be mended, so many are kept; all are counted."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases, and from where to go on; ``None`` after the last."""

    cases: frozenset[CaseId]
    rest: object


class FindsAll(Protocol):
    """Where everything is found that figures are made of. Raises ``StorageUnavailable``."""

    def work_days(self, first: date, last: date | None) -> frozenset[WorkDay]:
        """Return whose days have evidence or a record; without a last day, of all later ones."""

    def cases(self, rest: object) -> CasePage:
        """Return some of the cases that have a figure of ours, the first for ``None``."""


class Kept(Protocol):
    """Where days and totals are kept, for the time of one portion."""

    @property
    def days(self) -> KeepsDays: ...

    @property
    def totals(self) -> KeepsTotals: ...


@dataclass(slots=True)
class Rebuilt:
    """What became of everything so far.

    Args:
        days: how many there are.
        days_done: how many of them are.
        go_on: the day from which to go on; all before are done.
        work_days: how many days of representatives were looked at, some of them twice.
        segments: at how many segments.
        drift: days that were mended, by what was wrong.
        gone: days of cases that are no more; nothing is to be done about them.
        waiting: days that cannot be made now, because not all of their segments can be seen or
            because they keep changing.
        refused: how many days nobody could write for the representative.
        some_refused: the first of these.
        totals_written: how many totals were wrong or missing.
        totals_right: how many were right.
    """

    days: int
    go_on: date
    days_done: int = 0
    work_days: int = 0
    segments: int = 0
    drift: Counter[Drift] = field(default_factory=Counter)
    gone: int = 0
    waiting: set[WorkDay] = field(default_factory=set)
    refused: int = 0
    some_refused: list[DayChange] = field(default_factory=list)
    totals_written: int = 0
    totals_right: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is left that was to be mended."""
        return not self.waiting and not self.refused

    def take_in_days(self, done: Reconciled) -> None:
        self.segments += done.segments
        self.drift.update(done.drift)
        self.gone += done.gone
        self.waiting |= done.waiting
        self.refused += done.refused
        room = MOST_TOLD - len(self.some_refused)
        self.some_refused += sorted(done.unwritable, key=_place)[:room]

    def take_in_totals(self, done: Totalled) -> None:
        self.totals_written += done.written
        self.totals_right += done.unchanged


class Hears(Protocol):
    """Who is told how far it is."""

    def mended(self, days: Collection[MendedDay]) -> None: ...

    def reached(self, done: Rebuilt) -> None: ...

    def ending(self) -> None:
        """Hear that it ends early, as soon as what is under way has ended."""


def rebuild(
    stretch: Stretch,
    *,
    found: FindsAll,
    kept: Callable[[], Kept],
    now: datetime,
    hears: Hears,
    stopping: threading.Event,
    more_cases: Callable[[], Collection[CaseId]] = tuple,
) -> Rebuilt:
    """Make the days of a stretch again, and then the totals of all cases.

    Args:
        stretch: the days.
        found: where everything is found.
        kept: gives where days and totals are kept; asked anew for each portion.
        now: decides which days are too old, also of those that it comes to after midnight.
        hears: is told what was mended and how far it is, by this thread.
        stopping: is set when it ends early, so that nothing rests or waits any more.
        more_cases: cases that are to be totalled although they have no figure yet.

    Raises:
        StorageUnavailable: storage does not answer for minutes. ``Rebuilt``, as last told, says
            from where to go on.
    """
    done = Rebuilt(days=stretch.length, go_on=stretch.first)
    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rebuild")
    work = _Work(done, found, kept, now, hears, stopping, threads)
    try:
        work.make_days(stretch)
        work.make_waiting_days()
        work.total(more_cases)
    except BaseException:
        stopping.set()
        hears.ending()
        raise
    finally:
        threads.shutdown(cancel_futures=True)
    return done


TakeIn = Callable[[], None]
Part = Callable[[], TakeIn]
"""A piece of work for a thread; what it returns is for the one that all began in."""


@dataclass(slots=True)
class _Work:
    """A rebuild under way. Parts run in threads; what becomes of them is taken in in order."""

    done: Rebuilt
    found: FindsAll
    kept: Callable[[], Kept]
    now: datetime
    hears: Hears
    stopping: threading.Event
    threads: ThreadPoolExecutor
    totalled: set[CaseId] = field(default_factory=set)

    def make_days(self, stretch: Stretch) -> None:
        self._do(self._parts_of_stretch(stretch))

    def make_waiting_days(self) -> None:
        """Try again what could not be made: a copy that lagged has caught up meanwhile."""
        self._do(self._parts_of_days(set(self.done.waiting)))

    def total(self, more_cases: Callable[[], Collection[CaseId]]) -> None:
        self._do(self._parts_of_cases(more_cases))

    def _parts_of_stretch(self, stretch: Stretch) -> Iterator[Part]:
        for week in stretch.weeks():
            last = None if week.and_later else week.last
            work_days = self._patiently(partial(self.found.work_days, week.first, last))
            yield from self._parts_of_days(work_days)
            go_on = min(week.last + ONE_DAY, stretch.last)
            yield partial(partial, self._week_is_done, week.length, go_on)

    def _parts_of_days(self, work_days: Iterable[WorkDay]) -> Iterator[Part]:
        for some in portions(sorted(work_days), DAYS_AT_ONCE):
            yield partial(self._mend, some)

    def _parts_of_cases(self, more_cases: Callable[[], Collection[CaseId]]) -> Iterator[Part]:
        page = self._patiently(partial(self.found.cases, None))
        yield from self._parts_of_page(page.cases)
        while page.rest is not None:
            page = self._patiently(partial(self.found.cases, page.rest))
            yield from self._parts_of_page(page.cases)
        yield from self._parts_of_page(more_cases())

    def _parts_of_page(self, cases: Collection[CaseId]) -> Iterator[Part]:
        fresh = sorted(set(cases) - self.totalled)
        if len(self.totalled) + len(fresh) > MOST_REMEMBERED:
            self.totalled.clear()
        self.totalled.update(fresh)
        for some in portions(fresh, CASES_AT_ONCE):
            yield partial(self._total, some)

    def _mend(self, some: tuple[WorkDay, ...]) -> TakeIn:
        done = mend_days(dict.fromkeys(some), now=self.now, days=self.kept().days)
        return partial(self._take_in_days, some, done)

    def _total(self, some: tuple[CaseId, ...]) -> TakeIn:
        done = total_cases(some, totals=self.kept().totals)
        return partial(self._take_in_totals, done)

    def _take_in_days(self, some: tuple[WorkDay, ...], done: Reconciled) -> None:
        self.done.work_days += len(some)
        self.done.waiting -= set(some)
        self.done.take_in_days(done)
        self.hears.mended(done.mended)
        self.hears.reached(self.done)

    def _take_in_totals(self, done: Totalled) -> None:
        self.done.take_in_totals(done)
        self.hears.reached(self.done)

    def _week_is_done(self, days: int, go_on: date) -> None:
        self.done.days_done += days
        self.done.go_on = go_on
        self.hears.reached(self.done)

    def _do(self, parts: Iterable[Part]) -> None:
        """Work on a few parts at a time, and take them in in their order."""
        under_way: deque[Future[TakeIn]] = deque()
        for part in parts:
            under_way.append(self.threads.submit(self._patiently, part))
            if len(under_way) >= 2 * AT_ONCE:
                under_way.popleft().result()()
        while under_way:
            under_way.popleft().result()()

    def _patiently(self, work: Callable[[], T]) -> T:
        """Return what the work returns; while storage does not answer it is tried again.

        Raises:
            StorageUnavailable: that lasts.
        """
        wait_seconds = WAIT_SECONDS
        for _ in range(TRIES - 1):
            try:
                return work()
            except StorageUnavailable as error:
                asked = error.retry_after_seconds or 0.0
                self.stopping.wait(min(max(asked, wait_seconds), LONGEST_WAIT_SECONDS))
                if self.stopping.is_set():
                    raise
                wait_seconds *= 2
        return work()


def _place(change: DayChange) -> tuple[date, UUID, UUID]:
    return change.time.day, change.time.representative, change.time.case
