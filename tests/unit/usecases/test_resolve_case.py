from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from functions.timekeeping.identifiers import CaseId, ResolutionId
from functions.timekeeping.totals import Contribution, TimeByKind
from functions.usecases.resolve_case import Resolution, ResolvedCase, Snapshot, keep_snapshots
from tests.builders import AMIRA, BORIS, CASE, NOON

FIRST, SECOND = (ResolutionId(UUID(int=number)) for number in (1, 2))


def resolution(which: ResolutionId, *, at: datetime = NOON) -> Resolution:
    return Resolution(id=which, resolved_on=at, title="Printer on fire")


class MemorySnapshots:
    """Snapshots in memory, created once."""

    def __init__(self, *resolutions: Resolution) -> None:
        self.of_case = list(resolutions)
        self.time = {
            AMIRA: Contribution(representative=AMIRA, tracked=100, adjusted=-30, time_logs=60),
            BORIS: Contribution(representative=BORIS, tracked=10, adjusted=-30, activities=120),
        }
        self.kept: dict[ResolutionId, Snapshot] = {}
        self.versions: set[int] = set()
        self.is_resolved = False
        self.merged_until: datetime | None = None
        self.writes = 0

    def look(self, case: CaseId) -> ResolvedCase:
        if case != CASE:
            return ResolvedCase()
        return ResolvedCase(
            resolutions=self.of_case,
            contributions=self.time,
            kept=self.kept.keys(),
            versions=self.versions | {snapshot.version for snapshot in self.kept.values()},
            is_resolved=self.is_resolved,
            merged_until=self.merged_until,
        )

    def keep(self, snapshots: Collection[Snapshot]) -> int:
        self.writes += 1
        before = len(self.kept)
        self.kept = {each.resolution.id: each for each in snapshots} | self.kept
        return len(self.kept) - before


def test_a_snapshot_is_everybodys_time_by_kind() -> None:
    snapshots = MemorySnapshots(resolution(FIRST))

    assert keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots) == 1

    assert snapshots.kept[FIRST] == Snapshot(
        case=CASE,
        resolution=resolution(FIRST),
        version=1,
        time=TimeByKind(automatic=70, time_logs=60, activities=120),
    )


def test_what_is_kept_stays_when_the_time_changes() -> None:
    snapshots = MemorySnapshots(resolution(FIRST))
    keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots)
    before = dict(snapshots.kept)
    snapshots.time[AMIRA] = Contribution(representative=AMIRA, tracked=999)

    assert keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots) == 0
    assert (snapshots.kept, snapshots.writes) == (before, 1)


def test_a_version_is_the_place_among_all_resolutions_and_one_that_was_missed_is_made_up_for() -> (
    None
):
    snapshots = MemorySnapshots(resolution(FIRST), resolution(SECOND))

    keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots)

    assert {which: each.version for which, each in snapshots.kept.items()} == {FIRST: 1, SECOND: 2}


def test_of_a_resolution_of_long_ago_nothing_is_known_now() -> None:
    old = resolution(FIRST, at=NOON - timedelta(days=7, seconds=1))
    snapshots = MemorySnapshots(old, resolution(SECOND))

    keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots)

    assert {which: each.version for which, each in snapshots.kept.items()} == {SECOND: 2}


@pytest.mark.parametrize("case", [CASE, CaseId(UUID(int=5))])
def test_without_a_resolution_nothing_is_written(case: CaseId) -> None:
    snapshots = MemorySnapshots()

    assert keep_snapshots(case, happened_at=NOON, snapshots=snapshots) == 0
    assert snapshots.writes == 0


def test_a_version_that_is_taken_is_not_given_again() -> None:
    snapshots = MemorySnapshots(resolution(FIRST), resolution(SECOND))
    snapshots.versions = {2, 4}

    keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots)

    assert {which: snapshot.version for which, snapshot in snapshots.kept.items()} == {
        FIRST: 1,
        SECOND: 5,
    }


@pytest.mark.parametrize(
    ("merged_after", "is_resolved", "kept"),
    [
        pytest.param(0, False, set(), id="merged since: whose they were nobody can tell"),
        pytest.param(0, True, {SECOND}, id="resolved now: the latest is its own"),
        pytest.param(-5, False, {SECOND}, id="between them: what happened since is its own"),
        pytest.param(-20, False, {FIRST, SECOND}, id="merged before: all are its own"),
    ],
)
def test_of_a_case_that_others_were_merged_into_only_its_own_resolutions_are_kept(
    merged_after: int, kept: set[ResolutionId], *, is_resolved: bool
) -> None:
    first = resolution(FIRST, at=NOON - timedelta(minutes=10))
    snapshots = MemorySnapshots(first, resolution(SECOND))
    snapshots.merged_until = NOON + timedelta(minutes=merged_after)
    snapshots.is_resolved = is_resolved

    keep_snapshots(CASE, happened_at=NOON, snapshots=snapshots)

    assert snapshots.kept.keys() == kept
    assert [snapshot.version for snapshot in snapshots.kept.values()] == list(
        range(1, len(kept) + 1)
    )
