"""Two layers of forms, views and their like: what was written last, and what was published."""

import sqlalchemy as sa

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.tables import Table

COMPONENT_OF = {
    "systemform": "objecttypecode",
    "savedquery": "returnedtypecode",
    "savedqueryvisualization": "primaryentitytypecode",
}
"""The column of a layered table that says to which table a part belongs."""


def publish_all(env: Environment) -> None:
    for table in env.schema.tables.values():
        if table.layered:
            _publish(env, table, table.primary_id, None)


def publish_table(env: Environment, logical_name: str) -> None:
    """Publish the forms, views and charts of one table."""
    for name, column in COMPONENT_OF.items():
        _publish(env, env.schema.table(name), column, logical_name)


def publish_row(env: Environment, table: Table, row_id: str) -> None:
    _publish(env, table, table.primary_id, row_id)


def _publish(env: Environment, table: Table, column: str, value: str | None) -> None:
    drafts = env.store.sql(env.schema.written(table))
    chosen = sa.select(drafts)
    if value is not None:
        chosen = chosen.where(drafts.c[column] == value)
    for draft in env.store.select(chosen):
        row = {name: value for name, value in draft.items() if name != "_sequence"}
        published = env.store.find(table, str(row[table.primary_id]))
        if published is None:
            env.store.insert(table, row)
        elif published["versionnumber"] != row["versionnumber"]:
            env.store.update(table, published["_sequence"], row)
