"""Stage, smoke test: one row of each table is written on a case that was named, and removed again.

No case and no contact is made: that would start flows, routing and mails of an environment at work.
The rows have fixed ids: whatever a run that was interrupted has left behind is found by them, and
removed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dataverse_client import (
    DataverseClient,
    DataverseError,
    DuplicateRow,
    ElasticKey,
    Key,
    RowNotFound,
    link,
)
from dataverse_client import operations as op
from solution.model.columns import Choice, Column, DateOnly, DateTime, Lookup, Text, WholeNumber
from solution.model.identity import stable_id
from solution.model.tables import TABLES, Kind, Table
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.errors import Stopped
from solution.tools.environment.session import Session, who_am_i

PARTITION = str(stable_id("smoke-test", "incident"))
"""Of the elastic row; the same for everybody, because somebody else may have to find it."""
TITLE = "Smoke test of case handling time"
DAY, MOMENT = "2026-01-02", "2026-01-02T03:04:05Z"
LONGEST_LIFE_SECONDS = 3600
"""After this an elastic row is gone by itself."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A row to write: where it belongs, what it says, and what shall be read back."""

    entity_set: str
    id_column: str
    key: Key
    row: dict[str, Any]
    columns: dict[str, Any]


def smoke_test(session: Session, case_id: UUID) -> None:
    """Write, read back and remove one row of each table, all of them on this case.

    Raises:
        Stopped: there is no such case, a row does not come back as it was written, or cannot be
            removed.
        DataverseError: Dataverse refused one. Nothing is left behind all the same.
    """
    dataverse = session.dataverse
    try:
        dataverse.row("incidents", case_id, select=["incidentid"])
    except RowNotFound as error:
        raise Stopped(f"there is no case {case_id} to try the tables on") from error
    every = specimens(who_am_i(dataverse), case_id)
    _remove(dataverse, every)
    try:
        for each in every:
            _write(dataverse, each)
        for each in every:
            _read_back(dataverse, each)
    finally:
        _remove(dataverse, every)


def specimens(user_id: UUID, case_id: UUID) -> list[Specimen]:
    """Return what is written, all of it about the case."""
    return [_specimen(table, user_id, case_id) for table in TABLES]


def _specimen(table: Table, user_id: UUID, case_id: UUID) -> Specimen:
    row_id = stable_id("smoke-test", table.logical_name)
    columns = {
        column.logical_name: _value(column)
        for column in table.columns
        if not isinstance(column, Lookup)
    }
    targets = {"incident": link("incidents", case_id), "systemuser": link("systemusers", user_id)}
    bound: dict[str, Any] = {
        f"{column.schema_name}@odata.bind": targets[column.target]
        for column in table.columns
        if isinstance(column, Lookup)
    }
    key: Key = row_id
    if table.kind is Kind.ELASTIC:
        key = ElasticKey(table.primary_id, row_id, PARTITION)
        bound |= {"partitionid": PARTITION, "ttlinseconds": LONGEST_LIFE_SECONDS}
    return Specimen(table.entity_set, table.primary_id, key, columns | bound, columns)


def _value(column: Column) -> str | int:
    match column:
        case Text():
            return TITLE[: column.max_length]
        case WholeNumber():
            return column.maximum
        case Choice():
            return max(column.options.labels)
        case DateOnly():
            return DAY
        case DateTime():
            return MOMENT
        case _:
            raise TypeError(f"no value for {column}")


def _write(dataverse: DataverseClient, specimen: Specimen) -> None:
    row_id = specimen.key.id if isinstance(specimen.key, ElasticKey) else specimen.key
    # What was there before is removed: a duplicate is our own, and only its answer was lost.
    with suppress(DuplicateRow):
        dataverse.create(
            specimen.entity_set,
            specimen.row | {specimen.id_column: row_id},
            id_column=specimen.id_column,
        )


def _read_back(dataverse: DataverseClient, specimen: Specimen) -> None:
    row = dataverse.row(specimen.entity_set, specimen.key, select=specimen.columns)
    wrong = [name for name, value in specimen.columns.items() if row[name] != value]
    if wrong:
        raise Stopped(f"{specimen.entity_set}: {', '.join(wrong)} did not come back as written")


def _remove(dataverse: DataverseClient, every: Sequence[Specimen]) -> None:
    """Remove what is there of these, what belongs to others first; twice, if need be."""
    with suppress(DataverseError):
        return _remove_once(dataverse, every)
    try:
        return _remove_once(dataverse, every)
    except DataverseError as error:
        raise Stopped(
            f"the smoke test could not clear away what it wrote ({error}); the next run does so"
        ) from error


def _remove_once(dataverse: DataverseClient, every: Sequence[Specimen]) -> None:
    reads = [
        (each, op.read_row(each.entity_set, each.key, select=[each.id_column])) for each in every
    ]
    answers = dataverse.batch([read for _, read in reads])
    there = [each for each, read in reads if not is_missing(answers.error(read))]
    for each in reversed(there):
        dataverse.delete(each.entity_set, each.key)
