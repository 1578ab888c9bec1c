"""CreateMultiple and its like: all or nothing on standard tables, row by row on elastic ones."""

import json
from collections.abc import Callable
from uuid import UUID

from tests.mock_dataverse.addresses import RowKey, parse_reference
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.columns import GUID
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DUPLICATE_RECORD,
    HTTP_ERROR,
    INVALID_ARGUMENT,
    NOT_SUPPORTED,
    DataverseError,
    bad_payload,
    bad_request,
    missing_row,
)
from tests.mock_dataverse.keys import located
from tests.mock_dataverse.payloads import read_payload, with_key, without_key
from tests.mock_dataverse.row_calls import TOKEN_HEADER, require_all_writes
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.writing import create_row, delete_row, replace_row, update_row

PREFIX = "Microsoft.Dynamics.CRM."
COSMOS_STATUS = {DUPLICATE_RECORD: 409}

Target = dict[str, object]
Apply = Callable[[Environment, Caller, Table, Target], str]


def bulk(env: Environment, caller: Caller, table: Table, message: str, call: Call) -> Answer:
    """Answer one of the four bulk messages."""
    require_all_writes(table)
    if message == "DeleteMultiple" and not table.elastic:
        raise DataverseError(
            405, NOT_SUPPORTED, "DeleteMultiple has not yet been implemented for this table."
        )
    targets = _targets(env, table, call)
    if message == "UpdateMultiple":
        targets = _first_of_each(table, targets)
    if message == "UpsertMultiple" and len(_first_of_each(table, targets)) < len(targets):
        raise bad_request(INVALID_ARGUMENT, "A row is named twice.")
    ids = _run(env, caller, table, targets, MESSAGES[message])
    headers = {}
    if table.elastic and message != "DeleteMultiple":
        headers[TOKEN_HEADER] = env.elastic.token
    if message != "CreateMultiple":
        return Answer(204, headers)
    context = f"{env.root}$metadata#{PREFIX}CreateMultipleResponse"
    return json_answer({"@odata.context": context, "Ids": ids}, headers=headers)


def _targets(env: Environment, table: Table, call: Call) -> list[Target]:
    targets = call.json_body().get("Targets")
    if not isinstance(targets, list) or not targets:
        raise bad_payload("'Targets' needs a list of rows.")
    for target in targets:
        if not isinstance(target, dict) or not isinstance(target.get("@odata.type"), str):
            raise bad_payload("every target needs its '@odata.type'.")
        if env.schema.of_type(str(target["@odata.type"])) is not table:
            raise bad_payload(f"a target is not of the type '{table.logical_name}'.")
    return targets


def _run(
    env: Environment, caller: Caller, table: Table, targets: list[Target], apply: Apply
) -> list[str]:
    if not table.elastic:
        return [apply(env, caller, table, target) for target in targets]
    ids, failures = [], []
    for index, target in enumerate(targets):
        try:
            ids.append(apply(env, caller, table, target))
        except DataverseError as error:
            if error.status == 501:
                raise
            status = COSMOS_STATUS.get(error.code, error.status)
            row_id = target.get(table.primary_id)
            failures.append({"RequestIndex": index, "Id": row_id, "StatusCode": status})
    if failures:
        raise DataverseError(
            env.switches.failed_bulk_status,
            HTTP_ERROR,
            f"{len(failures)} of {len(targets)} rows failed.",
            details={"Plugin.BulkApiErrorDetails": json.dumps(failures)},
        )
    return ids


def _create(env: Environment, caller: Caller, table: Table, target: Target) -> str:
    row = create_row(env, caller, table, read_payload(env, table, target, creating=True))
    return str(row[table.primary_id])


def _update(env: Environment, caller: Caller, table: Table, target: Target) -> str:
    key, before = _existing(env, table, target)
    if key.alternate is not None:
        raise bad_request(INVALID_ARGUMENT, "UpdateMultiple does not take alternate keys.")
    if before is None:
        raise missing_row(table.label, key.row_id)
    update_row(env, caller, table, before, read_payload(env, table, target, creating=False))
    return key.row_id


def _upsert(env: Environment, caller: Caller, table: Table, target: Target) -> str:
    key, before = _existing(env, table, target)
    if before is None:
        payload = with_key(read_payload(env, table, target, creating=True), table, key)
        return str(create_row(env, caller, table, payload)[table.primary_id])
    payload = without_key(read_payload(env, table, target, creating=False), key)
    change = replace_row if table.elastic else update_row
    change(env, caller, table, before, payload)
    return key.row_id


def _delete(env: Environment, caller: Caller, table: Table, target: Target) -> str:
    key, before = _existing(env, table, target)
    if before is None:
        raise missing_row(table.label, key.row_id)
    delete_row(env, caller, table, before)
    return key.row_id


def _existing(env: Environment, table: Table, target: Target) -> tuple[RowKey, Row | None]:
    key = _key_of(env, table, target)
    return key, env.store.find(table, key.row_id, key.partition)


def _key_of(env: Environment, table: Table, target: Target) -> RowKey:
    reference = target.get("@odata.id")
    if isinstance(reference, str):
        named, key = parse_reference(env.schema, reference, env.base_url)
        if named is table:
            return located(env, table, key)
    row_id = target.get(table.primary_id)
    if not isinstance(row_id, str) or not GUID.fullmatch(row_id):
        raise bad_request(INVALID_ARGUMENT, f"A target needs its '{table.primary_id}'.")
    partition = target.get("partitionid")
    return RowKey(str(UUID(row_id)), partition if isinstance(partition, str) else None)


def _first_of_each(table: Table, targets: list[Target]) -> list[Target]:
    found: dict[str, Target] = {}
    for target in targets:
        name = [target.get(part) for part in ("@odata.id", table.primary_id, "partitionid")]
        found.setdefault(json.dumps(name), target)
    return list(found.values())


MESSAGES: dict[str, Apply] = {
    "CreateMultiple": _create,
    "UpdateMultiple": _update,
    "UpsertMultiple": _upsert,
    "DeleteMultiple": _delete,
}
