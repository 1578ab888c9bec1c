"""The roles of a user over the Web API: which there are, giving one, taking one away."""

import re

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, bad_query, missing_row, not_simulated
from tests.mock_dataverse.keys import referenced
from tests.mock_dataverse.platform_tables import ROLE, USER_ROLE
from tests.mock_dataverse.reading import list_rows
from tests.mock_dataverse.roles import hold, let_go
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row

ROLES_OF_USER = "systemuserroles_association"
ONE_ROLE = re.compile(rf"{ROLES_OF_USER}\((?P<role>[^)]*)\)")


def roles_of_user(
    env: Environment, caller: Caller, key: RowKey, rest: tuple[str, ...], call: Call
) -> Answer:
    """Answer what is asked below ``systemusers(id)/systemuserroles_association``."""
    user = user_of(env, caller, key)
    match call.method, rest:
        case "GET", (name,) if name == ROLES_OF_USER:
            return _list(env, caller, user, call)
        case "POST", (name, "$ref") if name == ROLES_OF_USER:
            return _give(env, caller, user, call)
        case "DELETE", (name, "$ref") if name == ROLES_OF_USER:
            return _take(env, caller, user, _named(env, call.options.get("$id")))
        case "DELETE", (name, "$ref") if match := ONE_ROLE.fullmatch(name):
            return _take(env, caller, user, _named(env, f"roles({match['role']})"))
        case _:
            raise not_simulated(f"{call.method} of {'/'.join(rest)}")


def user_of(env: Environment, caller: Caller, key: RowKey) -> Row:
    """Return a user that the caller may see."""
    table = env.schema.table("systemuser")
    user = env.store.find(table, key.row_id)
    if user is None:
        raise missing_row(table.label, key.row_id)
    caller.require(table, Access.READ, user)
    return user


def _list(env: Environment, caller: Caller, user: Row, call: Call) -> Answer:
    held = env.store.sql(USER_ROLE)
    ids = sa.select(held.c.roleid).where(held.c.systemuserid == user["systemuserid"])
    return list_rows(env, caller, ROLE, call, within=(env.store.sql(ROLE).c.roleid.in_(ids),))


def _give(env: Environment, caller: Caller, user: Row, call: Call) -> Answer:
    body = call.json_body()
    if body.keys() != {"@odata.id"}:
        raise bad_payload("a reference needs '@odata.id' and nothing else.")
    role = _named(env, body["@odata.id"])
    caller.require_privilege(ROLE, Access.ASSIGN)
    if role["businessunitid"] != user["businessunitid"]:
        raise not_simulated("giving a role of another business unit than the user's")
    hold(env, str(user["systemuserid"]), str(role["roleid"]))
    return Answer(204)


def _take(env: Environment, caller: Caller, user: Row, role: Row) -> Answer:
    caller.require_privilege(ROLE, Access.ASSIGN)
    if not let_go(env, str(user["systemuserid"]), str(role["roleid"])):
        raise not_simulated("taking away a role that the user does not have")
    return Answer(204)


def _named(env: Environment, reference: object) -> Row:
    """Return the role that ``roles(id)``, rooted or absolute, names."""
    if not isinstance(reference, str):
        raise bad_query("a reference to a role is missing.")
    table, role = referenced(env, reference)
    if table.logical_name != "role":
        raise bad_query(f"'{reference}' is no role.")
    return role
