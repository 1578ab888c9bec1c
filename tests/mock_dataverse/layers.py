"""Two layers of forms, views, apps and their like: what was written last, what was published."""

import sqlalchemy as sa

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.store import Row
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
    """Publish one part; an app's settings are published with it."""
    _publish(env, table, table.primary_id, row_id)
    if table.logical_name == "appmodule":
        _publish(env, env.schema.table("appsetting"), "parentappmoduleid", row_id)


def publish_unless_it_waits(env: Environment, table: Table, row_id: str) -> None:
    """Publish a row that was written or removed, if it is a kind that need not wait for it."""
    waits = env.switches.settings_of_apps_wait_for_publishing
    if table.logical_name == "appsetting" and not waits:
        publish_row(env, env.schema.table("appsetting"), row_id)


def _publish(env: Environment, table: Table, column: str, value: str | None) -> None:
    drafts = _chosen(env, env.schema.written(table), column, value)
    kept = {draft[table.primary_id] for draft in drafts}
    for shown in _chosen(env, table, column, value):
        if shown[table.primary_id] not in kept:
            env.store.remove(table, shown["_sequence"])
    for draft in drafts:
        row = {name: value for name, value in draft.items() if name != "_sequence"}
        published = env.store.find(table, str(row[table.primary_id]))
        if published is None:
            env.store.insert(table, row)
        elif published["versionnumber"] != row["versionnumber"]:
            env.store.update(table, published["_sequence"], row)


def _chosen(env: Environment, table: Table, column: str, value: str | None) -> list[Row]:
    sql = env.store.sql(table)
    chosen = sa.select(sql)
    return env.store.select(chosen if value is None else chosen.where(sql.c[column] == value))
