"""Reads below one row: a related collection, a single value."""

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.keys import missing
from tests.mock_dataverse.reading import list_rows
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table


def related_rows(
    env: Environment, caller: Caller, table: Table, key: RowKey, navigation: str, call: Call
) -> Answer:
    """Answer ``<set>(id)/<collection>``: a list like any other, of the rows that name this one."""
    _readable(env, caller, table, key)
    collection = table.collections[navigation]
    target = env.schema.table(collection.table)
    within = env.store.sql(target).c[collection.lookup] == key.row_id
    return list_rows(env, caller, target, call, within=(within,))


def single_value(env: Environment, caller: Caller, table: Table, key: RowKey, name: str) -> Answer:
    """Answer ``<set>(id)/<column>``."""
    column = table.wire_columns[name]
    value = column.json(_readable(env, caller, table, key)[column.name])
    if value is None:
        raise not_simulated("reading a single value that is null")
    context = f"{env.root}$metadata#{table.entity_set}({key.row_id})/{name}"
    return json_answer({"@odata.context": context, "value": value})


def _readable(env: Environment, caller: Caller, table: Table, key: RowKey) -> Row:
    row = env.store.find(table, key.row_id, key.partition)
    if row is None:
        raise missing(table, key)
    caller.require(table, Access.READ, row)
    return row
