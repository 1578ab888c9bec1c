"""A JSON body to column values: names, types and references checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    NOT_VALID_FOR_CREATE,
    NOT_VALID_FOR_UPDATE,
    DataverseError,
    bad_payload,
    bad_request,
    not_simulated,
)
from tests.mock_dataverse.keys import referenced
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

BIND = "@odata.bind"


@dataclass(frozen=True, slots=True)
class Payload:
    """Stored values by column, and the rows that its lookups name."""

    values: Row
    references: Mapping[str, tuple[Table, Row]]


def read_payload(
    env: Environment, table: Table, body: Mapping[str, object], *, creating: bool
) -> Payload:
    """Return what a create or update sends.

    Raises:
        DataverseError: 400 for a wrong name, type or value, 404 for a missing reference.
    """
    values: Row = {}
    references: dict[str, tuple[Table, Row]] = {}
    for name, value in body.items():
        if name.endswith(BIND):
            column, reference = _bound(env, table, name.removesuffix(BIND), value)
            _set_lookup(values, column, reference)
            if reference:
                references[column.name] = reference
        elif name == "@odata.type":
            _require_type(env, table, value)
            continue
        elif "@" in name:
            continue
        else:
            column = _plain(table, name, value)
            if creating and column.name == "statecode":
                continue  # ignored: every row starts in the first state
            if column.kind is Kind.LOOKUP:
                _set_lookup(values, column, None)
            else:
                values[column.name] = column.stored(value)
        _require_settable(column, creating=creating)
    return Payload(values, references)


def with_key(payload: Payload, table: Table, key: RowKey) -> Payload:
    """Return what an upsert creates: alternate key values that the body has win over the URL's."""
    if key.alternate is not None:
        return Payload(key.alternate | payload.values, payload.references)
    known: Row = {table.primary_id: key.row_id}
    if table.elastic:
        known["partitionid"] = key.partition or key.row_id
    return Payload(payload.values | known, payload.references)


def without_key(payload: Payload, key: RowKey) -> Payload:
    """Return what an upsert changes: a key cannot change by which the row is named."""
    named = key.alternate or {}
    values = {name: value for name, value in payload.values.items() if name not in named}
    return Payload(values, payload.references)


def _plain(table: Table, name: str, value: object) -> Column:
    column = table.columns.get(name)
    if column is not None and column.kind is not Kind.LOOKUP and not column.internal:
        return column
    if name in table.navigations and value is None:
        return table.navigations[name][0]
    if (name in table.navigations or name in table.collections) and value is not None:
        if isinstance(value, dict | list):
            raise not_simulated("deep insert")
        raise bad_payload(f"'{name}' is a navigation property; bind it with '{name}{BIND}'.")
    raise _undeclared(table, name)


def _undeclared(table: Table, name: str) -> DataverseError:
    return bad_payload(
        f"an undeclared property '{name}' which only has property annotations in the payload, or no"
        f" such property on type 'Microsoft.Dynamics.CRM.{table.logical_name}'."
    )


def _bound(
    env: Environment, table: Table, navigation: str, value: object
) -> tuple[Column, tuple[Table, Row] | None]:
    if navigation not in table.navigations:
        raise _undeclared(table, navigation)
    column, target = table.navigations[navigation]
    if value is None:
        return column, None
    if not isinstance(value, str):
        raise bad_payload(f"'{navigation}{BIND}' needs the address of a row.")
    if navigation == "ownerid" and "teams(" in value:
        raise not_simulated("teams as owners")
    found, row = referenced(env, value)
    if found.logical_name != target:
        raise bad_payload(f"'{navigation}' leads to '{target}', not to '{found.logical_name}'.")
    return column, (found, row)


def _set_lookup(values: Row, column: Column, reference: tuple[Table, Row] | None) -> None:
    table, row = reference or (None, None)
    values[column.name] = row[table.primary_id] if table and row else None
    if column.type_name:
        values[column.type_name] = table.logical_name if table else None


def _require_type(env: Environment, table: Table, value: object) -> None:
    if not isinstance(value, str) or env.schema.of_type(value) != table:
        raise bad_payload(f"'{value}' is not the type of '{table.logical_name}'.")


def _require_settable(column: Column, *, creating: bool) -> None:
    if creating and not column.creatable:
        raise bad_request(
            NOT_VALID_FOR_CREATE, f"The attribute '{column.name}' is not valid for create."
        )
    if column.name == "overriddencreatedon":
        raise not_simulated("overriddencreatedon")
    identity = column.kind is Kind.GUID or column.name == "partitionid"
    if not creating and not column.updatable and not identity:
        raise bad_request(
            NOT_VALID_FOR_UPDATE, f"The attribute '{column.name}' is not valid for update."
        )
