"""Roles and privileges as the Web API tells them, and adding to them."""

from tests.contract.api import Api, Json

SUPERVISOR = "Case Time Supervisor"
FLAGS = ("canbebasic", "canbelocal", "canbedeep", "canbeglobal")


def root_unit(api: Api) -> str:
    unit: str = api.get("WhoAmI").json()["BusinessUnitId"]
    return unit


def role_id(api: Api, name: str, unit: str | None = None) -> str:
    (role,) = api.values(
        f"roles?$select=roleid,name&$filter=name eq '{name}'"
        f" and _businessunitid_value eq {unit or root_unit(api)}"
    )
    return str(role["roleid"])


def privilege(api: Api, name: str) -> Json:
    (row,) = api.values(
        f"privileges?$select=privilegeid,{','.join(FLAGS)}&$filter=name eq '{name}'"
    )
    return row


def give_privilege(
    api: Api, name: str, depth: str, *, action: str = "AddPrivilegesRole"
) -> Json | None:
    """Add a privilege to the supervisor's role and return the error, if it is one."""
    given = {"PrivilegeId": privilege(api, name)["privilegeid"], "Depth": depth}
    role = role_id(api, SUPERVISOR)
    answer = api.post(f"roles({role})/Microsoft.Dynamics.CRM.{action}", {"Privileges": [given]})
    return None if answer.status_code == 204 else answer.json()["error"]


def depths_of(api: Api, unit: str | None = None) -> dict[str, str]:
    role = role_id(api, SUPERVISOR, unit)
    told = api.get(f"RetrieveRolePrivilegesRole(RoleId={role})").json()["RolePrivileges"]
    return {one["PrivilegeName"]: one["Depth"] for one in told}
