"""``$ref``: rows associated with each other and taken apart again, and single values put.

All of it is the update of a row that must be there: of the row in the address, or of the row that
a collection gains or loses.

Source: developer documentation, ``webapi/associate-disassociate-entities-using-web-api`` and
``webapi/update-delete-entities-using-web-api``.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from werkzeug.datastructures import Headers

from tests.mock_dataverse.addresses import SEGMENT, RowKey, parse_reference
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.creating import back_to
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, bad_query, not_simulated
from tests.mock_dataverse.keys import located
from tests.mock_dataverse.payloads import BIND
from tests.mock_dataverse.related import readable, related_address, related_addresses
from tests.mock_dataverse.row_calls import TOKEN_HEADER, patch_row
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.tables import Table

VALUE, ADDRESS = "value", "@odata.id"

Change = Mapping[str, object]


def put_value(
    env: Environment, caller: Caller, table: Table, key: RowKey, name: str, call: Call
) -> Answer:
    """Answer PUT of ``<set>(id)/<column>``."""
    change = {name: _only(call, VALUE)}
    return _patched(env, caller, table, key, change, call)


def clear_value(
    env: Environment, caller: Caller, table: Table, key: RowKey, name: str, call: Call
) -> Answer:
    """Answer DELETE of ``<set>(id)/<column>``: the value goes, the row stays."""
    return _patched(env, caller, table, key, {name: None}, call)


def answer_reference(
    env: Environment, caller: Caller, table: Table, key: RowKey, segment: str, call: Call
) -> Answer:
    """Answer what is asked of ``<set>(id)/<navigation>/$ref``."""
    match = SEGMENT.fullmatch(segment)
    name, inside = (match["name"], match["inside"]) if match else (segment, None)
    if name in table.navigations and inside is None:
        match call.method:
            case "GET":
                return related_address(env, caller, table, key, name, call)
            case "PUT":
                change = {name + BIND: _only(call, ADDRESS)}
                return _patched(env, caller, table, key, change, call)
            case "DELETE" if "$id" not in call.options:
                return _patched(env, caller, table, key, {name + BIND: None}, call)
    if name in table.collections:
        match call.method:
            case "GET" if inside is None:
                return related_addresses(env, caller, table, key, name, call)
            case "POST" if inside is None:
                return _associate(env, caller, table, key, name, call)
            case "DELETE":
                return _disassociate(env, caller, table, key, name, inside, call)
    raise not_simulated(f"{call.method} of {segment}/$ref")


def _associate(
    env: Environment, caller: Caller, table: Table, key: RowKey, name: str, call: Call
) -> Answer:
    row = readable(env, caller, table, key)
    child, child_key = _child(env, table, name, _only(call, ADDRESS))
    link = back_to(table, child, table.collections[name])
    change = {link: env.url_of(table, row)}
    return _patched(env, caller, child, child_key, change, call)


def _disassociate(
    env: Environment,
    caller: Caller,
    table: Table,
    key: RowKey,
    name: str,
    inside: str | None,
    call: Call,
) -> Answer:
    row = readable(env, caller, table, key)
    collection = table.collections[name]
    target = env.schema.table(collection.table)
    address = f"{target.entity_set}({inside})" if inside else call.options.get("$id")
    child, child_key = _child(env, table, name, address)
    if readable(env, caller, child, child_key)[collection.lookup] != row[table.primary_id]:
        raise not_simulated("taking apart rows that are not associated")
    change = {back_to(table, child, collection): None}
    return _patched(env, caller, child, child_key, change, call)


def _child(env: Environment, table: Table, name: str, address: object) -> tuple[Table, RowKey]:
    """Return the row that a collection shall gain or lose."""
    if not isinstance(address, str):
        raise bad_query("the address of a related row is missing.")
    child, key = parse_reference(env.schema, address, env.base_url)
    if child.logical_name != table.collections[name].table:
        raise bad_query(f"'{address}' is no row of '{name}'.")
    return child, located(env, child, key)


def _patched(
    env: Environment, caller: Caller, table: Table, key: RowKey, change: Change, call: Call
) -> Answer:
    """Update a row that must be there; the answer says nothing but that it is done."""
    headers = Headers({"If-Match": call.condition("If-Match") or "*"})
    body = json.dumps(dict(change)).encode()
    patch = replace(call, method="PATCH", query="", headers=headers, body=body)
    answer = patch_row(env, caller, table, key, patch)
    kept = {name: text for name, text in answer.headers.items() if name == TOKEN_HEADER}
    return Answer(204, kept)


def _only(call: Call, name: str) -> object:
    """Return the one member of a body that may hold no other."""
    body = call.json_body()
    if {member for member in body if not member.startswith("@odata.context")} != {name}:
        raise bad_payload(f"'{name}' and nothing else is expected.")
    return body[name]
