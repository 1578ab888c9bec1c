"""Are the roles there, with what they need, and does somebody have them?"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from uuid import UUID

from dataverse_client import DataverseClient, Query, Row, any_of, eq
from dataverse_client import operations as op
from solution.generator.roles import ACT_ON_BEHALF, privilege_name
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import REPRESENTATIVE, ROLES, SERVICE, Depth, Role
from solution.tools.environment.deployment.application_user import USERS, powerful, roles_of
from solution.tools.environment.reporter import Finding, ok, problem, warning

# Beside these there is ``RecordFilter``: chosen rows only, which is not as far as any of them.
DEPTHS = {
    "Basic": Depth.USER,
    "Local": Depth.BUSINESS_UNIT,
    "Deep": Depth.BUSINESS_UNIT_AND_CHILDREN,
    "Global": Depth.ORGANIZATION,
}
MOST_NAMED = 5
MOST_HOLDERS = 50
"""More need not be named one by one."""
MOST_IN_A_FILTER = 50
"""A role has a copy in each business unit, and an address may not grow with them."""

Depths = Mapping[str, Depth]


def role_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    for role in ROLES:
        copies = _copies(dataverse, role)
        if not copies:
            yield problem(f"The role {role.name} is missing.", "Run `deploy --reimport`.")
            continue
        function = op.call_function(
            "RetrieveRolePrivilegesRole", {"RoleId": UUID(copies[0]["roleid"])}
        )
        held = dataverse.send(function)["RolePrivileges"]
        depths = {
            str(each["PrivilegeName"]): DEPTHS[each["Depth"]]
            for each in held
            if each["Depth"] in DEPTHS
        }
        faults = list(privilege_findings(role, depths))
        yield from faults or [ok(f"The role {role.name} has the privileges it needs.")]


def privilege_findings(role: Role, held: Depths) -> Iterator[Finding]:
    """Compare what a role holds with what the model says.

    Dataverse gives every role some privileges of its own, so only those on our tables can be
    too many.
    """
    needed = needed_privileges(role)
    lacking = [name for name, depth in needed.items() if held.get(name, 0) < depth]
    if lacking:
        yield problem(
            f"The role {role.name} lacks {_some(lacking)}, or not far enough.",
            "Run `deploy --reimport`.",
        )
    ours = [name for name in held if PUBLISHER_PREFIX + "_" in name]
    excess = [name for name in ours if held[name] > needed.get(name, 0)]
    if excess:
        yield warning(
            f"The role {role.name} goes further than it should: {_some(excess)}.",
            "Take that away, or run `deploy --reimport`.",
        )


def needed_privileges(role: Role) -> Depths:
    names = {privilege_name(*each): depth for each, depth in role.privileges.items()}
    return names | ({ACT_ON_BEHALF: Depth.ORGANIZATION} if role.acts_on_behalf else {})


def application_user_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    users = list(islice(_holders(dataverse, SERVICE), MOST_HOLDERS))
    if not users:
        yield problem(
            f"Nobody has the role {SERVICE.name}: the functions cannot work.",
            "Run `deploy --application-id GUID`.",
        )
    for user in users:
        name = user["fullname"] or user["systemuserid"]
        faults = list(_user_findings(dataverse, user, str(name)))
        yield from faults or [ok(f"The application user {name} is enabled and has its role.")]


def _user_findings(dataverse: DataverseClient, user: Row, name: str) -> Iterator[Finding]:
    if user["applicationid"] is None:
        yield warning(
            f"{name} has the role {SERVICE.name} and is no application: it acts for anybody.",
            "Take the role away.",
        )
        return
    if user["isdisabled"]:
        yield problem(
            f"The application user {name} is disabled.", "Run `deploy --application-id GUID`."
        )
    for role in powerful(roles_of(dataverse, UUID(user["systemuserid"]))):
        yield warning(
            f"The application user {name} has the role {role} too.",
            "Take it away: it needs only its own.",
        )


def representative_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    if any(not user["isdisabled"] for user in _holders(dataverse, REPRESENTATIVE)):
        yield ok(f"There are users with the role {REPRESENTATIVE.name}.")
    else:
        yield warning(
            f"No enabled user has the role {REPRESENTATIVE.name} by name.",
            "Give it to those who work on cases. Through a team is fine: that is not looked at.",
        )


def _copies(dataverse: DataverseClient, role: Role) -> list[Row]:
    """Return the role in each business unit, that of the root first."""
    query = Query("roles").select("roleid", "_parentroleid_value").where(eq("name", role.name))
    return sorted(dataverse.rows(query), key=lambda row: row["_parentroleid_value"] is not None)


def _holders(dataverse: DataverseClient, role: Role) -> Iterator[Row]:
    """Yield users who have the role in any business unit, by name and not through a team.

    They are read some at a time, as far as they are looked at.
    """
    columns = ("fullname", "applicationid", "isdisabled")
    for copies in _some_at_a_time(_copies(dataverse, role)):
        held = any_of(*(eq("roleid", UUID(row["roleid"])) for row in copies))
        query = Query("systemuserrolescollection").select("systemuserid").where(held)
        for holders in _some_at_a_time(dataverse.rows(query)):
            ids = sorted({UUID(row["systemuserid"]) for row in holders})
            those = any_of(*(eq("systemuserid", each) for each in ids))
            yield from dataverse.rows(Query(USERS).select(*columns).where(those))


def _some_at_a_time(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while some := list(islice(rest, MOST_IN_A_FILTER)):
        yield some


def _some(names: Iterable[str]) -> str:
    every = sorted(names)
    more = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
