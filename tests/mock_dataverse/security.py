"""Who may do what to which row: roles, depths, and impersonation as an intersection.

A caller is one or two principals: the one whose token it is and, when impersonating, the person it
acts for. Every check must pass for each of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from solution.model.roles import Access, Depth, Privileges, Role
from tests.mock_dataverse.errors import PRIVILEGE_DENIED, TARGET_LACKS_PRIVILEGE, forbidden
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Ownership, Table

PRIVILEGE_PREFIXES = {
    Access.READ: "Read",
    Access.WRITE: "Write",
    Access.APPEND: "Append",
    Access.APPEND_TO: "AppendTo",
    Access.CREATE: "Create",
    Access.DELETE: "Delete",
    Access.SHARE: "Share",
    Access.ASSIGN: "Assign",
}
CASE_WORK = (
    Access.CREATE,
    Access.READ,
    Access.WRITE,
    Access.APPEND,
    Access.APPEND_TO,
    Access.ASSIGN,
)


def _to_all(tables: Iterable[str], *accesses: Access) -> Privileges:
    return {(table, access): Depth.ORGANIZATION for table in tables for access in accesses}


CUSTOMER_SERVICE = Role(
    name="Customer Service Representative",
    description="Dataverse's own role, as far as we need it: works on all cases and activities.",
    privileges=_to_all(("incident", "activitypointer"), *CASE_WORK)
    | _to_all(("contact", "account"), Access.READ, Access.APPEND, Access.APPEND_TO)
    | _to_all(("systemuser", "businessunit", "appmodule"), Access.READ, Access.APPEND_TO),
)
ADMINISTRATOR = Role(
    name="System Administrator",
    description="May do everything.",
    privileges={},
    acts_on_behalf=True,
)


@dataclass(frozen=True, slots=True)
class Principal:
    """One user with the union of the roles, and the business units below the user's own."""

    user_id: UUID
    business_unit: str
    units_below: frozenset[str]
    privileges: Privileges = field(hash=False)
    everything: bool = False
    acts_on_behalf: bool = False

    def depth(self, table: Table, access: Access) -> Depth | None:
        """Return how far the privilege reaches; on organization tables all or nothing."""
        if self.everything:
            return Depth.ORGANIZATION
        depth = self.privileges.get((table.privilege_name, access))
        if depth and table.ownership is Ownership.ORGANIZATION:
            return depth if depth is Depth.ORGANIZATION else None
        return depth

    def units(self, depth: Depth) -> frozenset[str]:
        match depth:
            case Depth.USER:
                return frozenset()
            case Depth.BUSINESS_UNIT:
                return frozenset({self.business_unit})
            case _:
                return self.units_below | {self.business_unit}


def principal_of(
    user_id: UUID, *, business_unit: str, units_below: frozenset[str], roles: Iterable[Role]
) -> Principal:
    """Return the user with the union of the roles: for each privilege the greatest depth."""
    privileges: Privileges = {}
    held = list(roles)
    for role in held:
        for (table, access), depth in role.privileges.items():
            # Activities of every kind share the privileges of the activity.
            key = ("activitypointer" if table in ACTIVITIES else table, access)
            privileges[key] = max(depth, privileges.get(key, depth))
    return Principal(
        user_id,
        business_unit,
        units_below,
        privileges,
        everything=any(role.name == ADMINISTRATOR.name for role in held),
        acts_on_behalf=any(role.acts_on_behalf for role in held),
    )


ACTIVITIES = frozenset({"task", "phonecall", "email", "appointment", "incidentresolution"})


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

    def may(self, table: Table, access: Access, row: Row) -> bool:
        return all(_reaches(principal, table, access, row) for principal in self.principals)

    def visible(self, table: Table, sql: sa.FromClause) -> list[sa.ColumnElement[bool]]:
        """Return the conditions that leave only rows everyone concerned may read."""
        return [
            condition
            for principal in self.principals
            for condition in _visible(principal, table, sql)
        ]


def owner_of(table: Table, row: Row) -> tuple[str, str]:
    """Return the owner of a row and the owner's business unit."""
    if table.ownership is Ownership.SELF:
        return str(row[table.primary_id]), str(row["businessunitid"])
    return str(row["ownerid"]), str(row["owningbusinessunit"])


def require_readable_by_owner(owner: Principal, table: Table) -> None:
    """Raise 403 if rows of the table would be given to someone who cannot read any."""
    if owner.depth(table, Access.READ) is None:
        raise forbidden(
            TARGET_LACKS_PRIVILEGE,
            f"Principal user (Id={owner.user_id}) is missing {_name(table, Access.READ)}"
            " privilege and cannot own such a row.",
        )


def _reaches(principal: Principal, table: Table, access: Access, row: Row) -> bool:
    depth = principal.depth(table, access)
    if depth is None:
        return False
    if depth is Depth.ORGANIZATION:
        return True
    owner, unit = owner_of(table, row)
    return owner == str(principal.user_id) or unit in principal.units(depth)


def _visible(
    principal: Principal, table: Table, sql: sa.FromClause
) -> list[sa.ColumnElement[bool]]:
    depth = principal.depth(table, Access.READ)
    if depth is None:
        return [sa.false()]
    if depth is Depth.ORGANIZATION:
        return []
    myself = table.ownership is Ownership.SELF
    owner = sql.c[table.primary_id] if myself else sql.c.ownerid
    unit = sql.c.businessunitid if myself else sql.c.owningbusinessunit
    mine = owner == str(principal.user_id)
    units = principal.units(depth)
    return [sa.or_(mine, unit.in_(sorted(units)))] if units else [mine]


def _name(table: Table, access: Access) -> str:
    return f"prv{PRIVILEGE_PREFIXES[access]}{table.schema_name}"


def _denied(principal: Principal, table: Table, access: Access) -> Exception:
    return forbidden(
        PRIVILEGE_DENIED,
        f"Principal user (Id={principal.user_id}) is missing {_name(table, access)} privilege"
        f" for entity '{table.logical_name}'.",
    )
