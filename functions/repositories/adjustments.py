"""Time adjustments: corrections that representatives made to their own automatic time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    Count,
    DataverseClient,
    DuplicateRow,
    Max,
    Operation,
    Query,
    Row,
    Sum,
    all_of,
    eq,
    link,
    ne,
)
from dataverse_client import operations as op
from functions.repositories.availability import in_time
from functions.repositories.columns import CREATED_BY, OWNER, RowModel, Utc, plain
from functions.timekeeping.entries import Adjustment
from functions.timekeeping.identifiers import AdjustmentId, CaseId, RepresentativeId

ENTITY_SET = "cht_timeadjustments"
ID = "cht_timeadjustmentid"
CASE = "_cht_caseid_value"
REPRESENTATIVE = "_cht_representativeid_value"
MOST_SHOWN = 200


class AdjustmentRow(RowModel):
    """A correction as Dataverse sends it."""

    id: UUID = Field(alias=ID)
    case_id: UUID = Field(alias=CASE)
    representative_id: UUID = Field(alias=REPRESENTATIVE)
    day: date | None = Field(alias="cht_day", default=None)
    delta_seconds: int | None = Field(alias="cht_deltaseconds", default=None)
    from_seconds: int | None = Field(alias="cht_fromseconds", default=None)
    to_seconds: int | None = Field(alias="cht_toseconds", default=None)
    reason: str | None = Field(alias="cht_reason", default=None)
    created_on: Utc = Field(alias="createdon")

    def to_adjustment(self) -> Adjustment:
        return Adjustment(
            id=AdjustmentId(self.id),
            case=CaseId(self.case_id),
            representative=RepresentativeId(self.representative_id),
            day=self.day or self.created_on.date(),
            delta_seconds=self.delta_seconds or 0,
            from_seconds=self.from_seconds or 0,
            to_seconds=self.to_seconds or 0,
            reason=self.reason or "",
            created_at=self.created_on,
        )


class AdjustedRow(RowModel):
    """What a representative's corrections on a case add up to, and how many they are."""

    representative_id: UUID = Field(alias=REPRESENTATIVE)
    seconds: int | None = Field(alias="seconds")
    corrections: int = Field(alias="corrections")
    last_seen: Utc | None = Field(alias="lastseen", default=None)


def adjusted_on(case: CaseId) -> Query:
    """Ask for the corrections on a case, summed by whose they say to be and whose they are."""
    return (
        Query(ENTITY_SET)
        .where(eq(CASE, case))
        .aggregate(
            Sum("cht_deltaseconds", "seconds"),
            Count("corrections"),
            Max("createdon", "lastseen"),
            by=(REPRESENTATIVE, OWNER, CREATED_BY),
        )
    )


def of_case(case: CaseId, only: RepresentativeId | None) -> Query:
    """Ask for the latest corrections on a case, newest first."""
    query = (
        Query(ENTITY_SET)
        .select(*AdjustmentRow.columns())
        .where(all_of(eq(CASE, case), ne(REPRESENTATIVE, None)))
        .order_by("createdon", descending=True)
        .order_by(ID)
        .top(MOST_SHOWN)
    )
    return query if only is None else query.where(eq(REPRESENTATIVE, only))


def to_adjustment(row: Row) -> Adjustment:
    return AdjustmentRow.model_validate(row).to_adjustment()


@dataclass(frozen=True, slots=True)
class Adjustments:
    """Corrections, written as the person who corrects her own time."""

    person: DataverseClient

    @in_time
    def add(self, adjustment: Adjustment) -> bool:
        try:
            self.person.send(_create(adjustment))
        except DuplicateRow:
            return False
        return True


def _create(adjustment: Adjustment) -> Operation[UUID]:
    return op.create(
        ENTITY_SET,
        {
            ID: str(adjustment.id),
            "cht_name": plain(adjustment.day),
            "cht_CaseId@odata.bind": link("incidents", adjustment.case),
            "cht_RepresentativeId@odata.bind": link("systemusers", adjustment.representative),
            "cht_day": plain(adjustment.day),
            "cht_deltaseconds": adjustment.delta_seconds,
            "cht_fromseconds": adjustment.from_seconds,
            "cht_toseconds": adjustment.to_seconds,
            "cht_reason": adjustment.reason,
        },
        id_column=ID,
    )
