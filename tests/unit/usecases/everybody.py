"""Storage in memory as the service sees it: everybody's days, and the totals of cases."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from functions.timekeeping.daily import DayChange
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.totals import Contribution
from functions.usecases.ledger import Evidence, StorageUnavailable
from functions.usecases.reconcile_days import DaysWritten
from functions.usecases.total_cases import CaseFigures, RecordedTotal, TotalChange
from tests.unit.usecases.memory import Fault, Storage


@dataclass(slots=True)
class MemoryDays:
    """Everybody's days.

    Args:
        faults: what becomes of the next round trips; after them nothing fails.
        lags: how many of each one's newest segments the next looks miss; after them none.
        refused: whom nobody can act for.
        meanwhile: runs between a look and a write, as somebody else would.
    """

    storage: Storage
    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    lags: Iterator[int] = field(default_factory=lambda: iter(()))
    refused: frozenset[RepresentativeId] = frozenset()
    meanwhile: Callable[[], None] = lambda: None
    looked_at: list[int] = field(default_factory=list)
    writes: int = 0
    acted_as: dict[RepresentativeId, UUID | None] = field(default_factory=dict)

    def settings(self) -> SettingsBook:
        self._round_trip()
        return self.storage.settings

    def look(
        self, days: Mapping[RepresentativeId, Collection[date]]
    ) -> Mapping[RepresentativeId, Evidence]:
        self._round_trip()
        self.looked_at.append(sum(map(len, days.values())))
        missing = next(self.lags, 0)
        return {whose: self._evidence(whose, of, missing) for whose, of in days.items()}

    def write(
        self, due: Collection[DayChange], sign_ins: Mapping[RepresentativeId, UUID | None]
    ) -> DaysWritten:
        self.meanwhile()
        fault = next(self.faults, Fault.NONE)
        if fault is Fault.BEFORE:
            raise StorageUnavailable("before")
        overtaken, gone, refused = set(), set(), set()
        for each in list(due)[: 1 if fault is Fault.HALFWAY else None]:
            whose = each.time.representative
            self.acted_as |= {whose: sign_ins.get(whose)} if each.version is None else {}
            if each.version is None and each.time.case in self.storage.gone:
                gone.add(each)
            elif each.version is None and whose in self.refused:
                refused.add(each)
            elif self.storage.write(each):
                self.writes += 1
            else:
                overtaken.add(each)
        if fault is not Fault.NONE:
            raise StorageUnavailable("after")
        return DaysWritten(
            overtaken=frozenset(overtaken), gone=frozenset(gone), refused=frozenset(refused)
        )

    def _round_trip(self) -> None:
        if next(self.faults, Fault.NONE) is not Fault.NONE:
            raise StorageUnavailable("look")

    def _evidence(self, whose: RepresentativeId, days: Collection[date], missing: int) -> Evidence:
        known = list(self.storage.segments[whose].values())
        seen = known[: max(0, len(known) - missing)]
        return Evidence(
            days=frozenset(days),
            segments=tuple(each for each in seen if each.day in days),
            recorded=tuple(
                each
                for each in self.storage.days.values()
                if each.time.representative == whose and each.time.day in days
            ),
        )


@dataclass(slots=True)
class MemoryTotals:
    """Totals; a case's contributions are its days' seconds and what a test adds.

    Args:
        faults: what becomes of the next round trips; after them nothing fails.
        meanwhile: runs between a look and a write, as somebody else would.
    """

    storage: Storage
    titles: dict[CaseId, str] = field(default_factory=dict)
    more: dict[CaseId, Contribution] = field(default_factory=dict)
    kept: dict[CaseId, RecordedTotal] = field(default_factory=dict)
    merged: dict[CaseId, CaseId] = field(default_factory=dict)
    counts_for: dict[object, CaseId] = field(default_factory=dict)
    moved: list[dict[CaseId, CaseId]] = field(default_factory=list)
    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    meanwhile: Callable[[], None] = lambda: None
    looked_at: list[int] = field(default_factory=list)
    writes: int = 0

    def look(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseFigures]:
        if next(self.faults, Fault.NONE) is not Fault.NONE:
            raise StorageUnavailable("look")
        self.looked_at.append(len(cases))
        there = [each for each in cases if each not in self.storage.gone]
        return {
            each: CaseFigures(
                title=self.titles.get(each, "A case"),
                merged_into=self.merged.get(each),
                recorded=self.kept.get(each),
                contributions=self._contributions(each),
            )
            for each in there
        }

    def move(self, merged: Mapping[CaseId, CaseId]) -> None:
        if next(self.faults, Fault.NONE) is not Fault.NONE:
            raise StorageUnavailable("move")
        self.moved.append(dict(merged))
        for key, day in self.storage.days.items():
            now = self.counts_for.get(key, day.time.case)
            into = merged.get(now, now)
            self.counts_for[key] = now if into in self.storage.gone else into

    def write(self, changes: Collection[TotalChange]) -> frozenset[CaseId]:
        self.meanwhile()
        fault = next(self.faults, Fault.NONE)
        if fault is Fault.BEFORE:
            raise StorageUnavailable("before")
        done = list(changes)[: 1 if fault is Fault.HALFWAY else None]
        overtaken = frozenset(each.total.case for each in done if not self._keep(each))
        if fault is not Fault.NONE:
            raise StorageUnavailable("after")
        return overtaken

    def _keep(self, change: TotalChange) -> bool:
        before = self.kept.get(change.total.case)
        if (before.version if before else None) != change.version:
            return False
        version = str(int(before.version) + 1) if before else "1"
        self.kept[change.total.case] = RecordedTotal(change.total, version)
        self.writes += 1
        return True

    def _contributions(self, case: CaseId) -> Mapping[RepresentativeId, Contribution]:
        tracked: dict[RepresentativeId, int] = {}
        for key, day in self.storage.days.items():
            if self.counts_for.get(key, day.time.case) == case:
                whose = day.time.representative
                tracked[whose] = tracked.get(whose, 0) + day.time.tracked_seconds
        found = {
            whose: Contribution(representative=whose, tracked=seconds)
            for whose, seconds in tracked.items()
        }
        return found | (
            {self.more[case].representative: self.more[case]} if case in self.more else {}
        )

    def seconds(self) -> dict[CaseId, int]:
        """Return the total of each case that has one."""
        return {case: each.total.time.total for case, each in self.kept.items()}
