"""Cases. Read as the caller, a case that does not come back is none she may see."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pydantic import Field

from dataverse_client import Expand, Query, Row, eq, ne, one_of
from functions.repositories.columns import RowModel, Utc
from functions.timekeeping.cases import Case, CaseState
from functions.timekeeping.identifiers import CaseId

ENTITY_SET = "incidents"
RESOLUTIONS = "Incident_IncidentResolutions"
WITHDRAWN = 2
"""The state of a resolution whose case was opened again, or was so before a merge."""


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


ANY = Query(ENTITY_SET).select("incidentid").top(1)
"""Asks for the id of some case, to see whether one may be read."""


def with_ids(cases: Iterable[CaseId]) -> Query:
    return (
        Query(ENTITY_SET)
        .select("incidentid", "statecode", "modifiedon", "_masterid_value")
        .where(one_of("incidentid", cases))
        .expand(
            Expand(RESOLUTIONS)
            .select(*ResolutionRow.columns())
            .where(ne("statecode", WITHDRAWN))
            .order_by("createdon", descending=True)
            .top(1)
        )
    )


def to_cases(rows: Iterable[Row]) -> dict[CaseId, Case]:
    cases = (CaseRow.model_validate(row).to_case() for row in rows)
    return {case.id: case for case in cases}


class MergedCaseRow(RowModel):
    """When a case that was merged changed last: then, or later."""

    modified_on: Utc = Field(alias="modifiedon")


def last_merged_into(case: CaseId) -> Query:
    """Ask for the latest change of the cases that were merged into one."""
    return (
        Query(ENTITY_SET)
        .select(*MergedCaseRow.columns())
        .where(eq("_masterid_value", case))
        .order_by("modifiedon", descending=True)
        .top(1)
    )


def to_merged_until(rows: Iterable[Row]) -> datetime | None:
    return max((MergedCaseRow.model_validate(row).modified_on for row in rows), default=None)


def named(cases: Iterable[CaseId]) -> Query:
    return Query(ENTITY_SET).select(*NamedCaseRow.columns()).where(one_of("incidentid", cases))


def to_named(rows: Iterable[Row]) -> dict[CaseId, NamedCaseRow]:
    found = map(NamedCaseRow.model_validate, rows)
    return {CaseId(row.id): row for row in found}
