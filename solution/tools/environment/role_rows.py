"""Roles and their privileges as an environment tells them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from dataverse_client import AlternateKey, DataverseClient, Query, RequestRejected, Row, eq
from dataverse_client import operations as op
from solution.generator.roles import LEVELS, VERBS
from solution.model.roles import ROLES, Access, Depth, Role

DEPTHS = {level: depth for depth, level in LEVELS.items()}
"""Beside these there is ``RecordFilter``: chosen rows only, which is not as far as any of them."""

Depths = Mapping[str, Depth]
PrivilegeKey = tuple[str, Access]


@dataclass(frozen=True, slots=True)
class Offer:
    """A privilege that a table offers here, and the depths at which it can be given."""

    privilege_id: UUID
    name: str
    depths: frozenset[Depth]


def copies_of(dataverse: DataverseClient, role: Role) -> list[Row]:
    """Return the role in each business unit, that of the root first."""
    columns = ("roleid", "_parentroleid_value", "isinherited")
    query = Query("roles").select(*columns).where(eq("name", role.name))
    return sorted(dataverse.rows(query), key=lambda row: row["_parentroleid_value"] is not None)


def held_privileges(dataverse: DataverseClient, role_id: UUID) -> Depths:
    function = op.call_function("RetrieveRolePrivilegesRole", {"RoleId": role_id})
    return {
        str(held["PrivilegeName"]): DEPTHS[held["Depth"]]
        for held in dataverse.send(function)["RolePrivileges"]
        if held["Depth"] in DEPTHS
    }


def offers(dataverse: DataverseClient) -> Mapping[PrivilegeKey, Offer]:
    """Return what roles hold where it is offered, and is offered here.

    What a privilege is called is told by the table that it is on. A table that does not say so
    offers nothing.
    """
    wanted = {key for role in ROLES for key in role.where_offered}
    found = {key: _offer(dataverse, *key) for key in wanted}
    return {key: offer for key, offer in found.items() if offer}


def lacking(
    role: Role, held: Depths, offered: Mapping[PrivilegeKey, Offer]
) -> Iterator[tuple[Offer, Depth]]:
    """Yield what a role shall hold where it is offered, and does not hold although it is."""
    for key, depth in role.where_offered.items():
        offer = offered.get(key)
        if offer and depth in offer.depths and held.get(offer.name, 0) < depth:
            yield offer, depth


def _offer(dataverse: DataverseClient, table: str, access: Access) -> Offer | None:
    name = AlternateKey(LogicalName=table)
    try:
        definition = dataverse.row("EntityDefinitions", name, select=["Privileges"])
    except RequestRejected:
        return None
    for told in definition.get("Privileges") or ():
        if told["PrivilegeType"] == VERBS[access]:
            depths = (depth for depth, level in LEVELS.items() if told[f"CanBe{level}"])
            return Offer(UUID(told["PrivilegeId"]), str(told["Name"]), frozenset(depths))
    return None
