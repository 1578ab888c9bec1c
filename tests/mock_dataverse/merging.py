"""Merging two cases: the subordinate one is cancelled, and what belongs to it moves."""

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.data_contracts import reference
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, missing_row, not_simulated
from tests.mock_dataverse.execution_context import Happening
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.states import ACTIVE
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.writing import update_row

CASE_TYPE = "Microsoft.Dynamics.CRM.incident"
CANCELLED, MERGED = 2, 2000


def merge(env: Environment, caller: Caller, call: Call) -> Answer:
    """Merge the subordinate case into the target, or nothing."""
    body = call.json_body()
    cases = env.schema.table("incident")
    target, subordinate = (_case(env, body.get(name)) for name in ("Target", "Subordinate"))
    for case in (target, subordinate):
        caller.require(cases, Access.WRITE, case)
        if case["statecode"] != ACTIVE:
            raise not_simulated("merging cases that are not active")
    if target["incidentid"] == subordinate["incidentid"]:
        raise bad_payload("a case cannot be merged into itself.")
    surviving = str(target["incidentid"])
    _move(env, surviving=surviving, merged=str(subordinate["incidentid"]))
    state: Row = {"statecode": CANCELLED, "statuscode": MERGED}
    changes = state | {"masterid": surviving, "merged": 1}
    # As SYSTEM, because nobody may write these columns otherwise.
    after = update_row(env, None, cases, subordinate, Payload(dict(changes), {}))
    parameters = {
        "Target": reference(cases, surviving),
        "SubordinateId": subordinate["incidentid"],
        "PerformParentingChecks": bool(body.get("PerformParentingChecks")),
    }
    user = caller.user_id
    for happening in (
        Happening(
            message="Update",
            table=cases,
            row=after,
            changes=changes,
            before=subordinate,
            user=user,
        ),
        Happening(
            message="Merge",
            table=cases,
            row=target,
            parameters=parameters,
            before=target,
            user=user,
        ),
    ):
        env.webhooks.tell(env, happening)
    return Answer(204)


def _case(env: Environment, sent: object) -> Row:
    if not isinstance(sent, dict) or sent.get("@odata.type") != CASE_TYPE:
        raise not_simulated("merging anything but cases")
    cases = env.schema.table("incident")
    row_id = str(sent.get("incidentid", "")).lower()
    row = env.store.find(cases, row_id)
    if row is None:
        raise missing_row(cases.label, row_id)
    return row


def _move(env: Environment, *, surviving: str, merged: str) -> None:
    """Let activities, resolutions and child cases belong to the surviving case."""
    cases = env.schema.table("incident")
    sql = env.store.sql(env.schema.table("activitypointer"))
    for row in env.store.select(sa.select(sql).where(sql.c.regardingobjectid == merged)):
        kind = env.schema.table(str(row["activitytypecode"]))
        names = [name for name in ("regardingobjectid", "incidentid") if name in kind.columns]
        update_row(env, None, kind, row, Payload(dict.fromkeys(names, surviving), {}))
    sql = env.store.sql(cases)
    for row in env.store.select(sa.select(sql).where(sql.c.parentcaseid == merged)):
        update_row(env, None, cases, row, Payload({"parentcaseid": surviving}, {}))
