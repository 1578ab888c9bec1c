"""A solution's parts into an environment; what is there is changed only where it differs."""

from tests.mock_dataverse.customization_tables import SYSTEM_FORM
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.layers import publish_row
from tests.mock_dataverse.platform_rows import put_messages
from tests.mock_dataverse.privileges import privileges_on
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.roles import put_privileges, put_role
from tests.mock_dataverse.solutions.parts import Part, SolutionParts
from tests.mock_dataverse.store import Row


def apply(env: Environment, solution: SolutionParts) -> None:
    """Put every part in place."""
    for table in solution.tables:
        put_messages(env, table)
        put_privileges(env, privileges_on(table))
    for role in solution.roles:
        put_role(env, role)
    for part in solution.parts:
        _put_part(env, part, managed=solution.managed)


def _put_part(env: Environment, part: Part, *, managed: bool) -> None:
    """Make or change a row. What is new or managed is published with it; else it waits for that."""
    is_new = env.store.find(part.table, str(part.row_id)) is None
    told: Row = {"ismanaged": int(managed)} if part.table == SYSTEM_FORM else {}
    put_row(env, env.schema.written(part.table), part.row_id, part.values | told)
    at_once = managed or (is_new and env.switches.new_parts_are_published)
    if part.table.layered and at_once:
        publish_row(env, part.table, str(part.row_id))
