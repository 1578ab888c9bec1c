"""Time logs: minutes that representatives enter by hand. An inactive row is a voided log."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    DataverseClient,
    DuplicateRow,
    Max,
    Operation,
    Query,
    Row,
    Sum,
    all_of,
    any_of,
    eq,
    link,
    ne,
)
from dataverse_client import operations as op
from functions.repositories.automatic_time import RECORDED_ON
from functions.repositories.availability import as_service, in_time
from functions.repositories.columns import CREATED_BY, FORMATTED, OWNER, RowModel, Utc, plain
from functions.repositories.paging import Cursor, Place, page, page_query
from functions.timekeeping.entries import Category, TimeLog
from functions.timekeeping.identifiers import CaseId, RepresentativeId, TimeLogId
from functions.usecases.log_time import TimeLogChange
from functions.usecases.show_history import Part, Section

ENTITY_SET = "cht_timelogs"
ID = "cht_timelogid"
CASE = "_cht_caseid_value"
REPRESENTATIVE = "_cht_representativeid_value"
ACTIVE, INACTIVE = 0, 1
STATES = {False: ACTIVE, True: INACTIVE}
STATUSES = {False: 1, True: 2}
"""State and status by whether the log is voided."""

WHOLE = all_of(ne(REPRESENTATIVE, None), ne("cht_loggedon", None))
"""A log says whose and when; forms ask for it, a console does not. Another one counts nowhere."""


class TimeLogRow(RowModel):
    """A time log as Dataverse sends it."""

    id: UUID = Field(alias=ID)
    case_id: UUID = Field(alias=CASE)
    representative_id: UUID = Field(alias=REPRESENTATIVE)
    name: str | None = Field(alias=f"{REPRESENTATIVE}@{FORMATTED}", default=None)
    minutes: int | None = Field(alias="cht_minutes", default=None)
    category: int | None = Field(alias="cht_category", default=None)
    note: str | None = Field(alias="cht_note", default=None)
    logged_on: date = Field(alias="cht_loggedon")
    state: int = Field(alias="statecode")
    created_on: Utc = Field(alias="createdon")

    def to_time_log(self) -> TimeLog:
        return TimeLog(
            id=TimeLogId(self.id),
            case=CaseId(self.case_id),
            representative=RepresentativeId(self.representative_id),
            name=self.name,
            minutes=self.minutes or 0,
            category=_category(self.category),
            note=self.note or "",
            logged_on=self.logged_on,
            voided=self.state == INACTIVE,
            created_at=self.created_on,
        )


def _category(number: int | None) -> Category:
    """Return the category; none, and one that somebody added to the choice, is miscellaneous."""
    return Category(number) if number in set(Category) else Category.MISCELLANEOUS


class LoggedRow(RowModel):
    """What a representative's logs on a case add up to; voided ones are left out."""

    representative_id: UUID = Field(alias=REPRESENTATIVE)
    minutes: int | None = Field(alias="minutes")
    last_seen: Utc | None = Field(alias="lastseen", default=None)


def logged_on(case: CaseId) -> Query:
    """Ask for the minutes logged on a case, by whose they say to be and whose they are."""
    return (
        Query(ENTITY_SET)
        .where(all_of(eq(CASE, case), eq("statecode", ACTIVE), ne("cht_loggedon", None)))
        .aggregate(
            Sum("cht_minutes", "minutes"),
            Max("createdon", "lastseen"),
            by=(REPRESENTATIVE, OWNER, CREATED_BY),
        )
    )


def of_case(case: CaseId, only: RepresentativeId | None, cursor: Cursor | None) -> Query:
    """Ask for a page of a case's logs, the latest day first."""
    query = (
        Query(ENTITY_SET)
        .select(*TimeLogRow.columns())
        .where(all_of(eq(CASE, case), WHOLE))
        .annotated(FORMATTED)
    )
    if only is not None:
        query = query.where(eq(REPRESENTATIVE, only))
    return page_query(query, cursor, day_column="cht_loggedon")


def of_log(case: CaseId, log: TimeLogId) -> Query:
    """Ask for one log, if it was entered on the case or counts for it."""
    entered_here = any_of(eq(CASE, case), eq(RECORDED_ON, str(case)))
    return (
        Query(ENTITY_SET)
        .select(*TimeLogRow.columns())
        .where(all_of(eq(ID, log), entered_here, WHOLE))
        .annotated(FORMATTED)
    )


def to_page(rows: Iterable[Row], cursor: Cursor | None) -> Part[TimeLog]:
    logs: Sequence[TimeLog] = [TimeLogRow.model_validate(row).to_time_log() for row in rows]
    return page(
        logs,
        cursor,
        section=Section.TIME_LOGS,
        key=lambda log: log.id,
        place=lambda log: Place(day=log.logged_on, created=log.created_at),
    )


class TimeLogs:
    """The time logs of all cases: found as the service, written as the person who logs."""

    def __init__(self, *, service: DataverseClient, person: DataverseClient) -> None:
        self._service = service
        self._person = person

    @in_time
    @as_service
    def find(self, case: CaseId, log: TimeLogId) -> TimeLog | None:
        """Return a log of the case; so is one that counts for another since they were merged."""
        for row in self._service.send(op.read_rows(of_log(case, log))).rows:
            return replace(TimeLogRow.model_validate(row).to_time_log(), case=case)
        return None

    @in_time
    def add(self, log: TimeLog) -> bool:
        try:
            self._person.send(_create(log))
        except DuplicateRow:
            return False
        return True

    @in_time
    def save(self, log: TimeLogId, change: TimeLogChange) -> None:
        self._person.update(ENTITY_SET, log, _changed(change))


def _create(log: TimeLog) -> Operation[UUID]:
    row = {
        ID: str(log.id),
        "cht_name": plain(log.logged_on),
        "cht_CaseId@odata.bind": link("incidents", log.case),
        "cht_RepresentativeId@odata.bind": link("systemusers", log.representative),
        "cht_minutes": log.minutes,
        "cht_category": log.category.value,
        "cht_note": log.note,
        "cht_loggedon": plain(log.logged_on),
    }
    return op.create(ENTITY_SET, row, id_column=ID)


def _changed(change: TimeLogChange) -> dict[str, object]:
    columns: dict[str, object] = {
        "cht_minutes": change.minutes,
        "cht_category": None if change.category is None else change.category.value,
        "cht_note": change.note,
        "cht_loggedon": None if change.logged_on is None else plain(change.logged_on),
        "statecode": None if change.voided is None else STATES[change.voided],
        "statuscode": None if change.voided is None else STATUSES[change.voided],
    }
    return {column: value for column, value in columns.items() if value is not None}
