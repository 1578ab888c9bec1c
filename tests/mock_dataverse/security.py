"""Who may do what to which row: roles, depths, and impersonation as an intersection.

A caller is one or two principals: the one whose token it is and, when impersonating, the person it
acts for. Every check must pass for each of them.
"""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa

from solution.model.roles import Access, Depth
from tests.mock_dataverse.errors import PRIVILEGE_DENIED, TARGET_LACKS_PRIVILEGE, forbidden
from tests.mock_dataverse.privileges import (
    ACT_ON_BEHALF,
    PREFIXES,
    PrivilegeKey,
    privilege_name,
)
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Ownership, Table

ADMINISTRATOR_TEMPLATE = UUID("627090ff-40a3-4053-8790-584edc5be201")
"""The same in every environment, where the role itself has another id in each."""
ACCESSES = {prefix: access for access, prefix in PREFIXES.items()}
LONGEST_FIRST = sorted(ACCESSES, key=len, reverse=True)
PRIVILEGE = re.compile(f"prv({'|'.join(LONGEST_FIRST)})(.+)")

Reach = dict[PrivilegeKey, Depth]


@dataclass(frozen=True, slots=True)
class Grants:
    """What one role gives."""

    reach: Reach = field(hash=False)
    everything: bool
    acts_on_behalf: bool


@lru_cache(maxsize=256)
def grants_of(privileges: str, template_id: str | None) -> Grants:
    """Return what a role gives, from its row: the depth of each privilege by name, as JSON."""
    depths = json.loads(privileges)
    reach = {
        (match[2], ACCESSES[match[1]]): Depth(depth)
        for name, depth in depths.items()
        if (match := PRIVILEGE.fullmatch(name))
    }
    everything = template_id == str(ADMINISTRATOR_TEMPLATE)
    return Grants(reach, everything, everything or ACT_ON_BEHALF in depths)


def union_of(roles: list[Grants]) -> Reach:
    """Return the greatest depth of each privilege."""
    reach: Reach = {}
    for role in roles:
        for privilege, depth in role.reach.items():
            reach[privilege] = max(depth, reach.get(privilege, depth))
    return reach


@dataclass(frozen=True, slots=True)
class Principal:
    """One user with the union of the roles, and the business units below the user's own."""

    user_id: UUID
    business_unit: str
    units_below: frozenset[str]
    privileges: Reach = field(hash=False)
    everything: bool = False
    acts_on_behalf: bool = False

    def depth(self, table: Table, access: Access) -> Depth | None:
        """Return how far the privilege reaches, if at all."""
        if self.everything:
            return Depth.ORGANIZATION
        return self.privileges.get((table.privilege_name, access))

    def units(self, depth: Depth) -> frozenset[str]:
        match depth:
            case Depth.USER:
                return frozenset()
            case Depth.BUSINESS_UNIT:
                return frozenset({self.business_unit})
            case _:
                return self.units_below | {self.business_unit}


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a request acts as (``user``), and who really sent it when that is somebody else."""

    user: Principal
    sender: Principal | None = None

    @property
    def user_id(self) -> UUID:
        return self.user.user_id

    @property
    def principals(self) -> tuple[Principal, ...]:
        return (self.user, self.sender) if self.sender else (self.user,)

    def require_privilege(self, table: Table, access: Access) -> None:
        """Raise 403 unless everyone concerned has the privilege at any depth."""
        for principal in self.principals:
            if principal.depth(table, access) is None:
                raise _denied(principal, table, access)

    def require(self, table: Table, access: Access, row: Row) -> None:
        """Raise 403 unless everyone concerned has the privilege, reaching as far as this row."""
        self.require_privilege(table, access)
        for principal in self.principals:
            if not _reaches(principal, table, access, row):
                raise _denied(principal, table, access)

    def visible(self, table: Table, sql: sa.FromClause) -> list[sa.ColumnElement[bool]]:
        """Return the conditions that leave only rows everyone concerned may read."""
        return [
            condition
            for principal in self.principals
            for condition in _visible(principal, table, sql)
        ]


def require_readable_by_owner(owner: Principal, table: Table) -> None:
    """Raise 403 if rows of the table would be given to someone who cannot read any."""
    if owner.depth(table, Access.READ) is None:
        raise forbidden(
            TARGET_LACKS_PRIVILEGE,
            f"Principal user (Id={owner.user_id}) is missing {privilege_name(table, Access.READ)}"
            " privilege and cannot own such a row.",
        )


def _reaches(principal: Principal, table: Table, access: Access, row: Row) -> bool:
    depth = principal.depth(table, access)
    if depth is None:
        return False
    if depth is Depth.ORGANIZATION:
        return True
    if table.ownership is Ownership.BUSINESS:
        return str(row["businessunitid"]) in principal.units(depth)
    owner, unit = str(row["ownerid"]), str(row["owningbusinessunit"])
    return owner == str(principal.user_id) or unit in principal.units(depth)


def _visible(
    principal: Principal, table: Table, sql: sa.FromClause
) -> list[sa.ColumnElement[bool]]:
    depth = principal.depth(table, Access.READ)
    if depth is None:
        return [sa.false()]
    if depth is Depth.ORGANIZATION:
        return []
    units = sorted(principal.units(depth))
    if table.ownership is Ownership.BUSINESS:
        return [sql.c.businessunitid.in_(units)]
    mine = sql.c.ownerid == str(principal.user_id)
    return [sa.or_(mine, sql.c.owningbusinessunit.in_(units))] if units else [mine]


def _denied(principal: Principal, table: Table, access: Access) -> Exception:
    return forbidden(
        PRIVILEGE_DENIED,
        f"Principal user (Id={principal.user_id}) is missing {privilege_name(table, access)}"
        f" privilege for entity '{table.logical_name}'.",
    )
