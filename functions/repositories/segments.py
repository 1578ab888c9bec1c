"""Focus segments: evidence in an elastic table, one partition for each representative."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    Condition,
    ElasticKey,
    Operation,
    Query,
    Row,
    any_of,
    eq,
    is_current_user,
    link,
)
from dataverse_client import operations as op
from functions.repositories.columns import RowModel, Utc, iso, plain
from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId
from functions.timekeeping.segments import Segment, Surface
from functions.timekeeping.spans import Span

ENTITY_SET = "cht_focussegments"
ID = "cht_focussegmentid"
SURFACES = {Surface.WORKSPACE: 0, Surface.HUB: 1, Surface.INBOX: 2}
SURFACE_OF = {number: surface for surface, number in SURFACES.items()}
NEEDED = (
    "_cht_caseid_value",
    "_cht_representativeid_value",
    "cht_focusstartedon",
    "cht_startedon",
    "cht_endedon",
    "cht_day",
)
SEGMENTS = Query(ENTITY_SET).page_size(500)
"""All lists of segments begin so: a page of an elastic table holds 500 rows, and Dataverse need not
cut what is asked for beyond that."""
SECONDS_A_DAY = 86_400
SPARE_DAYS = 2
"""A day is made from all its evidence, also when its latest segment is as old as allowed."""


class SegmentRow(RowModel):
    """A segment as Dataverse sends it.

    The service acts for whose segments it writes; without ``written_by_service`` somebody wrote the
    row through a session of her own.
    """

    id: UUID = Field(alias=ID)
    case_id: UUID = Field(alias="_cht_caseid_value")
    representative_id: UUID = Field(alias="_cht_representativeid_value")
    focus_started_on: Utc = Field(alias="cht_focusstartedon")
    started_on: Utc = Field(alias="cht_startedon")
    ended_on: Utc = Field(alias="cht_endedon")
    day: date = Field(alias="cht_day")
    end_reason: str | None = Field(alias="cht_endreason")
    surface: int | None = Field(alias="cht_surface")
    window_id: str | None = Field(alias="cht_windowid")
    created_on: Utc = Field(alias="createdon")
    created_by: UUID | None = Field(alias="_createdby_value")
    owner_id: UUID | None = Field(alias="_ownerid_value")
    written_by_service: UUID | None = Field(alias="_createdonbehalfby_value")

    @property
    def is_her_own(self) -> bool:
        """Tell whether who is named wrote it herself, or was given it since."""
        return self.representative_id in (self.created_by, self.owner_id)

    def to_segment(self) -> Segment:
        return Segment(
            id=SegmentId(self.id),
            case=CaseId(self.case_id),
            representative=RepresentativeId(self.representative_id),
            focus_started_at=self.focus_started_on,
            # Only the service sees to it that a segment does not end before it starts.
            span=Span(self.started_on, max(self.started_on, self.ended_on)),
            day=self.day,
            end_reason=self.end_reason or "",
            surface=SURFACE_OF.get(self.surface or 0, Surface.WORKSPACE),
            window_id=self.window_id or "",
            unjudged_since=None if self.written_by_service else self.created_on,
        )


def on_days(days: Iterable[date]) -> Condition:
    return any_of(*(eq("cht_day", day) for day in sorted(days)))


def of_days(days: Iterable[date], representative: RepresentativeId | None) -> Query:
    """Ask for the caller's segments of some days.

    Without her id the server is asked to find them by who calls, across partitions: slower, and
    needed only once for each process and caller.
    """
    query = SEGMENTS.select(*SegmentRow.columns()).where(on_days(days))
    if representative is None:
        return query.where(is_current_user("cht_representativeid"))
    return query.in_partition(str(representative))


def to_segments(rows: Iterable[Row]) -> tuple[Segment, ...]:
    return tuple(row.to_segment() for row in _whole(rows))


def evidence_of(representative: RepresentativeId, rows: Iterable[Row]) -> tuple[Segment, ...]:
    """Return what of the rows is the representative's evidence, as she would see it herself.

    The service sees every row; a colleague with a console can put one of his own into her
    partition, or name her in it, or leave out what a form would have asked for.
    """
    return tuple(
        row.to_segment()
        for row in _whole(rows)
        if row.representative_id == representative and row.is_her_own
    )


def _whole(rows: Iterable[Row]) -> Iterator[SegmentRow]:
    """Yield the rows that say whose time it is, of which case and when; others are no evidence."""
    for row in rows:
        if None not in map(row.get, NEEDED):
            yield SegmentRow.model_validate(row)


def read(segment: SegmentId, representative: RepresentativeId) -> Operation[Row]:
    key = ElasticKey(ID, segment, str(representative))
    return op.read_row(ENTITY_SET, key, select=SegmentRow.columns())


def create(segment: Segment, *, retention_days: int) -> Operation[UUID]:
    """Create evidence; its id in use raises ``DuplicateRow`` and changes nothing."""
    return op.create(
        ENTITY_SET,
        {
            ID: str(segment.id),
            "partitionid": str(segment.representative),
            "ttlinseconds": (retention_days + SPARE_DAYS) * SECONDS_A_DAY,
            "cht_name": f"{iso(segment.span.start)} {segment.span.seconds} s",
            "cht_CaseId@odata.bind": link("incidents", segment.case),
            "cht_RepresentativeId@odata.bind": link("systemusers", segment.representative),
            "cht_focusstartedon": iso(segment.focus_started_at),
            "cht_startedon": iso(segment.span.start),
            "cht_endedon": iso(segment.span.end),
            "cht_day": plain(segment.day),
            "cht_endreason": segment.end_reason,
            "cht_surface": SURFACES[segment.surface],
            "cht_windowid": segment.window_id,
        },
        id_column=ID,
    )
