"""Roles of ``customizations.xml``."""

from solution.model.roles import Depth
from tests.mock_dataverse.roles import RoleParts
from tests.mock_dataverse.solutions.archive import Element, ImportFailedError, identity

LEVELS = {
    "Basic": Depth.USER,
    "Local": Depth.BUSINESS_UNIT,
    "Deep": Depth.BUSINESS_UNIT_AND_CHILDREN,
    "Global": Depth.ORGANIZATION,
}


def role(element: Element) -> RoleParts:
    name = str(element.get("name"))
    depths = {}
    for privilege in element.iterfind("RolePrivileges/RolePrivilege"):
        level = LEVELS.get(str(privilege.get("level")))
        if level is None:
            raise ImportFailedError(f"The role {name} has the level {privilege.get('level')}.")
        depths[str(privilege.get("name"))] = level
    return RoleParts(
        role_id=identity(element.get("id"), f"The role {name}"),
        name=name,
        description=None,
        depths=depths,
    )
