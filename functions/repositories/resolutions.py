"""Resolutions of cases: activities that Dataverse adds when a case is closed."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import Field

from dataverse_client import Expand, Query, Row, eq
from functions.repositories.columns import RowModel, Utc
from functions.timekeeping.cases import CaseState
from functions.timekeeping.identifiers import CaseId, ResolutionId
from functions.usecases.resolve_case import Resolution

ENTITY_SET = "incidentresolutions"
ID = "activityid"
CASE = "_incidentid_value"


class ResolvedCaseRow(RowModel):
    """The case that was resolved, as it is now."""

    title: str | None = Field(alias="title")
    state: CaseState = Field(alias="statecode")


class ResolutionRow(RowModel):
    """A resolution as Dataverse sends it; a case that was opened again keeps it as canceled."""

    id: UUID = Field(alias=ID)
    created_on: Utc = Field(alias="createdon")
    case: ResolvedCaseRow | None = Field(alias="incidentid", default=None)

    def to_resolution(self) -> Resolution:
        return Resolution(
            id=ResolutionId(self.id),
            resolved_on=self.created_on,
            title=(self.case.title if self.case else None) or "",
        )


def of_case(case: CaseId) -> Query:
    """Ask for all resolutions of a case, first to last."""
    return (
        Query(ENTITY_SET)
        .select(ID, "createdon")
        .where(eq(CASE, case))
        .order_by("createdon")
        .order_by(ID)
        .expand(Expand("incidentid").select(*ResolvedCaseRow.columns()))
    )


def to_resolutions(rows: Iterable[Row]) -> tuple[Resolution, ...]:
    return tuple(ResolutionRow.model_validate(row).to_resolution() for row in rows)


def tell_it_is_resolved(rows: Iterable[Row]) -> bool:
    """Return whether the case that resolutions name is resolved now."""
    cases = (ResolutionRow.model_validate(row).case for row in rows)
    return any(case is not None and case.state is CaseState.RESOLVED for case in cases)
