"""BulkDelete: a job that deletes the rows of some ids, done when somebody looks at it.

Source: Web API reference, ``bulkdelete`` and ``bulkdeleteresponse``; the query is the one that
Microsoft's SDK for Python sends.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.columns import GUID, show_moment
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, not_simulated
from tests.mock_dataverse.lockdown import require_customizable
from tests.mock_dataverse.platform_tables import ASYNC_OPERATION
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.solutions.jobs import SUCCEEDED, WAITING
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table, Writes
from tests.mock_dataverse.writing import delete_row

CRM = "Microsoft.Dynamics.CRM."
BULK_DELETE: Row = {"operationtype": 13}
ONCE_AND_SILENTLY = {
    "SendEmailNotification": False,
    "ToRecipients": [],
    "CCRecipients": [],
    "RecurrencePattern": "",
}


def bulk_delete(env: Environment, caller: Caller, call: Call) -> Answer:
    """Start a job, and tell its id."""
    if not all(principal.everything for principal in caller.principals):
        raise not_simulated("BulkDelete without being an administrator")
    body = call.json_body()
    if body.keys() != {*ONCE_AND_SILENTLY, "JobName", "StartDateTime", "QuerySet"}:
        raise not_simulated("BulkDelete with other parameters")
    if any(body[name] != value for name, value in ONCE_AND_SILENTLY.items()):
        raise not_simulated("BulkDelete that tells somebody or comes again")
    table, ids = _rows_of(env, body["QuerySet"])
    require_customizable(env, table)
    operation_id = str(uuid4())
    put_row(
        env, ASYNC_OPERATION, operation_id, {"name": str(body["JobName"]), **BULK_DELETE, **WAITING}
    )
    env.deletions[operation_id] = lambda: _delete(env, caller, table, ids)
    context = f"{env.root}$metadata#{CRM}BulkDeleteResponse"
    return json_answer({"@odata.context": context, "JobId": operation_id})


def look_at_bulk_deletions(env: Environment, row_id: str) -> None:
    """Let the job of this operation come to its end."""
    delete = env.deletions.pop(row_id, None)
    if delete:
        with env.webhooks.after_commit(), env.store.transaction():
            delete()
            put_row(
                env, ASYNC_OPERATION, row_id, {**SUCCEEDED, "completedon": show_moment(env.now)}
            )


def _delete(env: Environment, caller: Caller, table: Table, ids: list[str]) -> None:
    for row_id in ids:
        row = env.store.find(table, row_id)
        if row:
            delete_row(env, caller, table, row)


def _rows_of(env: Environment, queries: object) -> tuple[Table, list[str]]:
    """Return the table and the ids that one query names: ``<primary id> In (...)``."""
    match queries:
        case [
            {
                "EntityName": str() as name,
                "Criteria": {
                    "Conditions": [
                        {"AttributeName": attribute, "Operator": "In", "Values": list() as values}
                    ]
                },
            }
        ] if name in env.schema.tables:
            table = env.schema.table(name)
        case _:
            raise not_simulated("BulkDelete with another query than of some ids")
    if attribute != table.primary_id or table.elastic or table.writes is not Writes.ALL:
        raise not_simulated(f"BulkDelete of {table.entity_set} by {attribute}")
    return table, [_id_of(value) for value in values]


def _id_of(value: object) -> str:
    text = value.get("Value") if isinstance(value, Mapping) else None
    if not isinstance(text, str) or not GUID.fullmatch(text):
        raise bad_payload(f"'{text}' is no id.")
    return str(UUID(text))
