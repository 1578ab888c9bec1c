"""What was known of a case when it was resolved is kept: a snapshot for each resolution.

A snapshot is written once and never again. Segments that arrive after it count for the totals of
the case, which follow the evidence; the snapshot shows what was reported at the time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from functions.timekeeping.identifiers import CaseId, RepresentativeId, ResolutionId
from functions.timekeeping.totals import Contribution, TimeByKind, summed

LATEST = timedelta(days=7)
"""How long after a resolution its snapshot can still be taken: as long as a message can wait.

What is known later than that says nothing about the resolution any more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A resolution of a case, and what the case is called."""

    id: ResolutionId
    resolved_on: datetime
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everybody's seconds on a case as they were known when it was resolved.

    ``version`` is 1 for the first resolution of the case. No two of a case have the same.
    """

    case: CaseId
    resolution: Resolution
    version: int
    time: TimeByKind


@dataclass(frozen=True, slots=True)
class ResolvedCase:
    """The resolutions of a case, in the order they happened, and everybody's time on it now.

    Attributes:
        resolutions: all that name the case.
        contributions: everybody's time.
        kept: those of which the case has a snapshot.
        versions: of all snapshots of the case.
        is_resolved: the case is resolved now.
        merged_until: when the last case that was merged into it changed, if there is any.
    """

    resolutions: Sequence[Resolution] = ()
    contributions: Mapping[RepresentativeId, Contribution] = field(default_factory=dict)
    kept: Collection[ResolutionId] = ()
    versions: Collection[int] = ()
    is_resolved: bool = False
    merged_until: datetime | None = None

    @property
    def own_resolutions(self) -> Sequence[Resolution]:
        """Those by which the case itself was resolved.

        A merge makes the surviving case that of the merged one's resolutions as well, and nothing
        in them tells whose they were. Both cases were active then. So what has happened since is
        the case's own, and so is the latest while it is resolved; of the rest, what was kept.
        """
        if self.merged_until is None:
            return self.resolutions
        latest = self.resolutions[-1:] if self.is_resolved else ()
        return [
            resolution
            for resolution in self.resolutions
            if resolution.id in self.kept
            or resolution.resolved_on > self.merged_until
            or resolution in latest
        ]


class KeepsSnapshots(Protocol):
    """Where snapshots are kept. Raises ``StorageUnavailable``."""

    def look(self, case: CaseId) -> ResolvedCase: ...

    def keep(self, snapshots: Collection[Snapshot]) -> int:
        """Create those that are not there, leave the others alone, and return how many were new."""


def keep_snapshots(case: CaseId, *, happened_at: datetime, snapshots: KeepsSnapshots) -> int:
    """Take the snapshots that are missing of a case to which something happened.

    Whatever happened: a message that was lost is made up for by the next, and one that comes twice
    or late finds nothing to do. A case without recent resolutions, or that is gone, has none due.

    Raises:
        StorageUnavailable: storage does not answer; the same again finds what is left to do.
    """
    seen = snapshots.look(case)
    time = summed(seen.contributions.values())
    due = [
        Snapshot(case=case, resolution=resolution, version=version, time=time)
        for version, resolution in _unkept(seen)
        if happened_at - resolution.resolved_on <= LATEST
    ]
    return snapshots.keep(due) if due else 0


def _unkept(seen: ResolvedCase) -> Iterator[tuple[int, Resolution]]:
    """Yield resolutions without a snapshot, each with its place among all; one taken is passed."""
    taken = set(seen.versions)
    for place, resolution in enumerate(seen.own_resolutions, 1):
        if resolution.id not in seen.kept:
            version = max(taken) + 1 if place in taken else place
            taken.add(version)
            yield version, resolution
