"""Creating, changing and removing one row, with every check and stamp Dataverse makes.

``caller`` None is SYSTEM: a test that puts rows in place, without security.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.columns import Kind, show_moment
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    REQUIRED_MISSING,
    bad_request,
)
from tests.mock_dataverse.execution_context import Happening
from tests.mock_dataverse.keys import require_unique_keys
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.recycling import recycled
from tests.mock_dataverse.security import Caller, require_readable_by_owner
from tests.mock_dataverse.states import initial_state, next_state
from tests.mock_dataverse.store import DuplicateRowError, Row
from tests.mock_dataverse.tables import Ownership, Table

SYSTEM_ID = UUID("00000000-0000-0000-0000-00000000515e")
EPOCH_TICKS = 621_355_968_000_000_000
TICKS = 10_000_000
GO_ALONG = {("activitypointer", "regardingobjectid"), ("incident", "parentcaseid")}
"""Dataverse's own lookups of rows that go with what they name: activities, and child cases."""
PEOPLE = frozenset({"systemuser", "businessunit", "role", "systemuserroles"})


def create_row(env: Environment, caller: Caller | None, table: Table, payload: Payload) -> Row:
    """Store a new row and return it.

    Raises:
        DataverseError: 400 invalid, 403 not allowed, or the id is taken.
    """
    row = _blank(table) | payload.values
    row |= derived(table, row)
    row[table.primary_id] = row[table.primary_id] or str(uuid4())
    _stamp_creation(env, caller, table, row)
    if caller:
        _require_columns(table, row, table.columns)
        caller.require(table, Access.CREATE, row)
        _check_references(caller, table, payload, row)
        _check_new_owner(env, caller, table, row)
    initial_state(table, row, strict=caller is not None)
    require_unique_keys(env, table, row)
    _version(env, table, row)
    try:
        with env.store.transaction():
            env.store.insert(table, row)
    except DuplicateRowError as error:
        raise env.duplicate(table) from error
    if table.logical_name in PEOPLE:
        env.people.forget()
    created = _written(env, table, row[table.primary_id], row.get("partitionid"), before=None)
    if caller:
        given: Row = {name: value for name, value in created.items() if value is not None}
        _tell(env, caller, "Create", table, created, changes=given)
    return created


def update_row(
    env: Environment, caller: Caller | None, table: Table, before: Row, payload: Payload
) -> Row:
    """Merge values into a row and return it as it is now.

    Raises:
        DataverseError: 400 invalid, 403 not allowed.
    """
    changes = {name: value for name, value in payload.values.items() if name != table.primary_id}
    changes |= derived(table, changes)
    if caller:
        caller.require(table, Access.WRITE, before)
        _require_columns(table, changes, changes)
        _check_references(caller, table, payload, before)
        if "ownerid" in changes and changes["ownerid"] != before["ownerid"]:
            caller.require(table, Access.ASSIGN, before)
            require_readable_by_owner(env.people.principal(str(changes["ownerid"])), table)
    changes |= next_state(table, before, changes, strict=caller is not None)
    sent = dict(changes)
    changed = _changed(env, caller, table, before, changes)
    if caller:
        _tell(env, caller, "Update", table, changed, changes=sent, before=before)
    return changed


def replace_row(
    env: Environment, caller: Caller, table: Table, before: Row, payload: Payload
) -> Row:
    """Do an elastic upsert of a known row: what is not sent is lost."""
    caller.require(table, Access.WRITE, before)
    kept = {"createdon", "createdby", "createdonbehalfby", "ownerid", "owningbusinessunit"}
    kept |= {"owninguser", "partitionid", table.primary_id}
    stamped = {"modifiedon", "modifiedby", "modifiedonbehalfby", "versionnumber"}
    values: Row = {
        name: before[name] if name in kept else None for name in _blank(table).keys() - stamped
    }
    values |= payload.values
    _require_columns(table, values, table.columns)
    _check_references(caller, table, payload, before)
    if values["ownerid"] != before["ownerid"]:
        caller.require(table, Access.ASSIGN, before)
    return _changed(env, caller, table, before, values)


def delete_row(env: Environment, caller: Caller | None, table: Table, row: Row) -> None:
    """Remove a row; what belongs to it goes with it, other lookups to it are cleared."""
    if caller:
        caller.require(table, Access.DELETE, row)
    if table.elastic:
        env.store.remove(table, row["_sequence"])
        env.elastic.record(table, before=row, after=None, now=env.now)
        return
    with recycled(env, table, row):
        env.store.remove(table, row["_sequence"])
        _clear_references(env, table, str(row[table.primary_id]))
    if caller:
        _tell(env, caller, "Delete", table, row, before=row)
    if table.logical_name in PEOPLE:
        env.people.forget()


def _tell(
    env: Environment,
    caller: Caller,
    message: str,
    table: Table,
    row: Row,
    *,
    changes: Row | None = None,
    before: Row | None = None,
) -> None:
    """Let webhooks hear what somebody did; rows that a test puts in place were always there."""
    happening = Happening(
        message=message,
        table=table,
        row=row,
        changes=changes or {},
        before=before,
        user=caller.user_id,
    )
    env.webhooks.tell(env, happening)


def derived(table: Table, values: Row) -> Row:
    """Return what Dataverse works out from the values that are written."""
    if table.logical_name == "serviceendpoint" and "authvalue" in values:
        return {"isauthvalueset": int(values["authvalue"] is not None)}
    return {}


def _blank(table: Table) -> Row:
    types = [column.type_name for column in table.columns.values() if column.type_name]
    return dict.fromkeys([*table.columns, *types])


def _require_columns(table: Table, row: Row, names: Iterable[str]) -> None:
    """Refuse a row without what the server asks for; other columns are asked for by forms."""
    for name in names:
        if name in table.columns and table.columns[name].required and row.get(name) is None:
            raise bad_request(
                REQUIRED_MISSING,
                f"'{table.columns[name].wire_name}' of '{table.logical_name}' is required.",
            )


def _stamp_creation(env: Environment, caller: Caller | None, table: Table, row: Row) -> None:
    now = show_moment(env.now)
    user = str(caller.user_id if caller else SYSTEM_ID)
    behalf = str(caller.sender.user_id) if caller and caller.sender else None
    stamps: Row = {"createdon": now, "createdby": user, "createdonbehalfby": behalf}
    if table.ownership is Ownership.USER:
        stamps["ownerid"] = user
    for name, value in stamps.items():
        row[name] = value if row[name] is None else row[name]
    row["modifiedon"] = row["modifiedon"] or row["createdon"]
    row["modifiedby"] = row["modifiedby"] or row["createdby"]
    row["modifiedonbehalfby"] = row["modifiedonbehalfby"] or row["createdonbehalfby"]
    if table.discriminator:
        row["activitytypecode"] = table.discriminator
    if table.elastic:
        row["partitionid"] = row["partitionid"] or row[table.primary_id]
        row["_expires"] = _expiry(row, env.now)
    _stamp_owner(env, table, row)


def _stamp_owner(env: Environment, table: Table, row: Row) -> None:
    if table.ownership is Ownership.USER and row.get("ownerid"):
        row["owninguser"] = row["ownerid"]
        row["owningbusinessunit"] = env.people.principal(str(row["ownerid"])).business_unit


def _changed(
    env: Environment, caller: Caller | None, table: Table, before: Row, changes: Row
) -> Row:
    now = env.now
    changes.setdefault("modifiedon", show_moment(now))
    changes.setdefault("modifiedby", str(caller.user_id if caller else SYSTEM_ID))
    changes.setdefault(
        "modifiedonbehalfby", str(caller.sender.user_id) if caller and caller.sender else None
    )
    _stamp_owner(env, table, changes)
    require_unique_keys(env, table, before | changes)
    if table.elastic:
        changes["_expires"] = _expiry(before | changes, now)
    changes.pop("versionnumber", None)
    _version(env, table, changes)
    env.store.update(table, before["_sequence"], changes)
    if table.logical_name in PEOPLE:
        env.people.forget()
    return _written(env, table, before[table.primary_id], before.get("partitionid"), before=before)


def _written(
    env: Environment, table: Table, row_id: object, partition: object, *, before: Row | None
) -> Row:
    row = env.store.find(table, str(row_id), str(partition) if table.elastic else None)
    if row is None:
        raise AssertionError("a row that was just written cannot be found")
    if table.elastic:
        env.elastic.record(table, before=before, after=row, now=env.now)
    return row


def _version(env: Environment, table: Table, row: Row) -> None:
    number = env.store.next_version()
    if table.elastic:
        seconds = int(datetime.fromisoformat(str(row["modifiedon"])).timestamp())
        number = EPOCH_TICKS + seconds * TICKS + number % TICKS
    row["versionnumber"] = number


def _expiry(row: Row, now: datetime) -> float | None:
    seconds = row.get("ttlinseconds")
    if seconds is None:
        return None
    return (now.astimezone(UTC) + timedelta(seconds=int(seconds))).timestamp()


def _check_references(caller: Caller, table: Table, payload: Payload, row: Row) -> None:
    """A lookup needs Append on the row and AppendTo on what it names; an owner is no lookup."""
    references = {name: found for name, found in payload.references.items() if name != "ownerid"}
    if references:
        caller.require(table, Access.APPEND, row)
    for target, referenced in references.values():
        caller.require(target, Access.APPEND_TO, referenced)


def _check_new_owner(env: Environment, caller: Caller, table: Table, row: Row) -> None:
    if table.ownership is not Ownership.USER or row["ownerid"] == str(caller.user_id):
        return
    caller.require(table, Access.ASSIGN, row)
    require_readable_by_owner(env.people.principal(str(row["ownerid"])), table)


def _clear_references(env: Environment, gone: Table, row_id: str) -> None:
    seen = set()
    for table in env.schema.tables.values():
        if table.elastic:
            continue  # nothing cascades to elastic rows
        for column in table.columns.values():
            place = (table.storage, column.name)
            if column.kind is not Kind.LOOKUP or place in seen:
                continue
            if gone.logical_name not in column.targets.values():
                continue
            seen.add(place)
            sql = env.store.sql(table)
            for row in env.store.select(sa.select(sql).where(sql.c[column.name] == row_id)):
                if column.parental or place in GO_ALONG:
                    env.store.remove(table, row["_sequence"])
                    _clear_references(env, table, str(row[table.primary_id]))
                else:
                    env.store.update(table, row["_sequence"], {column.name: None})
