"""Roles of ``customizations.xml``."""

from tests.mock_dataverse.privileges import DEPTHS
from tests.mock_dataverse.roles import RoleParts
from tests.mock_dataverse.solutions.archive import Element, ImportFailedError, identity


def role(element: Element) -> RoleParts:
    name = str(element.get("name"))
    depths = {}
    for privilege in element.iterfind("RolePrivileges/RolePrivilege"):
        level = DEPTHS.get(str(privilege.get("level")))
        if level is None:
            raise ImportFailedError(f"The role {name} has the level {privilege.get('level')}.")
        depths[str(privilege.get("name"))] = level
    return RoleParts(
        role_id=identity(element.get("id"), f"The role {name}"),
        name=name,
        description=None,
        depths=depths,
        is_inherited=element.get("isinherited") == "1",
    )
