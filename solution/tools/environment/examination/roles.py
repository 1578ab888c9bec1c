"""Are the roles there, with what they need, and does somebody have them?"""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from dataverse_client import DataverseClient, Query, Row, any_of, eq
from solution.generator.roles import named_privileges
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import REPRESENTATIVE, ROLES, SERVICE, Depth, Role
from solution.tools.environment.deployment.application_user import USERS, powerful, roles_of
from solution.tools.environment.reporter import Finding, ok, problem, warning
from solution.tools.environment.role_rows import (
    Depths,
    Offer,
    copies_of,
    held_privileges,
    lacking,
    offers,
)

INHERITED = 1
MOST_NAMED = 5
MOST_HOLDERS = 50
"""More need not be named one by one."""
MOST_IN_A_FILTER = 50
"""A role has a copy in each business unit, and an address may not grow with them."""


def role_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    offered = offers(dataverse)
    for role in ROLES:
        copies = copies_of(dataverse, role)
        if not copies:
            yield problem(f"The role {role.name} is missing.", "Run `deploy --reimport`.")
            continue
        held = held_privileges(dataverse, UUID(copies[0]["roleid"]))
        faults = [
            *privilege_findings(role, held),
            *_offer_findings(role, lacking(role, held, offered)),
            *_team_findings(role, copies[0]),
        ]
        yield from faults or [ok(f"The role {role.name} has the privileges it needs.")]


def privilege_findings(role: Role, held: Depths) -> Iterator[Finding]:
    """Compare what a role holds with what the model says.

    Dataverse gives every role some privileges of its own, so only those on our tables can be
    too many.
    """
    needed = named_privileges(role)
    missing = [name for name, depth in needed.items() if held.get(name, 0) < depth]
    if missing:
        yield problem(
            f"The role {role.name} lacks {_some(missing)}, or not far enough.",
            "Run `deploy --reimport`.",
        )
    ours = [name for name in held if PUBLISHER_PREFIX + "_" in name]
    excess = [name for name in ours if held[name] > needed.get(name, 0)]
    if excess:
        yield warning(
            f"The role {role.name} goes further than it should: {_some(excess)}.",
            "Take that away, or run `deploy --reimport`.",
        )


def _offer_findings(role: Role, missed: Iterable[tuple[Offer, Depth]]) -> Iterator[Finding]:
    names = [offer.name for offer, _ in missed]
    if names:
        yield warning(
            f"The role {role.name} could have {_some(names)} here and does not:"
            " settings of apps are asked for one by one.",
            "Run `deploy`.",
        )


def _team_findings(role: Role, row: Row) -> Iterator[Finding]:
    if row["isinherited"] != INHERITED:
        yield warning(
            f"The role {role.name} gives members of a team that has it no rows of their own.",
            "Set its member's privilege inheritance to *Direct User (Basic) access level and Team"
            " privileges*, or run `deploy --reimport`.",
        )


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


def _holders(dataverse: DataverseClient, role: Role) -> Iterator[Row]:
    """Yield users who have the role in any business unit, by name and not through a team.

    They are read some at a time, as far as they are looked at.
    """
    columns = ("fullname", "applicationid", "isdisabled")
    for copies in _some_at_a_time(copies_of(dataverse, role)):
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
