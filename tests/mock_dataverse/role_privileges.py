"""What a role allows over the Web API: told, added to, or replaced."""

import json
from uuid import UUID

import sqlalchemy as sa

from solution.model.roles import Access, Depth
from tests.mock_dataverse.addresses import RowKey, unquoted
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, bad_request, missing_row, not_simulated
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.platform_tables import PRIVILEGE, ROLE
from tests.mock_dataverse.privileges import (
    DEPTH_NAMES,
    DEPTHS,
    FACTS,
    depth_problem,
    privilege_id,
)
from tests.mock_dataverse.roles import stored_depths
from tests.mock_dataverse.security import ADMINISTRATOR_TEMPLATE, Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.writing import update_row

ADD, REPLACE = "AddPrivilegesRole", "ReplacePrivilegesRole"
RESPONSE = "Microsoft.Dynamics.CRM.RetrieveRolePrivilegesRoleResponse"


def privileges_of_role(
    env: Environment, caller: Caller, arguments: dict[str, str], call: Call
) -> Answer:
    """Answer RetrieveRolePrivilegesRole."""
    text = arguments.get("RoleId", "")
    role = _role(env, unquoted(call.options.get(text, text)).lower())
    caller.require(ROLE, Access.READ, role)
    if role["roletemplateid"] == str(ADMINISTRATOR_TEMPLATE):
        depths = dict.fromkeys(env.schema.privileges(), Depth.ORGANIZATION)
    else:
        depths = _depths_of(role)
    shown = shown_privileges(depths, str(role["businessunitid"]))
    return json_answer(
        {"@odata.context": f"{env.root}$metadata#{RESPONSE}", "RolePrivileges": shown}
    )


def shown_privileges(depths: dict[str, Depth], unit: str) -> list[dict[str, object]]:
    """Return privileges by name as functions show them."""
    return [
        {
            "Depth": DEPTH_NAMES[depth],
            "PrivilegeId": str(privilege_id(name)),
            "BusinessUnitId": unit,
            "PrivilegeName": name,
            "RecordFilterId": str(UUID(int=0)),
            "RecordFilterUniqueName": "",
        }
        for name, depth in depths.items()
    ]


def give_privileges(
    env: Environment, caller: Caller, key: RowKey, action: str, call: Call
) -> Answer:
    """Answer AddPrivilegesRole and ReplacePrivilegesRole: all that is named, or nothing."""
    role = _role(env, key.row_id)
    caller.require(ROLE, Access.WRITE, role)
    if role["parentroleid"] is not None:
        raise not_simulated(f"{action} of a role's copy in a business unit")
    given = _given(env, call.json_body().get("Privileges"), key.row_id)
    depths = (_depths_of(role) if action == ADD else {}) | given
    sql = env.store.sql(ROLE)
    for copy in env.store.select(sa.select(sql).where(sql.c.parentrootroleid == key.row_id)):
        update_row(env, None, ROLE, copy, Payload({"privileges": stored_depths(depths)}, {}))
    return Answer(204)


def _given(env: Environment, sent: object, role_id: str) -> dict[str, Depth]:
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise bad_payload("'Privileges' is a collection of RolePrivilege.")
    given = {}
    known = env.schema.privileges()
    for one in sent:
        row = env.store.find(PRIVILEGE, str(one.get("PrivilegeId")).lower())
        depth = DEPTHS.get(str(one.get("Depth")))
        if row is None:
            raise missing_row(PRIVILEGE.label, str(one.get("PrivilegeId")))
        if depth is None:
            raise bad_payload(f"'{one.get('Depth')}' is no depth of a privilege.")
        privilege = known[str(row["name"])]
        problem = depth_problem(privilege, depth, role_id)
        if problem:
            raise bad_request(FACTS["refusal"]["code"].lower(), problem)
        given[privilege.name] = depth
    return given


def _role(env: Environment, role_id: str) -> Row:
    role = env.store.find(ROLE, role_id)
    if role is None:
        raise missing_row(ROLE.label, role_id)
    return role


def _depths_of(role: Row) -> dict[str, Depth]:
    stored = json.loads(str(role["privileges"]))
    return {name: Depth(depth) for name, depth in stored.items()}
