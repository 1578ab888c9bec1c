"""Activities regarding a case. The resolution of a case is one too, and none of its work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    Condition,
    DataverseClient,
    Max,
    Query,
    Row,
    RowNotFound,
    Sum,
    all_of,
    any_of,
    eq,
    ne,
)
from dataverse_client import operations as op
from functions.repositories.availability import as_service, in_time
from functions.repositories.columns import FORMATTED, RowModel, Utc
from functions.repositories.pace import Pace
from functions.repositories.paging import Cursor, Place, page, page_query
from functions.timekeeping.entries import Activity
from functions.timekeeping.identifiers import ActivityId, CaseId, RepresentativeId
from functions.usecases.show_history import Part, Section

ENTITY_SET = "activitypointers"
OWNER = "_ownerid_value"
REGARDING = "_regardingobjectid_value"
STATUS_OF = {0: "open", 1: "completed", 2: "canceled", 3: "scheduled"}


class ActivityRow(RowModel):
    """An activity as Dataverse sends it."""

    id: UUID = Field(alias="activityid")
    kind: str = Field(alias="activitytypecode")
    subject: str | None = Field(alias="subject")
    owner_id: UUID = Field(alias=OWNER)
    name: str | None = Field(alias=f"{OWNER}@{FORMATTED}", default=None)
    minutes: int | None = Field(alias="actualdurationminutes")
    state: int = Field(alias="statecode")
    created_on: Utc = Field(alias="createdon")

    def to_activity(self) -> Activity:
        return Activity(
            id=self.id,
            kind=self.kind,
            subject=self.subject or "",
            representative=RepresentativeId(self.owner_id),
            name=self.name,
            minutes=self.minutes or 0,
            status=STATUS_OF.get(self.state, "open"),
            at=self.created_on,
        )


class SpentRow(RowModel):
    """What an owner's activities on a case add up to."""

    owner_id: UUID = Field(alias=OWNER)
    minutes: int | None = Field(alias="minutes")
    last_seen: Utc | None = Field(alias="lastseen", default=None)


class RegardingRow(RowModel):
    """What an activity regards, of whatever table."""

    id: UUID | None = Field(alias="_regardingobjectid_value")


@dataclass(frozen=True, slots=True)
class Activities:
    """Activities, read as the application user."""

    service: DataverseClient
    pace: Pace

    @in_time
    @as_service
    def regarded_by(self, activity: ActivityId) -> CaseId | None:
        """Return what an activity regards, which need not be a case; None if there is no such."""
        columns = RegardingRow.columns()
        try:
            with self.pace.request():
                row = self.service.send(op.read_row(ENTITY_SET, activity, select=columns))
        except RowNotFound:
            return None
        regarded = RegardingRow.model_validate(row).id
        return CaseId(regarded) if regarded else None


def _regarding(case: CaseId) -> Condition:
    return all_of(eq(REGARDING, case), ne("activitytypecode", "incidentresolution"))


def spent_on(case: CaseId) -> Query:
    """Ask for the minutes of a case's activities by owner."""
    return (
        Query(ENTITY_SET)
        .where(_regarding(case))
        .aggregate(
            Sum("actualdurationminutes", "minutes"), Max("modifiedon", "lastseen"), by=(OWNER,)
        )
    )


def spent_on_all(cases: Iterable[CaseId]) -> Query:
    """Ask for the minutes of each case's activities, whoever owns them."""
    of_cases = any_of(*(eq(REGARDING, case) for case in cases))
    return (
        Query(ENTITY_SET)
        .where(all_of(of_cases, ne("activitytypecode", "incidentresolution")))
        .aggregate(Sum("actualdurationminutes", "minutes"), by=(REGARDING,))
    )


def of_case(case: CaseId, only: RepresentativeId | None, cursor: Cursor | None) -> Query:
    """Ask for a page of a case's activities, newest first."""
    query = (
        Query(ENTITY_SET)
        .select(*ActivityRow.columns())
        .where(_regarding(case))
        .annotated(FORMATTED)
    )
    if only is not None:
        query = query.where(eq(OWNER, only))
    return page_query(query, cursor, day_column=None)


def to_page(rows: Iterable[Row], cursor: Cursor | None) -> Part[Activity]:
    activities: Sequence[Activity] = [ActivityRow.model_validate(row).to_activity() for row in rows]
    return page(
        activities,
        cursor,
        section=Section.ACTIVITIES,
        key=lambda activity: activity.id,
        place=lambda activity: Place(created=activity.at),
    )
