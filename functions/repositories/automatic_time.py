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
)
from dataverse_client import operations as op
from functions.repositories.columns import RowModel, Utc, plain
from functions.repositories.segments import on_days
from functions.timekeeping.daily import DailyTime, DayChange, RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id

ENTITY_SET = "cht_automatictimes"
ID = "cht_automatictimeid"
CASE = "_cht_caseid_value"
REPRESENTATIVE = "_cht_representativeid_value"


class AutomaticTimeRow(RowModel):
    """A day's automatic time as Dataverse sends it.

    One that was ``recorded_on`` a case that was merged into another counts for the other, and is
    still made from the segments of the first. Its id tells whether that is true.
    """

    etag: str = Field(alias="@odata.etag")
    id: UUID = Field(alias=ID)
    case_id: UUID = Field(alias=CASE)
    recorded_on: str | None = Field(alias="cht_recordedoncase", default=None)
    representative_id: UUID = Field(alias=REPRESENTATIVE)
    day: date = Field(alias="cht_day")
    tracked_seconds: int = Field(alias="cht_trackedseconds")
    segment_count: int = Field(alias="cht_segmentcount")

    @property
    def worked_on(self) -> CaseId:
        """The case whose segments it is made from."""
        try:
            recorded_on = CaseId(UUID(self.recorded_on or ""))
        except ValueError:
            return CaseId(self.case_id)
        whose = RepresentativeId(self.representative_id)
        is_so = self.id == automatic_time_id(recorded_on, whose, self.day)
        return recorded_on if is_so else CaseId(self.case_id)

    def to_recorded_day(self) -> RecordedDay:
        time = DailyTime(
            case=self.worked_on,
            representative=RepresentativeId(self.representative_id),
            day=self.day,
            tracked_seconds=self.tracked_seconds,
            segment_count=self.segment_count,
        )
        is_the_one = self.id == automatic_time_id(time.case, time.representative, time.day)
        return RecordedDay(time, self.etag, None if is_the_one else self.id)


class TrackedRow(RowModel):
    """What a representative's days on a case add up to."""

    representative_id: UUID = Field(alias=REPRESENTATIVE)
    seconds: int | None = Field(alias="seconds")
    last_seen: Utc | None = Field(alias="lastseen", default=None)


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


def tracked_on(case: CaseId) -> Query:
    """Ask for the seconds tracked on a case by each representative."""
    return (
        Query(ENTITY_SET)
        .where(eq(CASE, case))
        .aggregate(
            Sum("cht_trackedseconds", "seconds"),
            Max("modifiedon", "lastseen"),
            by=(REPRESENTATIVE,),
        )
    )


def write(change: DayChange) -> Operation[None]:
    """Write a day only over the version it was worked out from.

    Safe to repeat after a lost answer: it then meets its own change and is refused, and the days
    are read again.
    """
    time = change.time
    key = change.stray or automatic_time_id(time.case, time.representative, time.day)
    figures = {
        "cht_trackedseconds": time.tracked_seconds,
        "cht_segmentcount": time.segment_count,
    }
    if change.version is not None:
        update = op.update(ENTITY_SET, key, figures, if_match=change.version)
        return replace(update, repeatable=True)
    row = {
        "cht_name": plain(time.day),
        "cht_CaseId@odata.bind": link("incidents", time.case),
        "cht_RepresentativeId@odata.bind": link("systemusers", time.representative),
        "cht_day": plain(time.day),
        **figures,
    }
    return op.merge_or_create(ENTITY_SET, key, row, only_create=True)
