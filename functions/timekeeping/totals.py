"""What a case's time amounts to: by kind, for everyone and for the one who looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from functions.timekeeping.identifiers import CaseId, RepresentativeId


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeByKind:
    """Seconds by how they came to be; the sums count each kind once."""

    automatic: int = 0
    time_logs: int = 0
    activities: int = 0

    @property
    def manual(self) -> int:
        return self.time_logs + self.activities

    @property
    def total(self) -> int:
        return self.automatic + self.manual


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One representative's seconds on one case, as recorded.

    ``adjusted`` is the sum of her ``corrections``, which are counted; it may be negative.
    """

    representative: RepresentativeId
    tracked: int = 0
    adjusted: int = 0
    corrections: int = 0
    time_logs: int = 0
    activities: int = 0
    last_seen: datetime | None = None

    @property
    def automatic(self) -> int:
        """Tracked seconds with her corrections, never below 0."""
        return max(0, self.tracked + self.adjusted)

    @property
    def by_kind(self) -> TimeByKind:
        return TimeByKind(
            automatic=self.automatic, time_logs=self.time_logs, activities=self.activities
        )


class Scope(StrEnum):
    """Whose time the figures of an answer are."""

    EVERYONE = "everyone"
    MINE = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTime:
    """What the widget shows of a case; with scope ``mine`` both figures are the viewer's."""

    case: CaseId
    scope: Scope
    shown: TimeByKind
    mine: TimeByKind
    updated_at: datetime
    next_update_at: datetime
    stale: bool = False


def summed(contributions: Iterable[Contribution]) -> TimeByKind:
    """Return everybody's seconds by kind; each representative's automatic time is floored first."""
    parts = [contribution.by_kind for contribution in contributions]
    return TimeByKind(
        automatic=sum(part.automatic for part in parts),
        time_logs=sum(part.time_logs for part in parts),
        activities=sum(part.activities for part in parts),
    )


def shown_and_mine(
    contributions: Mapping[RepresentativeId, Contribution],
    *,
    viewer: RepresentativeId,
    scope: Scope,
) -> tuple[TimeByKind, TimeByKind]:
    """Return what the viewer may see of all, and her own part."""
    own = contributions.get(viewer)
    mine = own.by_kind if own else TimeByKind()
    return (summed(contributions.values()) if scope is Scope.EVERYONE else mine), mine


def outdated(time: CaseTime, scope: Scope) -> CaseTime:
    """Return earlier figures marked stale, showing no more than the scope now allows."""
    shown = time.shown if scope is Scope.EVERYONE else time.mine
    both = Scope.EVERYONE if Scope.MINE not in (scope, time.scope) else Scope.MINE
    return replace(time, scope=both, shown=shown, stale=True)
