"""Security roles as rows: one in each business unit, and who has which."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

import sqlalchemy as sa

from solution.model.identity import stable_id
from solution.model.roles import Access, Depth, Privileges, Role
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.platform_tables import PRIVILEGE, ROLE, USER_ROLE
from tests.mock_dataverse.privileges import (
    ACT_ON_BEHALF,
    DEPTHS,
    Privilege,
    depth_problem,
    privilege_name,
)
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.security import ADMINISTRATOR_TEMPLATE
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.writing import create_row, delete_row

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleParts:
    """A role as it is written down: the depth of each privilege by its name."""

    role_id: UUID
    name: str
    description: str | None
    depths: dict[str, Depth]
    template_id: UUID | None = None
    is_inherited: bool = True


ADMINISTRATOR = RoleParts(
    role_id=stable_id("role", "System Administrator"),
    name="System Administrator",
    description="May do everything.",
    depths={},
    template_id=ADMINISTRATOR_TEMPLATE,
)


def parts_of(schema: Schema, role: Role) -> RoleParts:
    """Return a role of the model by the names of its privileges."""
    depths: dict[str, Depth] = {}
    for (table, access), depth in role.privileges.items():
        # Activities of every kind share their privileges.
        name = privilege_name(schema.table(table), access)
        depths[name] = max(depth, depths.get(name, depth))
    if role.acts_on_behalf:
        depths[ACT_ON_BEHALF] = Depth.ORGANIZATION
    return RoleParts(
        role_id=stable_id("role", role.name),
        name=role.name,
        description=None,  # the solution's files have none
        depths=depths,
    )


def deployed_parts_of(schema: Schema, role: Role) -> RoleParts:
    """Return a role of the model as the deployment leaves it."""
    return parts_of(schema, replace(role, privileges=role.privileges | role.where_offered))


def stored_depths(depths: dict[str, Depth]) -> str:
    return json.dumps(dict(sorted(depths.items())))


def role_problems(schema: Schema, role: RoleParts) -> Iterator[str]:
    """Yield what no environment would take of a role."""
    known = schema.privileges()
    for name, depth in role.depths.items():
        if name not in known:
            yield f"The role {role.name} has the privilege {name}, which does not exist."
        elif problem := depth_problem(known[name], depth, role.role_id):
            yield problem


def put_privileges(env: Environment, privileges: Iterable[Privilege]) -> None:
    """Let privileges be found by their names, with how far each can reach."""
    for privilege in privileges:
        reaches = {
            f"canbe{name.lower()}": int(depth in privilege.depths) for name, depth in DEPTHS.items()
        }
        values: Row = {
            "name": privilege.name,
            "accessright": int(privilege.key[1]) if privilege.key else 0,
            **reaches,
        }
        put_row(env, PRIVILEGE, privilege.id, values)


def put_role(env: Environment, role: RoleParts) -> None:
    """Make a role known, or as it is said here, in every business unit."""
    values: Row = {
        "name": role.name,
        "description": role.description,
        "roletemplateid": str(role.template_id) if role.template_id else None,
        "isinherited": int(role.is_inherited),
        "privileges": stored_depths(role.depths),
    }
    units = env.store.sql(env.schema.table("businessunit"))
    for unit in env.store.select(sa.select(units).order_by(units.c["_sequence"])):
        if unit["parentbusinessunitid"] is None:
            place: Row = {
                "businessunitid": unit["businessunitid"],
                "parentrootroleid": str(role.role_id),
            }
            put_row(env, ROLE, role.role_id, place | values)
        else:
            _put_copy(env, str(role.role_id), unit, values)


def copy_roles(env: Environment, unit: Row) -> None:
    """Give a new business unit its copy of every role."""
    sql = env.store.sql(ROLE)
    copied = ("name", "description", "roletemplateid", "isinherited", "privileges")
    for root in env.store.select(sa.select(sql).where(sql.c.parentroleid.is_(None))):
        _put_copy(env, str(root["roleid"]), unit, {name: root[name] for name in copied})


def _put_copy(env: Environment, root_id: str, unit: Row, values: Row) -> None:
    unit_id, parent = str(unit["businessunitid"]), str(unit["parentbusinessunitid"])
    above = env.store.find(ROLE, _copy_id(root_id, parent))
    place: Row = {
        "businessunitid": unit_id,
        "parentroleid": above["roleid"] if above else root_id,
        "parentrootroleid": root_id,
    }
    put_row(env, ROLE, _copy_id(root_id, unit_id), place | values)


def _copy_id(root_id: str, unit_id: str) -> str:
    return str(uuid5(UUID(root_id), unit_id))


def give_roles(env: Environment, user_id: UUID, names: Iterable[str]) -> None:
    """Replace the roles of a user by those of the user's business unit.

    Raises:
        KeyError: there is no such user or role; a mistake of the test.
    """
    user = env.store.find(env.schema.table("systemuser"), str(user_id))
    if user is None:
        raise KeyError(user_id)
    sql = env.store.sql(ROLE)
    here = sa.select(sql).where(sql.c.businessunitid == user["businessunitid"])
    ids = {str(row["name"]): str(row["roleid"]) for row in env.store.select(here)}
    for held in _holdings(env, str(user_id)):
        delete_row(env, None, USER_ROLE, held)
    for name in dict.fromkeys(names):
        if name not in ids:
            raise KeyError(f"there is no role {name!r}; known: {sorted(ids)}")
        hold(env, str(user_id), ids[name])


def hold(env: Environment, user_id: str, role_id: str) -> None:
    """Give one role to a user.

    Raises:
        DataverseError: 412, the user has it.
    """
    values: Row = {
        "systemuserroleid": str(uuid5(UUID(user_id), role_id)),
        "systemuserid": user_id,
        "roleid": role_id,
    }
    create_row(env, None, USER_ROLE, Payload(values, {}))


def let_go(env: Environment, user_id: str, role_id: str) -> bool:
    """Take one role from a user; False if the user does not have it."""
    held = env.store.find(USER_ROLE, str(uuid5(UUID(user_id), role_id)))
    if held is None:
        return False
    delete_row(env, None, USER_ROLE, held)
    return True


def _holdings(env: Environment, user_id: str) -> list[Row]:
    sql = env.store.sql(USER_ROLE)
    return env.store.select(sa.select(sql).where(sql.c.systemuserid == user_id))
