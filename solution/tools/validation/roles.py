"""Security roles: every privilege exists and can reach as far as it says."""

import re
from collections import Counter
from collections.abc import Iterator

from solution.tools.validation.built_in import ORGANIZATION_PRIVILEGES, PRIVILEGES
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution, Table

LEVELS = {"Basic", "Local", "Deep", "Global"}
PRIVILEGE = re.compile(r"prv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(\w+)")
NOT_SHARED = "Share"


def privileges_exist(solution: Solution) -> Iterator[Finding]:
    """A privilege is named after a table of ours, or is a known built-in one."""
    for role, name, _ in _privileges(solution):
        if name not in PRIVILEGES and _table_of(solution, name) is None:
            message = f"there is no privilege {name}"
            yield Finding(role.place, "privilege-unknown", message)


def privileges_are_given_once(solution: Solution) -> Iterator[Finding]:
    """Of a privilege at two levels, nobody could say how far it reaches."""
    given = Counter((role.place, name) for role, name, _ in _privileges(solution))
    for (place, name), times in given.items():
        if times > 1:
            yield Finding(place, "privilege-twice", f"{name} is given {times} times")


def privileges_reach_as_far_as_they_can(solution: Solution) -> Iterator[Finding]:
    """Rows that belong to the organization are for everybody or nobody."""
    for role, name, level in _privileges(solution):
        table = _table_of(solution, name)
        if level not in LEVELS:
            message = f"{name}: {level!r} is none of {sorted(LEVELS)}"
            yield Finding(role.place, "privilege-level", message)
        elif table is not None and _is_everybodys(table) and level != "Global":
            message = f"{name}: {table.schema_name} belongs to the organization, so only Global"
            yield Finding(role.place, "privilege-level", message)
        elif name in ORGANIZATION_PRIVILEGES and level != "Global":
            yield Finding(role.place, "privilege-level", f"{name} is held by Global or not at all")


def _privileges(solution: Solution) -> Iterator[tuple[Document, str, str]]:
    """Return role, name and level of each privilege."""
    for role in solution.roles:
        for privilege in role.root.iterfind("RolePrivileges/RolePrivilege"):
            yield role, privilege.get("name", ""), privilege.get("level", "")


def _table_of(solution: Solution, privilege: str) -> Table | None:
    match = PRIVILEGE.fullmatch(privilege)
    if match is None:
        return None
    table = solution.tables.get(match[2].lower())
    if table is None or not table.ours or table.schema_name != match[2]:
        return None
    if table.elastic and match[1] == NOT_SHARED:
        return None
    return table


def _is_everybodys(table: Table) -> bool:
    return table.property("OwnershipTypeMask") == "OrgOwned"
