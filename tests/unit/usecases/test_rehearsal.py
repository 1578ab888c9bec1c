"""A rehearsal foresees every total that the real run then writes, and writes none itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.timekeeping.daily import DayChange, WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.segments import Segment
from functions.timekeeping.totals import Contribution
from functions.usecases.reconcile_days import DaysWritten, mend_days
from functions.usecases.rehearsal import Rehearsal, RehearsedTotals
from functions.usecases.total_cases import CaseTotal, total_cases
from tests.builders import AMIRA, BORIS, CASE, NOON, OTHER_CASE, THIRD_CASE, TODAY, segment
from tests.unit.usecases.everybody import MemoryDays, MemoryTotals
from tests.unit.usecases.memory import Storage

CASES = (CASE, OTHER_CASE, THIRD_CASE)
CARLA = RepresentativeId(UUID("c0000000-0000-4000-8000-00000000000c"))
EVERYBODYS = {WorkDay(whose, TODAY): None for whose in (AMIRA, BORIS)}
MERGES: tuple[dict[CaseId, CaseId], ...] = (
    {},
    {CASE: OTHER_CASE},
    {CASE: OTHER_CASE, OTHER_CASE: THIRD_CASE},
)


@dataclass(slots=True, kw_only=True)
class NotedDays(MemoryDays):
    """Days in memory; what would be written is noted."""

    rehearsal: Rehearsal
    counts_for: Mapping[object, CaseId]

    def write(
        self,
        due: Collection[DayChange],
        sign_ins: Mapping[RepresentativeId, UUID | None],  # noqa: ARG002 - nothing is written
    ) -> DaysWritten:
        gone = {each for each in due if each.version is None and self._is_gone(each)}
        for each in due:
            key = (each.time.case, each.time.representative, each.time.day)
            before = self.storage.days.get(key)
            if before:
                before = replace(before, counts_for=self.counts_for.get(key))
            if each not in gone:
                self.rehearsal.note_day(each, before)
        return DaysWritten(gone=frozenset(gone))

    def _is_gone(self, change: DayChange) -> bool:
        return change.time.case in self.storage.gone


@dataclass(slots=True)
class Office:
    """Storage, and how it is made right or only looked at."""

    storage: Storage = field(default_factory=Storage)
    totals: MemoryTotals = field(init=False)

    def __post_init__(self) -> None:
        self.totals = MemoryTotals(self.storage)

    def make_right(self) -> None:
        mend_days(EVERYBODYS, now=NOON, days=MemoryDays(self.storage))
        total_cases(CASES, totals=self.totals)

    def rehearse(self) -> dict[CaseId, CaseTotal]:
        """Return the totals that would be written."""
        rehearsal = Rehearsal()
        days = NotedDays(self.storage, rehearsal=rehearsal, counts_for=self.totals.counts_for)
        mend_days(EVERYBODYS, now=NOON, days=days)
        cases = {*CASES, *rehearsal.cases}
        total_cases(cases, totals=RehearsedTotals(self.totals, rehearsal))
        return {
            case: each.after for case, each in rehearsal.totals.items() if each.after != each.before
        }

    def tamper(self, changes: list[tuple[int, int | None]]) -> None:
        """Take recorded days away, or write other seconds into them."""
        for place, seconds in changes:
            keys = sorted(self.storage.days)
            if not keys:
                return
            key = keys[place % len(keys)]
            day = self.storage.days.pop(key)
            if seconds is None:
                self.totals.counts_for.pop(key, None)
            else:
                time = replace(day.time, tracked_seconds=seconds)
                self.storage.days[key] = replace(day, time=time)

    def recorded(self) -> dict[CaseId, CaseTotal]:
        return {case: each.total for case, each in self.totals.kept.items()}


@st.composite
def worked(draw: st.DrawFn, first_id: int) -> list[Segment]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        start = -60 * draw(st.integers(1, 40))
        found.append(
            segment(
                start,
                start + 60 * draw(st.integers(1, 20)),
                draw(st.sampled_from(CASES)),
                id=first_id + number,
                representative=draw(st.sampled_from([AMIRA, BORIS])),
            )
        )
    return found


@settings(deadline=None, max_examples=40)
@given(
    early=worked(1),
    late=worked(100),
    tampered=st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 5000)))),
    merged_before=st.sampled_from(MERGES),
    merged_after=st.sampled_from(MERGES),
    gone=st.sets(st.just(THIRD_CASE)),
    activities=st.dictionaries(st.sampled_from(CASES), st.integers(1, 300)),
    forgotten=st.sets(st.sampled_from(CASES)),
)
def test_what_is_foreseen_is_what_is_then_written(
    early: list[Segment],
    late: list[Segment],
    tampered: list[tuple[int, int | None]],
    merged_before: dict[CaseId, CaseId],
    merged_after: dict[CaseId, CaseId],
    gone: set[CaseId],
    activities: dict[CaseId, int],
    forgotten: set[CaseId],
) -> None:
    office = Office()
    for each in early:
        office.storage.create(each)
    office.totals.merged = merged_before
    office.make_right()
    for each in late:
        office.storage.create(each)
    office.tamper(tampered)
    for case in forgotten:
        office.totals.kept.pop(case, None)
    office.totals.merged = {**merged_before, **merged_after}
    office.totals.more = {
        case: Contribution(representative=CARLA, activities=seconds)
        for case, seconds in activities.items()
    }
    office.storage.gone = gone
    before, writes, days = office.recorded(), office.totals.writes, dict(office.storage.days)

    foreseen = office.rehearse()

    assert (office.totals.writes, office.storage.days) == (writes, days)
    office.make_right()
    after = office.recorded()
    assert foreseen == {case: total for case, total in after.items() if total != before.get(case)}
