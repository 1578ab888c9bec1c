"""What was known of a case when it was resolved is kept: a snapshot for each resolution.

A snapshot is written once and never again. Segments that arrive after it count for the totals of
the case, which follow the evidence; the snapshot shows what was reported at the time.
"""

from collections.abc import Collection, Mapping, Sequence
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

    ``version`` is 1 for the first resolution of the case.
    """

    case: CaseId
    resolution: Resolution
    version: int
    time: TimeByKind


@dataclass(frozen=True, slots=True)
class ResolvedCase:
    """All resolutions of a case, in the order they happened, and everybody's time on it now."""

    resolutions: Sequence[Resolution] = ()
    contributions: Mapping[RepresentativeId, Contribution] = field(default_factory=dict)


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
    due = [
        (version, resolution)
        for version, resolution in enumerate(seen.resolutions, 1)
        if happened_at - resolution.resolved_on <= LATEST
    ]
    if not due:
        return 0
    time = summed(seen.contributions.values())
    return snapshots.keep(
        [
            Snapshot(case=case, resolution=resolution, version=version, time=time)
            for version, resolution in due
        ]
    )
