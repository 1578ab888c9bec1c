"""What people enter by hand: time logs, and corrections of their automatic time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from uuid import UUID

from functions.timekeeping.identifiers import AdjustmentId, CaseId, RepresentativeId, TimeLogId


class Category(IntEnum):
    """What logged time was spent on; numbered as in Dataverse."""

    RESEARCH = 0
    COLLABORATION = 1
    EXTERNAL_TOOL = 2
    MISCELLANEOUS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLog:
    """Time logged by hand. A voided log does not count and can be restored."""

    id: TimeLogId
    case: CaseId
    representative: RepresentativeId
    minutes: int
    category: Category
    note: str
    logged_on: date
    created_at: datetime
    voided: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A correction of one's own automatic time: from, to and why; ``delta`` is what it adds.

    ``delta`` is more than the difference where recorded time had fallen below 0.
    """

    id: AdjustmentId
    case: CaseId
    representative: RepresentativeId
    day: date
    delta_seconds: int
    from_seconds: int
    to_seconds: int
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity regarding the case, with the minutes it took."""

    id: UUID
    kind: str
    subject: str
    representative: RepresentativeId
    minutes: int
    status: str
    at: datetime
    name: str | None = None
