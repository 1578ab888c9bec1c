"""What a user's roles allow, asked for by the names of privileges."""

import json

from solution.model.roles import Depth
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_query, not_simulated
from tests.mock_dataverse.privileges import Privilege
from tests.mock_dataverse.role_privileges import shown_privileges
from tests.mock_dataverse.security import Caller, Principal
from tests.mock_dataverse.user_roles import user_of

FUNCTION = "RetrieveUserSetOfPrivilegesByNames"


def privileges_of_user(env: Environment, caller: Caller, key: RowKey, call: Call) -> Answer:
    """Answer ``systemusers(id)/…RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@names)``."""
    user = user_of(env, caller, key)
    principal = env.people.principal(str(user["systemuserid"]))
    known = env.schema.privileges()
    depths = {}
    for name in _asked_for(call):
        if name not in known:
            raise not_simulated(f"the privilege {name}")
        depth = _depth(principal, known[name])
        if depth is not None:
            depths[name] = depth
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.{FUNCTION}Response"
    shown = shown_privileges(depths, principal.business_unit)
    return json_answer({"@odata.context": context, "RolePrivileges": shown})


def _depth(principal: Principal, privilege: Privilege) -> Depth | None:
    if principal.everything:
        return Depth.ORGANIZATION
    if privilege.key is None:
        return Depth.ORGANIZATION if principal.acts_on_behalf else None
    return principal.privileges.get(privilege.key)


def _asked_for(call: Call) -> list[str]:
    """Return the names in the aliased parameter; a collection has to be given by one."""
    aliases = [value for option, value in call.options.items() if option.startswith("@")]
    try:
        (names,) = map(json.loads, aliases)
    except ValueError as error:
        raise bad_query(f"{FUNCTION} needs one list of names behind an alias.") from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise bad_query("PrivilegeNames is a list of texts.")
    return names
