"""Cases. Read as the caller, a case that does not come back is none she may see."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import Field

from dataverse_client import Expand, Query, Row, one_of
from functions.repositories.columns import RowModel, Utc
from functions.timekeeping.cases import Case, CaseState
from functions.timekeeping.identifiers import CaseId

ENTITY_SET = "incidents"
RESOLUTIONS = "Incident_IncidentResolutions"


class ResolutionRow(RowModel):
    """The moment a case was resolved."""

    created_on: Utc = Field(alias="createdon")


class CaseRow(RowModel):
    """A case and its latest resolution."""

    id: UUID = Field(alias="incidentid")
    state: CaseState = Field(alias="statecode")
    modified_on: Utc = Field(alias="modifiedon")
    merged_into: UUID | None = Field(alias="_masterid_value", default=None)
    resolutions: list[ResolutionRow] = Field(alias=RESOLUTIONS, default_factory=list)

    def to_case(self) -> Case:
        return Case(
            id=CaseId(self.id),
            state=self.state,
            ended_at=self._ended_at(),
            merged_into=CaseId(self.merged_into) if self.merged_into else None,
        )

    def _ended_at(self) -> Utc | None:
        """Return when the case ended; a cancelled one keeps no record of it but its last change."""
        if self.state is CaseState.ACTIVE:
            return None
        if self.state is CaseState.RESOLVED and self.resolutions:
            return max(resolution.created_on for resolution in self.resolutions)
        return self.modified_on


class NamedCaseRow(RowModel):
    """What people call a case, whether it was merged, and into which case, if that is there."""

    id: UUID = Field(alias="incidentid")
    title: str | None = Field(alias="title")
    merged: bool | None = Field(alias="merged")
    merged_into: UUID | None = Field(alias="_masterid_value")


def with_ids(cases: Iterable[CaseId]) -> Query:
    return (
        Query(ENTITY_SET)
        .select("incidentid", "statecode", "modifiedon", "_masterid_value")
        .where(one_of("incidentid", cases))
        .expand(
            Expand(RESOLUTIONS)
            .select(*ResolutionRow.columns())
            .order_by("createdon", descending=True)
            .top(1)
        )
    )


def to_cases(rows: Iterable[Row]) -> dict[CaseId, Case]:
    cases = (CaseRow.model_validate(row).to_case() for row in rows)
    return {case.id: case for case in cases}


def named(cases: Iterable[CaseId]) -> Query:
    return Query(ENTITY_SET).select(*NamedCaseRow.columns()).where(one_of("incidentid", cases))


def to_named(rows: Iterable[Row]) -> dict[CaseId, NamedCaseRow]:
    found = map(NamedCaseRow.model_validate, rows)
    return {CaseId(row.id): row for row in found}
