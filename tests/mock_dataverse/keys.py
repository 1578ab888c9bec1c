"""Alternate keys: columns that together name one row of a standard table.

Source: developer documentation, ``use-alternate-key-reference-record``,
``use-upsert-insert-update-record`` and ``define-alternate-keys-entity``.
"""

import re
from dataclasses import replace

import sqlalchemy as sa

from tests.mock_dataverse.addresses import RowKey, parse_reference
from tests.mock_dataverse.columns import Stored
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DUPLICATE_KEY,
    NO_ROW_OF_KEY,
    DataverseError,
    missing_row,
    not_simulated,
)
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Key, Table

UNADDRESSABLE = re.compile(r"[/<>*%&:\\?+]")
"""What the documentation says no GET and no PATCH by key works with."""


def located(env: Environment, table: Table, key: RowKey) -> RowKey:
    """Return the key with the id of the row that an alternate key names, if there is one.

    Raises:
        DataverseError: 501, nobody public says what happens with such a key.
    """
    if key.alternate is None:
        return key
    if not env.schema.keys_are_ready(table):
        raise not_simulated("a key whose index is not ready")
    for value in key.alternate.values():
        if isinstance(value, str) and UNADDRESSABLE.search(value):
            raise not_simulated(f"'{value}' in the address of a row")
    row = _row_with(env, table, key.alternate)
    return replace(key, row_id=str(row[table.primary_id])) if row else key


def missing(table: Table, key: RowKey) -> DataverseError:
    """Return the refusal of a key that names no row."""
    if key.alternate is None:
        return missing_row(table.label, key.row_id)
    return DataverseError(
        404,
        NO_ROW_OF_KEY,
        f"A record with the specified key values does not exist in {table.logical_name} entity",
    )


def referenced(env: Environment, text: str) -> tuple[Table, Row]:
    """Return the row that a binding or a reference names, by its id or an alternate key.

    Raises:
        DataverseError: 400, it is no address of a row; 404, there is no such row.
    """
    table, key = parse_reference(env.schema, text, env.base_url)
    key = located(env, table, key)
    row = env.store.find(table, key.row_id, key.partition)
    if row is None:
        raise missing(table, key)
    return table, row


def require_unique_keys(env: Environment, table: Table, row: Row) -> None:
    """Refuse a row with the key of another one; a key with an empty member is not enforced.

    Raises:
        DataverseError: 412, another row has these key values.
    """
    for key in env.schema.keys(table):
        values = {name: row[name] for name in key.columns}
        if None in values.values():
            continue
        other = _row_with(env, table, values)
        if other and other[table.primary_id] != row[table.primary_id]:
            raise _taken(table, key)


def has_duplicates(env: Environment, table: Table, key: Key) -> bool:
    """Tell whether rows that are there already have the same values of a key."""
    sql = env.store.sql(table)
    columns = [sql.c[name] for name in key.columns]
    doubled = (
        sa.select(*columns)
        .where(*(column.is_not(None) for column in columns))
        .group_by(*columns)
        .having(sa.func.count() > 1)
    )
    return bool(env.store.select(doubled.limit(1)))


def _row_with(env: Environment, table: Table, values: dict[str, Stored]) -> Row | None:
    sql = env.store.sql(table)
    conditions = [sql.c[name] == value for name, value in values.items()]
    if table.discriminator:
        conditions.append(sql.c.activitytypecode == table.discriminator)
    return next(iter(env.store.select(sa.select(sql).where(*conditions).limit(1))), None)


def _taken(table: Table, key: Key) -> DataverseError:
    return DataverseError(
        412,
        DUPLICATE_KEY,
        f"A record that has the attribute values {', '.join(key.columns)} already exists. The"
        f" entity key {key.schema_name} of {table.logical_name} requires unique values.",
    )
