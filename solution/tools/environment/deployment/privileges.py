"""Stage, privileges: what the roles hold exists here, and what is offered here they get too."""

from uuid import UUID

from dataverse_client import DataverseClient, Query, Row, any_of, eq
from dataverse_client import operations as op
from solution.generator.roles import LEVELS, named_privileges
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import ROLES, Depth, Role
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Ahead, Change, Plan
from solution.tools.environment.role_rows import (
    Depths,
    Offer,
    copies_of,
    held_privileges,
    lacking,
    offers,
)
from solution.tools.environment.session import Session

FLAGS = {depth: f"canbe{level.lower()}" for depth, level in LEVELS.items()}
MISSING = "this environment does not offer what the roles need; nothing was changed:"
INSTEAD = "the functions ask for the settings of apps one by one"
NOT_OFFERED = f"this environment lets no role read the settings of apps; {INSTEAD}"


def require_privileges(dataverse: DataverseClient) -> None:
    """Look up what the roles hold on Dataverse's own tables: one that is missing ends an import.

    Raises:
        Stopped: a privilege does not exist here, or not at the depth that is needed.
    """
    needed = sorted(
        {
            (name, depth)
            for role in ROLES
            for name, depth in named_privileges(role).items()
            if f"{PUBLISHER_PREFIX}_" not in name
        }
    )
    there = _privileges(dataverse, {name for name, _ in needed})
    faults = [fault for name, depth in needed if (fault := _fault(there, name, depth))]
    if faults:
        raise Stopped("\n  ".join([MISSING, *faults]))


def offers_plan(session: Session, ahead: Ahead) -> Plan:
    """Say which roles lack what is offered to them here; an import brings them without it."""
    dataverse = session.dataverse
    offered = offers(dataverse)
    if not offered:
        return Plan(notes=(NOT_OFFERED,))
    changes = [
        _change(session, role, offer, depth)
        for role in ROLES
        for offer, depth in lacking(role, _held(dataverse, role, ahead), offered)
    ]
    return Plan(tuple(changes))


def _held(dataverse: DataverseClient, role: Role, ahead: Ahead) -> Depths:
    copies = [] if ahead.package else copies_of(dataverse, role)
    return held_privileges(dataverse, UUID(copies[0]["roleid"])) if copies else {}


def _change(session: Session, role: Role, offer: Offer, depth: Depth) -> Change:
    given = [{"PrivilegeId": str(offer.privilege_id), "Depth": LEVELS[depth]}]

    def give() -> None:
        role_id = UUID(copies_of(session.dataverse, role)[0]["roleid"])
        action = op.call_action(
            "AddPrivilegesRole",
            {"Privileges": given},
            bound_to=("roles", role_id),
            repeatable=True,
        )
        session.dataverse.send(action)

    text = f"give the role {role.name} what lets it read the settings of apps here"
    return Change(text, give, if_refused=INSTEAD)


def _privileges(dataverse: DataverseClient, names: set[str]) -> dict[str, Row]:
    query = (
        Query("privileges")
        .select("name", *FLAGS.values())
        .where(any_of(*(eq("name", name) for name in sorted(names))))
    )
    return {str(row["name"]).lower(): row for row in dataverse.rows(query)}


def _fault(there: dict[str, Row], name: str, depth: Depth) -> str | None:
    row = there.get(name.lower())
    if row is None:
        return f"{name} is not there"
    return None if row[FLAGS[depth]] else f"{name} cannot reach as far as {LEVELS[depth]}"
