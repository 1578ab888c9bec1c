"""What an address names below a set or a row: counts, messages, collections, single values."""

import re

from tests.mock_dataverse.addresses import Address, RowKey
from tests.mock_dataverse.builtin_tables import SYSTEM_USER
from tests.mock_dataverse.bulk import MESSAGES, bulk
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.cases import total_time
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import not_simulated, unknown_resource, wrong_method
from tests.mock_dataverse.platform_tables import ROLE
from tests.mock_dataverse.reading import count_of_set, list_rows, one_row
from tests.mock_dataverse.references import answer_reference, clear_value, put_value
from tests.mock_dataverse.related import related_count, related_row, related_rows, single_value
from tests.mock_dataverse.role_privileges import ADD, REPLACE, give_privileges
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.user_privileges import FUNCTION, privileges_of_user
from tests.mock_dataverse.user_roles import ROLES_OF_USER, roles_of_user

ROW_OF = re.compile(r"\(.*\)", re.DOTALL)
"""Where a segment picks one row of a collection."""
CRM = "Microsoft.Dynamics.CRM."
PRIVILEGES_BY_NAME = f"{CRM}{FUNCTION}("
TOTAL_TIME = f"{CRM}CalculateTotalTimeIncident()"
UNPUBLISHED_ROW = f"{CRM}RetrieveUnpublished()"
VALUE_METHODS = {"GET": single_value, "PUT": put_value, "DELETE": clear_value}
UNPUBLISHED_ROWS = f"{CRM}RetrieveUnpublishedMultiple()"


def below(env: Environment, caller: Caller, address: Address, call: Call) -> Answer:
    """Answer what is asked behind a set or a row."""
    if address.key is None:
        return _below_set(env, caller, address.table, address.rest, call)
    if address.rest[0].startswith(ROLES_OF_USER) and address.table == SYSTEM_USER:
        return roles_of_user(env, caller, address.key, address.rest, call)
    return _below_row(env, caller, address.table, address.key, address.rest, call)


def _below_set(
    env: Environment, caller: Caller, table: Table, rest: tuple[str, ...], call: Call
) -> Answer:
    match rest, call.method:
        case ("$count",), "GET":
            return count_of_set(env, caller, table, call)
        case (name,), "GET" if name == UNPUBLISHED_ROWS and table.layered:
            return list_rows(env, caller, env.schema.written(table), call)
        case (name,), "POST" if name.removeprefix(CRM) in MESSAGES:
            return bulk(env, caller, table, name.removeprefix(CRM), call)
        case (name,), _ if name.removeprefix(CRM) in MESSAGES:
            raise wrong_method(call.method)
        case _:
            raise _unknown(rest, call)


def _below_row(
    env: Environment, caller: Caller, table: Table, key: RowKey, rest: tuple[str, ...], call: Call
) -> Answer:
    name = ROW_OF.sub("", rest[0])
    if name in table.navigations or name in table.collections:
        return _related(env, caller, table, key, rest, call)
    match rest, call.method:
        case (segment,), _ if segment == TOTAL_TIME and table.logical_name == "incident":
            return total_time(env, caller, key)
        case (segment,), "GET" if segment == UNPUBLISHED_ROW and table.layered:
            return one_row(env, caller, env.schema.written(table), key, call)
        case (segment,), "POST" if table == ROLE and segment.removeprefix(CRM) in (ADD, REPLACE):
            return give_privileges(env, caller, key, segment.removeprefix(CRM), call)
        case (segment,), "GET" if segment.startswith(PRIVILEGES_BY_NAME) and table == SYSTEM_USER:
            return privileges_of_user(env, caller, key, call)
        case (segment,), method if segment in table.wire_columns and method in VALUE_METHODS:
            return VALUE_METHODS[method](env, caller, table, key, segment, call)
        case _:
            raise _unknown(rest, call)


def _related(
    env: Environment, caller: Caller, table: Table, key: RowKey, rest: tuple[str, ...], call: Call
) -> Answer:
    """Answer what is asked of a navigation property."""
    match rest, call.method:
        case (name,), "GET" if name in table.collections:
            return related_rows(env, caller, table, key, name, call)
        case (name,), "GET" if name in table.navigations:
            return related_row(env, caller, table, key, name, call)
        case (name, "$count"), "GET" if name in table.collections:
            return related_count(env, caller, table, key, name, call)
        case (segment, "$ref"), _:
            return answer_reference(env, caller, table, key, segment, call)
        case _:
            raise not_simulated(f"{call.method} of {'/'.join(rest)}")


def _unknown(rest: tuple[str, ...], call: Call) -> Exception:
    """Return the refusal of what the product may know, or of what nobody does."""
    if any(part.startswith(CRM) or part in {"$ref", "$value"} for part in rest):
        return not_simulated(f"{call.method} of {'/'.join(rest)}")
    return unknown_resource(rest[0])
