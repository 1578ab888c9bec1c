"""Operations that write many rows of one table at once."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from dataverse_client import wire
from dataverse_client.keys import AlternateKey, ElasticKey, Key, address, named
from dataverse_client.literals import json_bytes
from dataverse_client.operations import JSON, NAMESPACE, Columns, Operation

_DETAILED = JSON | {"Prefer": 'odata.include-annotations="*"'}


def create_multiple(
    entity_set: str, logical_name: str, rows: Iterable[Columns], *, repeatable: bool = False
) -> Operation[list[UUID]]:
    """Create many rows at once and return their ids in the same order.

    On a standard table all or none are stored; on an elastic one each on its own, and
    `BulkFailed` names those that were not. Call it ``repeatable`` if
    every row brings its own id, so that a repetition cannot store it twice.
    """
    return Operation(
        "POST",
        f"{named(entity_set)}/{NAMESPACE}CreateMultiple",
        wire.created_ids,
        _DETAILED,
        _targets(logical_name, rows),
        repeatable=repeatable,
        entity_set=entity_set,
    )


def merge_or_create_multiple(
    entity_set: str, logical_name: str, rows: Sequence[tuple[AlternateKey, Columns]]
) -> Operation[None]:
    """Upsert many rows of a standard table: columns that are not sent stay as they are."""
    if any(isinstance(key, ElasticKey) for key, _ in rows):
        raise TypeError("an elastic table replaces whole rows: use replace_or_create_multiple")
    return _upsert_multiple(entity_set, logical_name, rows)


def replace_or_create_multiple(
    entity_set: str, logical_name: str, rows: Sequence[tuple[ElasticKey, Columns]]
) -> Operation[None]:
    """Upsert many rows of an elastic table: columns that are not sent are lost."""
    if not all(isinstance(key, ElasticKey) for key, _ in rows):
        raise TypeError("a standard table keeps what is not sent: use merge_or_create_multiple")
    return _upsert_multiple(entity_set, logical_name, rows)


def _upsert_multiple(
    entity_set: str, logical_name: str, rows: Sequence[tuple[Key, Columns]]
) -> Operation[None]:
    targets = [{"@odata.id": address(entity_set, key), **row} for key, row in rows]
    return Operation(
        "POST",
        f"{named(entity_set)}/{NAMESPACE}UpsertMultiple",
        wire.nothing,
        _DETAILED,
        _targets(logical_name, targets),
        repeatable=True,
        entity_set=entity_set,
    )


def _targets(logical_name: str, rows: Iterable[Columns]) -> bytes:
    kind = {"@odata.type": NAMESPACE + logical_name}
    targets = [{**kind, **row} for row in rows]
    if not targets:
        raise ValueError("a bulk call needs at least one row")
    return json_bytes({"Targets": targets})
