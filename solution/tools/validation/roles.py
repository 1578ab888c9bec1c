"""Security roles: every privilege exists and can reach as far as it says."""

import re
from collections import Counter
from collections.abc import Iterator

from solution.tools.validation.built_in import OF_THE_ORGANIZATION, OF_USERS, PRIVILEGES
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution, Table

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
    """Dataverse imports no role with a privilege at a level that it does not offer."""
    for role, name, level in _privileges(solution):
        offered = PRIVILEGES.get(name) or _levels_of(_table_of(solution, name))
        if level not in offered:
            message = f"{name}: {level!r} is none of {sorted(offered)}"
            yield Finding(role.place, "privilege-level", message)


def roles_reach_own_rows_through_teams(solution: Solution) -> Iterator[Finding]:
    """Without the mark, who has a role through a team can own no row of their own."""
    for role in solution.roles:
        if role.root.get("isinherited") != "1":
            yield Finding(role.place, "role-not-inherited", 'isinherited="1" is missing')


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


def _levels_of(table: Table | None) -> frozenset[str]:
    is_everybodys = table is not None and table.property("OwnershipTypeMask") == "OrgOwned"
    return OF_THE_ORGANIZATION if is_everybodys else OF_USERS
