"""POST, PATCH and DELETE of rows: upserts, conditional headers, elastic keys, representations."""

from dataclasses import replace

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.checks import require_sound
from tests.mock_dataverse.creating import DeepInsert, created
from tests.mock_dataverse.effects import after_change
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DUPLICATE_RECORD,
    NOT_SUPPORTED,
    VERSION_MISMATCH,
    DataverseError,
    bad_payload,
    bad_query,
    bad_request,
    not_simulated,
)
from tests.mock_dataverse.keys import missing
from tests.mock_dataverse.layers import publish_unless_it_waits
from tests.mock_dataverse.options import parse_options
from tests.mock_dataverse.payloads import read_payload, with_key, without_key
from tests.mock_dataverse.presenting import etag
from tests.mock_dataverse.reading import applied, single
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table, Writes
from tests.mock_dataverse.writing import delete_row, replace_row, update_row

TOKEN_HEADER = "x-ms-session-token"


def post_row(env: Environment, caller: Caller, table: Table, call: Call) -> Answer:
    """Create a row: 204 with its address, or 201 with its representation."""
    require_all_writes(table)
    table = env.schema.written(table)
    row = DeepInsert(env, caller).create(table, call.json_body())
    return _answer(env, caller, table, row, call, status=201)


def patch_row(env: Environment, caller: Caller, table: Table, key: RowKey, call: Call) -> Answer:
    """Update or upsert, as the conditional headers say."""
    require_writable(table)
    table = env.schema.written(table)
    body = call.json_body()
    key = replace(key, partition=partition_of(table, key, call, body))
    row = env.store.find(table, key.row_id, key.partition)
    if_match, if_none_match = call.condition("If-Match"), call.condition("If-None-Match")
    if table.elastic:
        if_match = _elastic_condition(env, if_match, if_none_match)
    if row is None:
        if if_match:
            raise missing(table, key)
        require_all_writes(table)
        return _create_by_patch(env, caller, table, key, call)
    if if_none_match:
        _require_star(if_none_match)
        raise DataverseError(412, DUPLICATE_RECORD, "A record with matching key values exists.")
    _require_match(table, row, if_match)
    _require_same_key(table, key, body)
    payload = without_key(read_payload(env, table, body, creating=False), key)
    if table.elastic and if_match is None:
        changed = replace_row(env, caller, table, row, payload)
    else:
        changed = update_row(env, caller, table, row, payload)
        after_change(env, table, row, changed)
    require_sound(env, table, changed)
    publish_unless_it_waits(env, table, key.row_id)
    return _answer(env, caller, table, changed, call, status=200, by=key)


def remove_row(env: Environment, caller: Caller, table: Table, key: RowKey, call: Call) -> Answer:
    """Delete a row: 204; elastic deletes give no session token."""
    require_all_writes(table)
    table = env.schema.written(table)
    partition = key.partition or parse_options(table, call.options).partition
    row = env.store.find(table, key.row_id, partition)
    if row is None:
        raise missing(table, key)
    if_match = call.condition("If-Match")
    if table.elastic:
        if_match = _elastic_condition(env, if_match, None)
    _require_match(table, row, if_match)
    delete_row(env, caller, table, row)
    publish_unless_it_waits(env, table, key.row_id)
    return Answer(204)


def require_writable(table: Table) -> None:
    """Refuse what cannot be written at all."""
    if table.writes is Writes.REFUSED:
        raise DataverseError(
            405, NOT_SUPPORTED, f"'{table.logical_name}' does not support this message."
        )
    if table.writes is Writes.NOT_SIMULATED:
        raise not_simulated(f"writing {table.entity_set} directly")


def require_all_writes(table: Table) -> None:
    """Refuse what can be changed at most."""
    require_writable(table)
    if table.writes is Writes.UPDATES:
        raise not_simulated(f"creating or deleting {table.entity_set}")


def partition_of(table: Table, key: RowKey, call: Call, body: dict[str, object]) -> str | None:
    """Return the partition a PATCH means: of the key, else of the body, else the default one."""
    if not table.elastic:
        return None
    if "partitionId" in call.options and key.partition is None:
        raise not_simulated("partitionId as the only partition of a PATCH")
    sent = body.get("partitionid")
    if sent is not None and not isinstance(sent, str):
        raise bad_payload("'partitionid' is a text.")
    if key.partition and sent and sent != key.partition:
        raise bad_query("The partition of a row cannot be changed.")
    return key.partition or sent


def _create_by_patch(
    env: Environment, caller: Caller, table: Table, key: RowKey, call: Call
) -> Answer:
    body = call.json_body()
    _require_same_key(table, key, body)
    payload = with_key(read_payload(env, table, body, creating=True), table, key)
    row = created(env, caller, table, payload)
    return _answer(env, caller, table, row, call, status=201, by=key)


def _answer(
    env: Environment,
    caller: Caller,
    table: Table,
    row: Row,
    call: Call,
    *,
    status: int,
    by: RowKey | None = None,
) -> Answer:
    headers = {TOKEN_HEADER: env.elastic.token} if table.elastic else {}
    if not call.preferences.representation:
        # Who named a row by an alternate key is answered with that name.
        named = env.root + call.path if by and by.alternate else env.url_of(table, row)
        return Answer(204, {**headers, "OData-EntityId": named})
    given = {"$select", "$expand"} if call.method == "POST" else {"$select"}
    options = parse_options(
        table, {name: text for name, text in call.options.items() if name in given}
    )
    caller.require(table, Access.READ, row)
    body = single(env, caller, table, row, call, options=options)
    headers |= {"ETag": etag(table, row), **applied(call.preferences)}
    return json_answer(body, status=status, headers=headers)


def _require_match(table: Table, row: Row, if_match: str | None) -> None:
    if if_match in (None, "*", etag(table, row)):
        return
    raise DataverseError(
        412,
        VERSION_MISMATCH,
        "The version of the existing record doesn't match the RowVersion property provided.",
    )


def _require_star(if_none_match: str) -> None:
    if if_none_match != "*":
        raise not_simulated("PATCH with an etag in If-None-Match")


def _elastic_condition(
    env: Environment, if_match: str | None, if_none_match: str | None
) -> str | None:
    """Return the condition on an elastic row as far as it counts."""
    if if_none_match is not None:
        raise not_simulated("If-None-Match on elastic tables")
    if if_match in (None, "*"):
        return if_match
    match env.switches.elastic_etags:
        case "checked":
            return if_match
        case "ignored":
            return "*"
        case _:
            raise not_simulated("etag conditions on elastic tables")


def _require_same_key(table: Table, key: RowKey, body: dict[str, object]) -> None:
    sent = body.get(table.primary_id)
    if sent is not None and key.alternate is not None:
        raise not_simulated("a primary key in the body beside an alternate one in the URL")
    if sent is not None and (not isinstance(sent, str) or sent.lower() != key.row_id):
        raise bad_request("0x80048d19", "The primary key in the body is not that of the URL.")
