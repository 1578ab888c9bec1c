"""What is special about cases: resolving them, and the minutes of their activities."""

from dataclasses import replace

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.data_contracts import entity, option
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    CASE_ALREADY_CLOSED,
    CASE_ALREADY_RESOLVED,
    CASE_HAS_ACTIVE_CHILDREN,
    CASE_HAS_OPEN_ACTIVITIES,
    INVALID_STATUS,
    RESOLUTION_WITHOUT_CASE,
    bad_payload,
    bad_request,
    missing_row,
    not_simulated,
)
from tests.mock_dataverse.execution_context import Happening
from tests.mock_dataverse.payloads import Payload, read_payload
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.states import ACTIVE, RESOLVED
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.writing import create_row, update_row

RESOLUTION_TYPE = "Microsoft.Dynamics.CRM.incidentresolution"
COMPLETED = 1


def close_incident(env: Environment, caller: Caller, call: Call) -> Answer:
    """Resolve a case: a closed resolution activity and the case's new state, or neither."""
    body = call.json_body()
    sent = body.get("IncidentResolution")
    if not isinstance(sent, dict) or sent.get("@odata.type") != RESOLUTION_TYPE:
        raise bad_payload(f"'IncidentResolution' needs a {RESOLUTION_TYPE}.")
    table = env.schema.table("incidentresolution")
    payload = read_payload(env, table, sent, creating=True)
    if "incidentid" not in payload.references:
        raise bad_request(RESOLUTION_WITHOUT_CASE, "The resolution names no case.")
    cases, case = payload.references["incidentid"]
    caller.require(cases, Access.WRITE, case)
    status = _status(body.get("Status"))
    _require_resolvable(env, case)
    values: Row = {**payload.values, "statecode": COMPLETED, "statuscode": 2}
    values |= {"regardingobjectid": case["incidentid"], "regardingobjectid__type": "incident"}
    _create_closed(env, caller, Payload(values, payload.references))
    state: Row = {"statecode": RESOLVED, "statuscode": status}
    # As SYSTEM, because only this action may set the state; stamped as the caller's work.
    stamps: Row = {
        "modifiedby": str(caller.user_id),
        "modifiedonbehalfby": str(caller.sender.user_id) if caller.sender else None,
    }
    closed = update_row(env, None, cases, case, Payload(state | stamps, {}))
    resolution = entity(table, None, values)
    parameters = {"IncidentResolution": resolution, "Status": option(status)}
    for happening in (
        Happening(message="Update", table=cases, row=closed, changes=state, user=caller.user_id),
        Happening(
            message="Close", table=cases, row=closed, parameters=parameters, user=caller.user_id
        ),
    ):
        env.webhooks.tell(env, replace(happening, before=case))
    return Answer(204)


def withdraw_resolutions(env: Environment, case_id: str) -> None:
    """Cancel the resolutions of a case that is opened again, where Dataverse does so."""
    if not env.switches.reopening_cancels_resolutions:
        return
    table = env.schema.table("incidentresolution")
    sql = env.store.sql(table)
    closed = sa.select(sql).where(sql.c.incidentid == case_id, sql.c.statecode == COMPLETED)
    for row in env.store.select(closed):
        update_row(env, None, table, row, Payload({"statecode": 2, "statuscode": 3}, {}))


def total_time(env: Environment, caller: Caller, key: RowKey) -> Answer:
    """Answer CalculateTotalTimeIncident: minutes over the case's closed activities."""
    cases, activities = env.schema.table("incident"), env.schema.table("activitypointer")
    case = env.store.find(cases, key.row_id)
    if case is None:
        raise missing_row(cases.label, key.row_id)
    caller.require(cases, Access.READ, case)
    sql = env.store.sql(activities)
    minutes = env.store.scalar(
        sa.select(sa.func.sum(sql.c.actualdurationminutes)).where(
            sql.c.regardingobjectid == key.row_id, sql.c.statecode == COMPLETED
        )
    )
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.CalculateTotalTimeIncidentResponse"
    return json_answer({"@odata.context": context, "TotalTime": int(minutes or 0)})


def _status(value: object) -> int:
    states = {5, 1000}
    if value == -1:
        return 5
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_payload("'Status' needs a whole number.")
    if value not in states:
        raise bad_request(
            INVALID_STATUS, f"{value} is not a valid status code for state code 1 on incident."
        )
    return value


def _require_resolvable(env: Environment, case: Row) -> None:
    if case["statecode"] == RESOLVED:
        raise bad_request(CASE_ALREADY_RESOLVED, "The case has already been resolved.")
    if case["statecode"] != ACTIVE:
        raise bad_request(CASE_ALREADY_CLOSED, "The case is already closed or cancelled.")
    activities = env.store.sql(env.schema.table("activitypointer"))
    if env.switches.open_activities_block_resolving and _any(
        env, activities, activities.c.regardingobjectid == case["incidentid"]
    ):
        raise bad_request(CASE_HAS_OPEN_ACTIVITIES, "Open activities block resolving the case.")
    cases = env.store.sql(env.schema.table("incident"))
    if _any(env, cases, cases.c.parentcaseid == case["incidentid"]):
        raise bad_request(CASE_HAS_ACTIVE_CHILDREN, "Resolve the active child cases first.")


def _any(env: Environment, sql: sa.Table, condition: sa.ColumnElement[bool]) -> bool:
    found = sa.select(sql.c["_sequence"]).where(condition, sql.c.statecode == ACTIVE).limit(1)
    return env.store.scalar(found) is not None


def _create_closed(env: Environment, caller: Caller, payload: Payload) -> None:
    table = env.schema.table("incidentresolution")
    if payload.values.get("subject") is None:
        raise not_simulated("a resolution without a subject")
    stamps: Row = {
        "createdby": str(caller.user_id),
        "createdonbehalfby": str(caller.sender.user_id) if caller.sender else None,
        "ownerid": str(caller.user_id),
    }
    case = payload.references["incidentid"]
    unit = caller.user.business_unit
    caller.require(table, Access.CREATE, {**stamps, "owningbusinessunit": unit})
    caller.require(case[0], Access.APPEND_TO, case[1])
    create_row(env, None, table, Payload({**stamps, **payload.values}, {}))
