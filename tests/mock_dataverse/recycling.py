"""The recycle bin: a deleted row comes back as it was, with the rows that went with it.

Source: Microsoft's ``restore-deleted-records``. ``Restore`` takes a record, brings back all of its
values and undoes what the relationships did: rows that were deleted along with it are back, lookups
that were cleared lead to it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.addresses import parse_reference
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.columns import GUID
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    RESTORED_ALREADY,
    DataverseError,
    bad_payload,
    missing_row,
    not_simulated,
)
from tests.mock_dataverse.execution_context import Happening
from tests.mock_dataverse.keys import require_unique_keys
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

TYPE = "Microsoft.Dynamics.CRM."


@contextmanager
def recycled(env: Environment, table: Table, row: Row) -> Iterator[None]:
    """Keep what is done to rows inside, for when this row is restored."""
    with env.store.watched() as rows:
        yield
    env.recycle_bin[table.logical_name, str(row[table.primary_id])] = rows


def restore(env: Environment, caller: Caller, call: Call) -> Answer:
    """Bring back a deleted row, or nothing."""
    table, row_id = _target(env, call.json_body().get("Target"))
    if env.store.find(table, row_id):
        raise DataverseError(
            412, RESTORED_ALREADY, f"Delete the existing {table.label} {row_id} before a restore."
        )
    rows = env.recycle_bin.get((table.logical_name, row_id))
    if rows is None:
        raise missing_row(table.label, row_id)
    caller.require(table, Access.CREATE, rows[0][1])
    for changed, before in rows:
        _put_back(env, changed, before, row_id)
    del env.recycle_bin[table.logical_name, row_id]
    restored = env.store.find(table, row_id)
    if restored is None:
        raise AssertionError("a row that was just restored cannot be found")
    env.webhooks.tell(
        env, Happening(message="Restore", table=table, row=restored, user=caller.user_id)
    )
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.RestoreResponse"
    return json_answer({"@odata.context": context, "id": row_id})


def _target(env: Environment, sent: object) -> tuple[Table, str]:
    """Return which row is meant: by its address, or by its type and id."""
    match sent:
        case {"@odata.id": str(address), **others} if not others:
            table, key = parse_reference(env.schema, address, env.base_url)
            row_id = key.row_id
        case {"@odata.type": str(kind), **others}:
            table = env.schema.table(kind.removeprefix("#").removeprefix(TYPE))
            row_id = str(others.pop(table.primary_id, ""))
            if others:
                raise not_simulated("writing values along with a restore")
        case _:
            raise bad_payload("'Target' needs the record to restore.")
    if not GUID.fullmatch(row_id):
        raise bad_payload(f"'{row_id}' is no id of a deleted record.")
    return table, str(UUID(row_id))


def _put_back(env: Environment, table: Table, before: Row, restored: str) -> None:
    """Insert a row that is gone; in one that is not, let cleared lookups lead back."""
    sql = env.store.sql(table)
    same = sql.c[table.primary_id] == before[table.primary_id]
    version: Row = {"versionnumber": env.store.next_version()}
    found = env.store.select(sa.select(sql).where(same))
    if not found:
        row: Row = {name: value for name, value in before.items() if name != "_sequence"}
        require_unique_keys(env, table, row)
        env.store.insert(table, row | version)
        return
    (now,) = found
    links: Row = {
        name: value for name, value in before.items() if value == restored and now[name] is None
    }
    env.store.update(table, now["_sequence"], links | version)
