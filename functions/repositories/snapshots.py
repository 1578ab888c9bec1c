"""Snapshots of resolved cases: created by the application user, never written over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    DataverseClient,
    DuplicateRow,
    Operation,
    PreconditionFailed,
    Query,
    Row,
    RowNotFound,
    eq,
    link,
)
from dataverse_client import operations as op
from functions.repositories import cases, figures, resolutions
from functions.repositories.availability import as_service, in_time
from functions.repositories.case_totals import LONGEST_NAME, seconds_of
from functions.repositories.columns import RowModel, cut, iso
from functions.repositories.pace import Pace
from functions.repositories.questions import Question, ask
from functions.repositories.sums import SumQuestion
from functions.timekeeping.identifiers import CaseId, snapshot_id
from functions.usecases.resolve_case import ResolvedCase, Snapshot

ENTITY_SET = "cht_handlingtimesnapshots"
ID = "cht_handlingtimesnapshotid"


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The snapshots of all cases: one request to look, one to write."""

    service: DataverseClient
    pace: Pace

    @in_time
    @as_service
    def look(self, case: CaseId) -> ResolvedCase:
        resolved = Question(resolutions.of_case(case))
        kept = Question(of_case(case))
        merged = Question(cases.last_merged_into(case))
        sums = [SumQuestion(query) for query in figures.queries(case)]
        with self.pace.request():
            answers = ask(self.service, [resolved, kept, merged, *sums])
            rows = resolved.rows(answers)
            versions = to_versions(kept.rows(answers))
            found = resolutions.to_resolutions(rows)
            return ResolvedCase(
                resolutions=found,
                contributions=figures.contributions(*(question.rows(answers) for question in sums)),
                kept=frozenset(
                    resolution.id for resolution in found if snapshot_id(resolution.id) in versions
                ),
                versions=frozenset(filter(None, versions.values())),
                is_resolved=resolutions.tell_it_is_resolved(rows),
                merged_until=cases.to_merged_until(merged.rows(answers)),
            )

    @in_time
    @as_service
    def keep(self, snapshots: Collection[Snapshot]) -> int:
        """Create what is not there; of a case that is gone meanwhile nothing is kept."""
        creations = [create(each) for each in snapshots]
        with self.pace.request():
            parts = self.service.batch(creations)
        errors = [error for each in creations if (error := parts.error(each))]
        for error in errors:
            if not isinstance(error, PreconditionFailed | DuplicateRow | RowNotFound):
                raise error
        return len(creations) - len(errors)


class SnapshotRow(RowModel):
    """A snapshot that is there."""

    id: UUID = Field(alias=ID)
    version: int | None = Field(alias="cht_version", default=None)


def of_case(case: CaseId) -> Query:
    return Query(ENTITY_SET).select(*SnapshotRow.columns()).where(eq("_cht_caseid_value", case))


def to_versions(rows: Iterable[Row]) -> dict[UUID, int | None]:
    """Return the version of each snapshot by its id."""
    return {row.id: row.version for row in map(SnapshotRow.model_validate, rows)}


def create(snapshot: Snapshot) -> Operation[None]:
    """Create a snapshot; one that is there is left alone and ``PreconditionFailed`` raised."""
    row = {
        "cht_name": _name(snapshot),
        "cht_CaseId@odata.bind": link("incidents", snapshot.case),
        **seconds_of(snapshot.time),
        "cht_resolvedon": iso(snapshot.resolution.resolved_on),
        "cht_version": snapshot.version,
    }
    key = snapshot_id(snapshot.resolution.id)
    return op.merge_or_create(ENTITY_SET, key, row, only_create=True)


def _name(snapshot: Snapshot) -> str:
    """Return the case's title, cut if need be, and the version."""
    end = f" ({snapshot.version})"
    return cut(snapshot.resolution.title, LONGEST_NAME - len(end)) + end
