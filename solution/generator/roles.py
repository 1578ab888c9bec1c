"""``Roles/<name>.xml``: a security role by the names that Dataverse gives to privileges.

A privilege is called after its table's schema name, with exceptions that are older than that rule:
``systemuser`` is ``User``, and all activities share ``Activity``. Source: exported roles of public
solutions; ``docs`` ``security-roles-privileges``.
"""

from solution.generator.elements import braced, element, leaves
from solution.model.identity import stable_id
from solution.model.roles import Access, Depth, Role
from solution.model.tables import TABLES
from solution.tools.packing.documents import Element

LEVELS = {
    Depth.USER: "Basic",
    Depth.BUSINESS_UNIT: "Local",
    Depth.BUSINESS_UNIT_AND_CHILDREN: "Deep",
    Depth.ORGANIZATION: "Global",
}
VERBS = {
    Access.READ: "Read",
    Access.WRITE: "Write",
    Access.APPEND: "Append",
    Access.APPEND_TO: "AppendTo",
    Access.CREATE: "Create",
    Access.DELETE: "Delete",
    Access.SHARE: "Share",
    Access.ASSIGN: "Assign",
}
OBJECTS = {table.logical_name: table.schema_name for table in TABLES} | {
    "activitypointer": "Activity",
    "appmodule": "AppModule",
    "incident": "Incident",
    "organizationsetting": "OrganizationSetting",
    "settingdefinition": "SettingDefinition",
    "systemuser": "User",
}
"""What privileges on a table are called after its verb."""
ACT_ON_BEHALF = "prvActOnBehalfOfAnotherUser"


def privilege_name(table: str, access: Access) -> str:
    """Return the name of a privilege, such as ``prvReadcht_TimeLog``.

    Raises:
        KeyError: nobody has looked up yet what privileges on the table are called.
    """
    return f"prv{VERBS[access]}{OBJECTS[table]}"


def named_privileges(role: Role) -> dict[str, Depth]:
    """Return what a role of the solution holds, by name."""
    depths = {privilege_name(*key): depth for key, depth in role.privileges.items()}
    return depths | ({ACT_ON_BEHALF: Depth.ORGANIZATION} if role.acts_on_behalf else {})


def role_document(role: Role) -> Element:
    depths = named_privileges(role)
    privileges = (
        element("RolePrivilege", name=name, level=LEVELS[depths[name]])
        for name in sorted(depths, key=str.lower)
    )
    return element(
        "Role",
        *leaves(IsCustomizable=1, IsAutoAssigned=0),
        element("RolePrivileges", *privileges),
        id=braced(stable_id("role", role.name)),
        name=role.name,
        # Else who has it through a team could own no row of their own.
        isinherited="1",
    )
