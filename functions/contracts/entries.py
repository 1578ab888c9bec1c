"""What people enter by hand, and what they see of it."""

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import BeforeValidator, Field, StringConstraints

from functions.contracts.wire import Body, Moment, NewId, View, Words, at_most, from_full_date
from functions.timekeeping.entries import Category, TimeLog
from functions.timekeeping.identifiers import TimeLogId
from functions.usecases.log_time import NewTimeLog, TimeLogChange

MOST_MINUTES = 1440
MOST_SECONDS = 366 * 86_400

Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]
Note = Annotated[str, Words, at_most(500)]
Reason = Annotated[str, Words, StringConstraints(min_length=1), at_most(500)]
CategoryNumber = Annotated[int, Field(ge=min(Category), le=max(Category))]
"""0 Research, 1 Collaboration, 2 External Tool, 3 Miscellaneous."""

Day = Annotated[
    date, BeforeValidator(from_full_date), Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))
]


class TimeLogBody(Body):
    """``POST cases/{caseId}/time-logs``. Send an ``id`` to be able to repeat the call safely."""

    id: NewId = Field(default_factory=uuid4)
    minutes: Minutes
    category: CategoryNumber
    note: Note = ""
    logged_on: Day | None = None

    def to_time_log(self) -> NewTimeLog:
        return NewTimeLog(
            id=TimeLogId(self.id),
            minutes=self.minutes,
            category=Category(self.category),
            note=self.note,
            logged_on=self.logged_on,
        )


class TimeLogChangeBody(Body):
    """``PATCH cases/{caseId}/time-logs/{id}``: what is left out stays as it is."""

    minutes: Minutes | None = None
    category: CategoryNumber | None = None
    note: Note | None = None
    logged_on: Day | None = None

    def to_change(self) -> TimeLogChange:
        return TimeLogChange(
            minutes=self.minutes,
            category=None if self.category is None else Category(self.category),
            note=self.note,
            logged_on=self.logged_on,
        )


class AutomaticTimeBody(Body):
    """``PUT cases/{caseId}/automatic-time``: the caller's own becomes this, and why."""

    duration_seconds: Annotated[int, Field(ge=0, le=MOST_SECONDS)]
    reason: Reason


class TimeLogView(View):
    """One time log; ``status`` is ``voided`` when it does not count."""

    id: UUID
    representative_id: UUID
    name: str | None
    mine: bool
    minutes: int
    category: int
    note: str
    logged_on: date
    status: str
    created_at: Moment

    @classmethod
    def of(cls, log: TimeLog, *, mine: bool) -> "TimeLogView":
        return cls(
            id=log.id,
            representative_id=log.representative,
            name=log.name,
            mine=mine,
            minutes=log.minutes,
            category=log.category.value,
            note=log.note,
            logged_on=log.logged_on,
            status="voided" if log.voided else "active",
            created_at=log.created_at,
        )
