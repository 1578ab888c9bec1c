"""A representative logs time by hand, changes her own logs, voids them and brings them back.

Every write names its key and sets absolute values, so that a repeated request changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from functions.timekeeping.days import day_of
from functions.timekeeping.entries import Category, TimeLog
from functions.timekeeping.errors import (
    CaseNotFound,
    EntryExists,
    EntryNotFound,
    InvalidEntry,
    NotYourEntry,
    TimeLogsNotAllowed,
)
from functions.timekeeping.identifiers import CaseId, TimeLogId
from functions.timekeeping.totals import Scope
from functions.usecases.ledger import Ledger, Look, Snapshot


class KeepsTimeLogs(Protocol):
    """Where time logs are: found for the service, written as the caller."""

    def find(self, case: CaseId, log: TimeLogId) -> TimeLog | None: ...

    def add(self, log: TimeLog) -> bool:
        """Write a new log; ``False`` when its id is taken."""

    def save(self, log: TimeLogId, change: "TimeLogChange") -> None:
        """Write what a change names, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimeLog:
    """What the caller enters; without ``logged_on`` it is today's."""

    id: TimeLogId
    minutes: int
    category: Category
    note: str = ""
    logged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLogChange:
    """What the caller changes; ``None`` leaves a value as it is."""

    minutes: int | None = None
    category: Category | None = None
    note: str | None = None
    logged_on: date | None = None
    voided: bool | None = None

    def values(self) -> Mapping[str, object]:
        given = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLogging:
    """The caller's time logs on one case.

    Every method raises ``CaseNotFound`` when she may not read the case, and ``StorageUnavailable``
    when storage does not answer; nothing is written then, or what a repetition writes again.
    """

    case: CaseId
    app: str | None
    now: datetime
    ledger: Ledger
    logs: KeepsTimeLogs

    def add(self, entered: NewTimeLog) -> TimeLog:
        """Log time and return the log; the same log again returns the one there is.

        Raises:
            TimeLogsNotAllowed: the administrator switched logging off.
            EntryExists: the id is another log's.
            InvalidEntry: the day is yet to come.
        """
        snapshot = self._look()
        if not snapshot.settings.for_app(self.app).time_logs_allowed:
            raise TimeLogsNotAllowed("new time logs are switched off")
        log = TimeLog(
            id=entered.id,
            case=self.case,
            representative=snapshot.representative,
            minutes=entered.minutes,
            category=entered.category,
            note=entered.note,
            logged_on=self._past_day(entered.logged_on, snapshot),
            created_at=self.now,
        )
        if self.logs.add(log):
            return log
        existing = self.logs.find(self.case, entered.id)
        if existing is None or not _says_the_same(existing, log, day_given=entered.logged_on):
            raise EntryExists(f"the id {entered.id} is taken")
        return existing

    def change(self, log: TimeLogId, change: TimeLogChange) -> TimeLog:
        """Change one's own log and return it as it is now.

        Raises:
            EntryNotFound: no such log on this case that the caller may see.
            NotYourEntry: somebody else's.
            InvalidEntry: the day is yet to come.
        """
        snapshot = self._look()
        existing = self.logs.find(self.case, log)
        if existing is None:
            raise EntryNotFound(f"no time log {log}")
        if existing.representative != snapshot.representative:
            if snapshot.settings.for_app(self.app).scope is Scope.EVERYONE:
                raise NotYourEntry("only your own time logs can be changed")
            raise EntryNotFound(f"no time log {log}")
        if change.logged_on is not None:
            self._past_day(change.logged_on, snapshot)
        changed = replace(existing, **change.values())  # type: ignore[arg-type]
        if changed != existing:
            self.logs.save(log, change)
        return changed

    def _look(self) -> Snapshot:
        snapshot = self.ledger.look(Look(cases=frozenset({self.case}), app=self.app))
        if self.case not in snapshot.cases:
            raise CaseNotFound(f"no case {self.case}")
        return snapshot

    def _past_day(self, day: date | None, snapshot: Snapshot) -> date:
        today = day_of(self.now, snapshot.settings.environment.reporting_zone)
        if day is not None and day > today:
            raise InvalidEntry("loggedOn", f"{day} is yet to come; today is {today}")
        return day or today


def _says_the_same(existing: TimeLog, log: TimeLog, *, day_given: date | None) -> bool:
    """Tell whether a log is what was entered; today's may be repeated after midnight."""
    return existing == replace(
        log,
        logged_on=day_given or existing.logged_on,
        created_at=existing.created_at,
        name=existing.name,
        voided=existing.voided,
    )
