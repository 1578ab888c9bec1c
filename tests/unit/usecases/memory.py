"""Storage in memory that can fail, lag behind and be written to by somebody else."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum, auto

from functions.timekeeping.cases import Case
from functions.timekeeping.daily import DailyTime, DayChange, RecordedDay, daily_times
from functions.timekeeping.days import days_touched
from functions.timekeeping.errors import NotARepresentative
from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId
from functions.timekeeping.segments import Refusal, Segment
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.totals import Contribution
from functions.usecases.ledger import (
    Entered,
    Entry,
    Evidence,
    Look,
    Snapshot,
    StorageUnavailable,
)
from tests.builders import AMIRA, CASE, OTHER_CASE, THIRD_CASE, case

DayKey = tuple[CaseId, RepresentativeId, date]

DONE = Evidence()
"""Tells of a single write that it was done."""


class Fault(Enum):
    """What becomes of one round trip."""

    NONE = auto()
    BEFORE = auto()
    """Nothing was done."""
    AFTER = auto()
    """All was done, the answer is lost."""
    HALFWAY = auto()
    """The first write was done, no other."""


@dataclass(slots=True)
class Storage:
    """What everybody shares; segments are kept in the order they came."""

    cases: dict[CaseId, Case] = field(
        default_factory=lambda: {each: case(each) for each in (CASE, OTHER_CASE, THIRD_CASE)}
    )
    settings: SettingsBook = field(default_factory=SettingsBook)
    segments: defaultdict[RepresentativeId, dict[SegmentId, Segment]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    days: dict[DayKey, RecordedDay] = field(default_factory=dict)
    figures: dict[RepresentativeId, Contribution] = field(default_factory=dict)
    gone: set[CaseId] = field(default_factory=set)
    refusals: dict[SegmentId, Refusal] = field(default_factory=dict)
    retention_days: list[int] = field(default_factory=list)

    def create(self, segment: Segment) -> bool:
        """Keep a segment unless there is one with its id."""
        known = self.segments[segment.representative]
        if segment.id in known:
            return False
        known[segment.id] = segment
        return True

    def write(self, change: DayChange) -> bool:
        """Keep a day over the version it must find."""
        time = change.time
        key = (time.case, time.representative, time.day)
        before = self.days.get(key)
        if (before.version if before else None) != change.version:
            return False
        self.days[key] = RecordedDay(time, str(int(before.version) + 1) if before else "1")
        return True

    def recorded(self, representative: RepresentativeId = AMIRA) -> list[DailyTime]:
        """Return the days of a representative as they stand."""
        times = (each.time for each in self.days.values())
        return _sorted(time for time in times if time.representative == representative)

    def amount(self, representative: RepresentativeId = AMIRA) -> list[DailyTime]:
        """Return what the days should say."""
        return _sorted(daily_times(self.segments[representative].values()))


def _sorted(times: Iterable[DailyTime]) -> list[DailyTime]:
    return sorted(times, key=lambda time: (time.day, time.case))


@dataclass(slots=True)
class MemoryLedger:
    """Storage as one caller uses it.

    Args:
        faults: what becomes of the next round trips; after them nothing fails.
        lags: how many of the newest segments the next looks miss; after them none.
        later_lags: likewise of the reads that follow an entry's writes.
        beside: by how many days the look's evidence is off, as when the zone is not known yet.
        meanwhile: runs before each entry, as somebody else would.
        pause: runs before each round trip.
    """

    storage: Storage
    representative: RepresentativeId = AMIRA
    may_track: bool = True
    is_known: bool = True
    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    lags: Iterator[int] = field(default_factory=lambda: iter(()))
    later_lags: Iterator[int] = field(default_factory=lambda: iter(()))
    beside: int = 0
    meanwhile: Callable[[], None] = lambda: None
    pause: Callable[[], None] = lambda: None
    looks: int = 0
    entries: list[Entry] = field(default_factory=list)

    def look(self, look: Look) -> Snapshot:
        self.pause()
        self.looks += 1
        if next(self.faults, Fault.NONE) is not Fault.NONE:
            raise StorageUnavailable("look")
        if not self.is_known:
            raise NotARepresentative("nobody")
        book = self.storage.settings
        touched = days_touched(look.spans, book.environment.reporting_zone)
        days = frozenset(day + timedelta(days=self.beside) for day in touched)
        cases = self.storage.cases
        return Snapshot(
            representative=self.representative,
            settings=book,
            cases={each: cases[each] for each in look.cases if each in cases},
            may_track=self.may_track,
            evidence=self._evidence(days, missing=next(self.lags, 0))
            if self.may_track
            else Evidence(),
            figures=dict(self.storage.figures) if look.figures_of else {},
        )

    def enter(self, entry: Entry) -> Entered:
        self.pause()
        self.meanwhile()
        self.entries.append(entry)
        self.storage.retention_days.append(entry.retention_days)
        fault = next(self.faults, Fault.NONE)
        if fault is Fault.BEFORE:
            raise StorageUnavailable("before")
        entered = self._write(entry, most=1 if fault is Fault.HALFWAY else None)
        if fault is not Fault.NONE:
            raise StorageUnavailable("after")
        return entered

    def _write(self, entry: Entry, *, most: int | None) -> Entered:
        """Write in order; where it matters, nothing after the first that cannot be."""
        entered = Entered()
        writes: list[Segment | DayChange] = [*entry.segments, *entry.changes]
        for write in writes[:most]:
            one = self._create(write) if isinstance(write, Segment) else self._record(write)
            entered = Entered(
                stored=entered.stored | one.stored,
                taken=entered.taken | one.taken,
                refused={**entered.refused, **one.refused},
                gone=entered.gone | one.gone,
            )
            if entry.changes and one.evidence is None:
                return entered
        missing = next(self.later_lags, 0)
        evidence = self._evidence(entry.days, entry.look_up, missing=missing)
        return replace(entered, evidence=evidence)

    def _create(self, segment: Segment) -> Entered:
        refusal = self.storage.refusals.get(segment.id)
        if refusal is not None:
            return Entered(refused={segment.id: refusal})
        if not self.storage.create(segment):
            return Entered(taken=frozenset({segment.id}))
        return Entered(stored=frozenset({segment.id}), evidence=DONE)

    def _record(self, change: DayChange) -> Entered:
        if change.time.case in self.storage.gone:
            return Entered(gone=frozenset({change.time.case}))
        return Entered(evidence=DONE) if self.storage.write(change) else Entered()

    def _evidence(
        self,
        days: frozenset[date],
        look_up: frozenset[SegmentId] = frozenset(),
        *,
        missing: int = 0,
    ) -> Evidence:
        known = list(self.storage.segments[self.representative].values())
        seen = known[: max(0, len(known) - missing)]
        return Evidence(
            days=days,
            segments=tuple(each for each in seen if each.day in days or each.id in look_up),
            recorded=tuple(
                each
                for each in self.storage.days.values()
                if each.time.representative == self.representative and each.time.day in days
            ),
        )


class Turns:
    """Runs stories one round trip at a time, in an order that a test chooses."""

    def __init__(self, stories: Mapping[str, Callable[[Callable[[], None]], None]]) -> None:
        self._go = {name: threading.Semaphore(0) for name in stories}
        self._back = threading.Semaphore(0)
        self._over: set[str] = set()
        self._failures: list[BaseException] = []
        self._running = {
            name: threading.Thread(target=self._run, args=(name, story), daemon=True)
            for name, story in stories.items()
        }

    def play(self, order: Iterable[str]) -> None:
        """Give turns in this order, then to each story in turn until all are over."""
        for thread in self._running.values():
            thread.start()
            self._back.acquire()
        for name in order:
            self._turn(name)
        while len(self._over) < len(self._running):
            for name in self._running:
                self._turn(name)
        if self._failures:
            raise self._failures[0]

    def _turn(self, name: str) -> None:
        if name not in self._over:
            self._go[name].release()
            self._back.acquire()

    def _run(self, name: str, story: Callable[[Callable[[], None]], None]) -> None:
        def pause() -> None:
            self._back.release()
            self._go[name].acquire()

        try:
            story(pause)
        except BaseException as error:  # noqa: BLE001 - told to the test
            self._failures.append(error)
        finally:
            self._over.add(name)
            self._back.release()
