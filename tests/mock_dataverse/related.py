"""Reads below one row: related rows, how many and where they are, a single value.

Source: developer documentation, ``webapi/retrieve-entity-using-web-api``.
"""

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.filters import SqlCondition
from tests.mock_dataverse.keys import missing
from tests.mock_dataverse.reading import addresses_of, count_of_set, list_rows, one_row
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

NOTHING = Answer(204)
"""What OData answers where there is no value and no related row."""


def related_rows(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<collection>``: a list like any other, of the rows that name this one."""
    target, within = _collection(env, caller, table, key, navigation)
    return list_rows(env, caller, target, call, within=within)


def related_count(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<collection>/$count``."""
    target, within = _collection(env, caller, table, key, navigation)
    return count_of_set(env, caller, target, call, within=within)


def related_addresses(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<collection>/$ref``: where the related rows are."""
    if call.options:
        raise not_simulated("options on $ref")
    target, within = _collection(env, caller, table, key, navigation)
    addresses = addresses_of(env, caller, target, within)
    body = [{"@odata.id": address} for address in addresses]
    context = f"{env.root}$metadata#Collection($ref)"
    return json_answer({"@odata.context": context, "value": body})


def related_address(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<lookup>/$ref``: where the row is that this one names."""
    target, row_id = _looked_up(env, caller, table, key, navigation)
    if row_id is None or call.options:
        raise not_simulated("$ref of a lookup without a value, or with options")
    context = f"{env.root}$metadata#$ref"
    address = f"{env.root}{target.entity_set}({row_id})"
    return json_answer({"@odata.context": context, "@odata.id": address})


def related_row(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<lookup>``: the row that this one names."""
    target, row_id = _looked_up(env, caller, table, key, navigation)
    return one_row(env, caller, target, RowKey(row_id), call) if row_id else NOTHING


def single_value(
    env: Environment, caller: Caller, table: Table, key: RowKey, name: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<column>``."""
    if call.options:
        raise not_simulated("options on a single value")
    column = table.wire_columns[name]
    value = column.json(readable(env, caller, table, key)[column.name])
    if value is None:
        return NOTHING
    context = f"{env.root}$metadata#{table.entity_set}({key.row_id})/{name}"
    return json_answer({"@odata.context": context, "value": value})


def readable(env: Environment, caller: Caller, table: Table, key: RowKey) -> Row:
    """Return a row that the caller may see."""
    row = env.store.find(table, key.row_id, key.partition)
    if row is None:
        raise missing(table, key)
    caller.require(table, Access.READ, row)
    return row


def _looked_up(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str
) -> tuple[Table, str | None]:
    """Return the table that a navigation property leads to, and the id if there is a value."""
    column, target = table.navigations[navigation]
    row = readable(env, caller, table, key)
    value = (
        row[column.name] if column.type_name is None or row[column.type_name] == target else None
    )
    return env.schema.table(target), None if value is None else str(value)


def _collection(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str
) -> tuple[Table, tuple[SqlCondition, ...]]:
    """Return the table of a collection, and the condition that its rows name this one."""
    readable(env, caller, table, key)
    collection = table.collections[navigation]
    target = env.schema.table(collection.table)
    return target, (env.store.sql(target).c[collection.lookup] == key.row_id,)
