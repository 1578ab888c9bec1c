import threading
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import pytest

from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.settings import Settings
from functions.usecases import rebuild as story
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.rebuild import CasePage, Rebuilt, rebuild
from functions.usecases.rebuild_stretch import Stretch, TooOld, stretch_of
from functions.usecases.reconcile_days import Drift, MendedDay
from tests.builders import AMIRA, BORIS, CASE, NOON, OTHER_CASE, TODAY, segment
from tests.unit.usecases.everybody import MemoryDays, MemoryTotals
from tests.unit.usecases.memory import Fault, Storage

ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _one_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is not made for several threads."""
    monkeypatch.setattr(story, "AT_ONCE", 1)


class Waits(threading.Event):
    """Waits that take no time; they are written down."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        return self.is_set()


@dataclass(slots=True)
class Everything:
    """All that is in memory, and whoever rebuilds it and hears of it.

    Args:
        faults: what becomes of the next questions for days; after them nothing fails.
    """

    storage: Storage
    days: MemoryDays
    totals: MemoryTotals
    pages: tuple[frozenset[CaseId], ...] = ()
    faults: Iterator[StorageUnavailable | None] = field(default_factory=lambda: iter(()))
    asked: list[tuple[date, date | None]] = field(default_factory=list)
    heard: list[tuple[int, date]] = field(default_factory=list)
    last: Rebuilt | None = None
    ends: bool = False
    named: list[MendedDay] = field(default_factory=list)
    waits: Waits = field(default_factory=Waits)

    def work_days(self, first: date, last: date | None) -> frozenset[WorkDay]:
        if fault := next(self.faults, None):
            raise fault
        self.asked.append((first, last))
        return frozenset(
            WorkDay(whose, each.day)
            for whose, segments in self.storage.segments.items()
            for each in segments.values()
            if first <= each.day and (last is None or each.day <= last)
        )

    def cases(self, rest: object) -> CasePage:
        number = rest if isinstance(rest, int) else 0
        rest = number + 1 if number + 1 < len(self.pages) else None
        return CasePage(self.pages[number] if self.pages else frozenset(), rest)

    def mended(self, days: Collection[MendedDay]) -> None:
        self.named += days

    def reached(self, done: Rebuilt) -> None:
        self.last = done
        self.heard.append((done.days_done, done.go_on))

    def ending(self) -> None:
        assert self.waits.is_set()
        self.ends = True

    def rebuilt(
        self, stretch: Stretch | None = None, *, more_cases: Collection[CaseId] = ()
    ) -> Rebuilt:
        return rebuild(
            stretch or Stretch(TODAY - ONE_DAY, TODAY, and_later=True),
            found=self,
            kept=lambda: self,
            now=NOON,
            hears=self,
            stopping=self.waits,
            more_cases=lambda: more_cases,
        )


def everything(*pages: set[CaseId], lags: Iterator[int] = iter(())) -> Everything:  # noqa: B008 - none
    storage = Storage()
    for each in (
        segment(-600, 0, CASE),
        segment(-300, 0, OTHER_CASE, id=2, focus=-300),
        segment(0, 60, CASE, id=3, representative=BORIS, day=TODAY - ONE_DAY),
    ):
        storage.create(each)
    days = MemoryDays(storage, lags=lags)
    return Everything(storage, days, MemoryTotals(storage), tuple(map(frozenset, pages)))


def test_all_days_and_then_all_totals_are_made() -> None:
    all_of_it = everything({CASE}, {OTHER_CASE})

    done = all_of_it.rebuilt()

    assert all_of_it.storage.recorded() == all_of_it.storage.amount()
    assert all_of_it.totals.seconds() == {CASE: 360, OTHER_CASE: 300}
    assert (done.drift, done.is_whole) == (Counter({Drift.MISSING: 3}), True)
    assert (done.days_done, done.work_days, done.segments) == (2, 2, 3)
    assert len(all_of_it.named) == 3


def test_weeks_are_asked_for_and_with_the_last_all_days_that_say_to_be_later() -> None:
    all_of_it = everything()

    all_of_it.rebuilt(Stretch(TODAY - 9 * ONE_DAY, TODAY, and_later=True))

    assert all_of_it.asked == [
        (TODAY - 9 * ONE_DAY, TODAY - 3 * ONE_DAY),
        (TODAY - 2 * ONE_DAY, None),
    ]


def test_it_is_told_from_which_day_to_go_on() -> None:
    all_of_it = everything()

    all_of_it.rebuilt(Stretch(TODAY - 9 * ONE_DAY, TODAY))

    assert list(dict.fromkeys(all_of_it.heard)) == [(7, TODAY - 2 * ONE_DAY), (10, TODAY)]


def test_with_a_last_day_no_later_one_is_touched() -> None:
    all_of_it = everything()

    all_of_it.rebuilt(Stretch(TODAY - ONE_DAY, TODAY - ONE_DAY))

    assert all_of_it.storage.recorded() == []
    assert all_of_it.storage.recorded(BORIS) == all_of_it.storage.amount(BORIS)


def test_a_day_of_which_an_old_copy_was_seen_is_tried_again_in_the_end() -> None:
    all_of_it = everything()
    all_of_it.rebuilt()
    all_of_it.storage.create(segment(-900, -700, CASE, id=9))
    all_of_it.days.lags = iter([0, 3])

    done = all_of_it.rebuilt()

    assert all_of_it.storage.recorded() == all_of_it.storage.amount()
    assert done.is_whole


def test_days_that_wait_are_told_also_when_it_ends_before_they_were_tried_again() -> None:
    all_of_it = everything()
    all_of_it.rebuilt()
    all_of_it.days.lags = iter([3])
    all_of_it.days.faults = iter([Fault.NONE, Fault.NONE, Fault.BEFORE])
    all_of_it.waits.set()

    with pytest.raises(StorageUnavailable):
        all_of_it.rebuilt()

    assert all_of_it.last is not None
    assert all_of_it.last.waiting == {WorkDay(AMIRA, TODAY), WorkDay(BORIS, TODAY - ONE_DAY)}


def test_a_day_whose_evidence_is_gone_is_left_and_told() -> None:
    all_of_it = everything()
    all_of_it.rebuilt()
    del all_of_it.storage.segments[BORIS]
    all_of_it.storage.create(segment(0, 5, CASE, id=4, representative=BORIS, day=TODAY - ONE_DAY))
    del all_of_it.storage.segments[AMIRA]
    all_of_it.storage.create(segment(0, 5, CASE, id=5))

    done = all_of_it.rebuilt()

    assert done.waiting == {WorkDay(AMIRA, TODAY)}
    assert not done.is_whole


def test_days_that_nobody_may_write_are_counted_and_only_some_of_them_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(story, "MOST_TOLD", 1)
    all_of_it = everything()
    all_of_it.days.refused = frozenset({AMIRA})

    done = all_of_it.rebuilt()

    assert (done.refused, len(done.some_refused)) == (2, 1)
    assert not done.is_whole


def test_a_case_that_several_pages_name_is_totalled_once() -> None:
    all_of_it = everything({CASE}, {CASE, OTHER_CASE}, {OTHER_CASE})

    done = all_of_it.rebuilt(more_cases={CASE})

    assert sum(all_of_it.totals.looked_at) == 2
    assert done.totals_written == 2


def test_what_is_remembered_of_cases_does_not_grow_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(story, "MOST_REMEMBERED", 1)
    all_of_it = everything({CASE}, {OTHER_CASE}, {CASE})

    done = all_of_it.rebuilt()

    assert sum(all_of_it.totals.looked_at) == 3
    assert (done.totals_written, done.totals_right) == (2, 1)


def test_while_storage_does_not_answer_the_same_is_tried_again_ever_later() -> None:
    all_of_it = everything({CASE})
    slow = StorageUnavailable("busy", retry_after_seconds=100.0)
    all_of_it.faults = iter([StorageUnavailable("no"), slow, StorageUnavailable("no"), None])

    assert all_of_it.rebuilt().is_whole
    assert all_of_it.waits.seconds == [15.0, 100.0, 60.0]


def test_no_wait_is_longer_than_dataverse_remembers() -> None:
    all_of_it = everything()
    all_of_it.faults = iter([StorageUnavailable("no", retry_after_seconds=5_000.0)])

    all_of_it.rebuilt()

    assert all_of_it.waits.seconds == [300.0]


def test_storage_that_is_out_of_reach_for_long_ends_it_and_everything_that_rests() -> None:
    all_of_it = everything()
    all_of_it.faults = iter([StorageUnavailable("no") for _ in range(6)])

    with pytest.raises(StorageUnavailable):
        all_of_it.rebuilt()

    assert all_of_it.waits.seconds == [15.0, 30.0, 60.0, 120.0, 240.0]
    assert all_of_it.ends


def test_nothing_is_tried_again_once_it_ends() -> None:
    all_of_it = everything()
    all_of_it.waits.set()
    all_of_it.faults = iter([StorageUnavailable("no")])

    with pytest.raises(StorageUnavailable):
        all_of_it.rebuilt()

    assert len(all_of_it.waits.seconds) == 1


def test_many_days_of_representatives_are_made_a_few_at_a_time() -> None:
    all_of_it = everything()
    for number in range(50):
        whose = RepresentativeId(UUID(int=number + 1))
        all_of_it.storage.create(segment(0, 60, id=number + 10, representative=whose))

    done = all_of_it.rebuilt()

    assert done.drift == Counter({Drift.MISSING: 53})
    assert all_of_it.days.looked_at == [10, 10, 10, 10, 10, 2]


SETTINGS = Settings(retention_days=30)
OLDEST = TODAY - timedelta(days=30)


def test_without_days_everything_within_the_retention_is_made() -> None:
    stretch = stretch_of(None, None, settings=SETTINGS, now=NOON)

    assert stretch == Stretch(OLDEST, TODAY, and_later=True)
    assert stretch.length == 31
    assert sum(week.length for week in stretch.weeks()) == 31


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(TODAY, None, Stretch(TODAY, TODAY, and_later=True), id="from"),
        pytest.param(None, OLDEST, Stretch(OLDEST, OLDEST), id="to"),
        pytest.param(
            TODAY + ONE_DAY,
            None,
            Stretch(TODAY + ONE_DAY, TODAY + ONE_DAY, and_later=True),
            id="from a day to come",
        ),
        pytest.param(
            OLDEST, TODAY + ONE_DAY, Stretch(OLDEST, TODAY + ONE_DAY), id="to a day to come"
        ),
    ],
)
def test_days_can_be_named(first: date | None, last: date | None, expected: Stretch) -> None:
    assert stretch_of(first, last, settings=SETTINGS, now=NOON) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [(OLDEST - ONE_DAY, None), (None, OLDEST - ONE_DAY), (OLDEST - ONE_DAY, TODAY)],
)
def test_days_whose_evidence_may_be_gone_are_refused(first: date | None, last: date | None) -> None:
    with pytest.raises(TooOld) as refused:
        stretch_of(first, last, settings=SETTINGS, now=NOON)

    assert (refused.value.day, refused.value.oldest) == (OLDEST - ONE_DAY, OLDEST)
