"""Automatic time: one row for each case, representative and day, made from her segments."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    Max,
    Operation,
    Query,
    Row,
    Sum,
    all_of,
    any_of,
    eq,
    is_current_user,
    link,
    one_of,
)
from dataverse_client import operations as op
from functions.repositories.columns import (
    CREATED_BY,
    MODIFIED_BY,
    OWNER,
    RowModel,
    Utc,
    plain,
)
from functions.repositories.segments import on_days
from functions.timekeeping.daily import NO_CASE, DailyTime, DayChange, RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id

ENTITY_SET = "cht_automatictimes"
ID = "cht_automatictimeid"
CASE = "_cht_caseid_value"
REPRESENTATIVE = "_cht_representativeid_value"
RECORDED_ON = "cht_recordedoncase"


class AutomaticTimeRow(RowModel):
    """A day's automatic time as Dataverse sends it.

    One that was ``recorded_on`` a case that was merged into another counts for the other, and is
    still made from the segments of the first. Its id tells whether that is true.
    """

    etag: str = Field(alias="@odata.etag")
    id: UUID = Field(alias=ID)
    case_id: UUID | None = Field(alias=CASE, default=None)
    recorded_on: str | None = Field(alias=RECORDED_ON, default=None)
    representative_id: UUID = Field(alias=REPRESENTATIVE)
    day: date = Field(alias="cht_day")
    tracked_seconds: int | None = Field(alias="cht_trackedseconds", default=None)
    segment_count: int | None = Field(alias="cht_segmentcount", default=None)
    created_by: UUID | None = Field(alias="_createdby_value", default=None)
    owner_id: UUID | None = Field(alias="_ownerid_value", default=None)

    @property
    def is_foreign(self) -> bool:
        """Tell whether who is named neither wrote it herself nor was given it since."""
        return self.representative_id not in (self.created_by, self.owner_id)

    @property
    def counts_for(self) -> CaseId:
        return CaseId(self.case_id) if self.case_id else NO_CASE

    @property
    def worked_on(self) -> CaseId:
        """The case whose segments it is made from."""
        try:
            recorded_on = CaseId(UUID(self.recorded_on or ""))
        except ValueError:
            return self.counts_for
        whose = RepresentativeId(self.representative_id)
        is_so = self.id == automatic_time_id(recorded_on, whose, self.day)
        return recorded_on if is_so else self.counts_for

    def to_recorded_day(self) -> RecordedDay:
        time = DailyTime(
            case=self.worked_on,
            representative=RepresentativeId(self.representative_id),
            day=self.day,
            tracked_seconds=self.tracked_seconds or 0,
            segment_count=self.segment_count or 0,
        )
        is_the_one = self.id == _id_of(time)
        return RecordedDay(
            time,
            self.etag,
            stray=None if is_the_one else self.id,
            counts_for=self.counts_for if self.counts_for != time.case else None,
            foreign=self.is_foreign,
        )


class PlaceRow(RowModel):
    """Whose day a row says it is, and where it counts."""

    etag: str = Field(alias="@odata.etag")
    id: UUID = Field(alias=ID)
    case_id: UUID | None = Field(alias=CASE, default=None)
    representative_id: UUID | None = Field(alias=REPRESENTATIVE, default=None)
    day: date | None = Field(alias="cht_day", default=None)
    tracked_seconds: int | None = Field(alias="cht_trackedseconds", default=None)


class TrackedRow(RowModel):
    """What a representative's days on a case add up to."""

    representative_id: UUID = Field(alias=REPRESENTATIVE)
    seconds: int | None = Field(alias="seconds")
    last_seen: Utc | None = Field(alias="lastseen", default=None)


ANY = Query(ENTITY_SET).select(ID).top(1)
"""Asks whether there is a day at all, to see whether it may be asked."""


def of_days(days: Iterable[date], representative: RepresentativeId | None) -> Query:
    """Ask for the caller's recorded days; without her id, by who calls."""
    caller = (
        is_current_user(REPRESENTATIVE)
        if representative is None
        else eq(REPRESENTATIVE, representative)
    )
    columns = AutomaticTimeRow.columns()
    return Query(ENTITY_SET).select(*columns).where(caller).where(on_days(days))


def of_work_days(days: Mapping[RepresentativeId, Collection[date]]) -> Query:
    """Ask for recorded days of several representatives."""
    hers = (all_of(eq(REPRESENTATIVE, whose), on_days(of)) for whose, of in days.items())
    return Query(ENTITY_SET).select(*AutomaticTimeRow.columns()).where(any_of(*hers))


def to_recorded_days(rows: Iterable[Row]) -> tuple[RecordedDay, ...]:
    return tuple(AutomaticTimeRow.model_validate(row).to_recorded_day() for row in rows)


def in_place_of(changes: Iterable[DayChange]) -> Query:
    """Ask for the rows that have the ids of new days."""
    ids = [_id_of(each.time) for each in changes]
    return Query(ENTITY_SET).select(*PlaceRow.columns()).where(one_of(ID, ids))


def put_back(changes: Iterable[DayChange], rows: Iterable[Row]) -> dict[DayChange, DayChange]:
    """Return for new days what to write over rows that have their ids and say to be another's.

    The id of a day is hers alone, so somebody wrote something else into the row.
    """
    found = {row.id: row for row in map(PlaceRow.model_validate, rows)}
    return {
        each: replace(each, version=row.etag, put_back=True)
        for each in changes
        if (row := found.get(_id_of(each.time)))
        and (row.representative_id, row.day) != (each.time.representative, each.time.day)
    }


def displaced(changes: Iterable[DayChange], rows: Iterable[Row]) -> dict[DayChange, RecordedDay]:
    """Return for new days what the rows say that have their ids: whose, on which case, how much.

    A row that names nobody counts nowhere, and says nothing.
    """
    found = {row.id: row for row in map(PlaceRow.model_validate, rows)}
    said = {}
    for each in changes:
        row = found.get(_id_of(each.time))
        if row and row.representative_id:
            time = replace(
                each.time,
                case=CaseId(row.case_id) if row.case_id else NO_CASE,
                representative=RepresentativeId(row.representative_id),
                tracked_seconds=row.tracked_seconds or 0,
            )
            said[each] = RecordedDay(time, row.etag, stray=row.id)
    return said


def _id_of(time: DailyTime) -> UUID:
    return automatic_time_id(time.case, time.representative, time.day)


def tracked_on(case: CaseId) -> Query:
    """Ask for the seconds tracked on a case by each representative."""
    return (
        Query(ENTITY_SET)
        .where(eq(CASE, case))
        .aggregate(
            Sum("cht_trackedseconds", "seconds"),
            Max("modifiedon", "lastseen"),
            by=(REPRESENTATIVE, OWNER, CREATED_BY, MODIFIED_BY),
        )
    )


def write(change: DayChange) -> Operation[None]:
    """Write a day only over the version it was worked out from.

    Safe to repeat after a lost answer: it then meets its own change and is refused, and the days
    are read again.
    """
    time = change.time
    key = change.stray or _id_of(time)
    figures = {
        "cht_trackedseconds": time.tracked_seconds,
        "cht_segmentcount": time.segment_count,
    }
    row = {
        "cht_name": plain(time.day),
        "cht_CaseId@odata.bind": link("incidents", time.case),
        "cht_RepresentativeId@odata.bind": link("systemusers", time.representative),
        "cht_day": plain(time.day),
        **figures,
    }
    if change.version is not None:
        columns = row | {RECORDED_ON: None} if change.put_back else figures
        update = op.update(ENTITY_SET, key, columns, if_match=change.version)
        return replace(update, repeatable=True)
    return op.merge_or_create(ENTITY_SET, key, row, only_create=True)
