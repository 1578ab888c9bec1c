"""A case, as far as time accounting looks at it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.settings import Settings


class CaseState(Enum):
    """``incident.statecode``."""

    ACTIVE = 0
    RESOLVED = 1
    CANCELLED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case that the caller may read; ``ended_at`` is when it was resolved or cancelled.

    One that was merged into another is cancelled, and its time counts for the other.
    """

    id: CaseId
    state: CaseState
    ended_at: datetime | None = None
    merged_into: CaseId | None = None

    def was_active_at(self, moment: datetime) -> bool:
        return self.state is CaseState.ACTIVE or (
            self.ended_at is not None and moment < self.ended_at
        )


class StopReason(StrEnum):
    """Why a case is not tracked now."""

    CASE_RESOLVED = "case_resolved"
    CASE_CANCELLED = "case_cancelled"
    TRACKING_DISABLED = "tracking_disabled"


def stop_reason(case: Case, settings: Settings) -> StopReason | None:
    """Return why the case is not tracked now, or ``None`` when it is."""
    if not settings.handling_time_enabled:
        return StopReason.TRACKING_DISABLED
    match case.state:
        case CaseState.RESOLVED:
            return StopReason.CASE_RESOLVED
        case CaseState.CANCELLED:
            return StopReason.CASE_CANCELLED
        case CaseState.ACTIVE:  # pragma: no branch - there is no other state
            return None
