"""A solution's parts into an environment; what is there is changed only where it differs."""

import sqlalchemy as sa

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.layers import publish_row
from tests.mock_dataverse.platform_rows import put_messages
from tests.mock_dataverse.platform_tables import MESSAGE_FILTER, STEP
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.roles import put_role
from tests.mock_dataverse.solutions.parts import Part, SolutionParts, StepPart
from tests.mock_dataverse.store import Row


def apply(env: Environment, solution: SolutionParts) -> None:
    """Put every part in place."""
    for table in solution.tables:
        put_messages(env, table)
    for role in solution.roles:
        put_role(env, role)
    for part in solution.parts:
        _put_part(env, part)
    for step in solution.steps:
        links: Row = {
            "sdkmessageid": str(step.message_id),
            "sdkmessagefilterid": filter_of(env, step),
            "eventhandler": str(step.endpoint_id),
        }
        put_row(env, STEP, step.step_id, step.values | links)
        for image in step.images:
            of_step: Row = {"sdkmessageprocessingstepid": str(step.step_id)}
            put_row(env, image.table, image.row_id, image.values | of_step)


def _put_part(env: Environment, part: Part) -> None:
    """Make or change a row; what is new is published with it, what changed waits for that."""
    is_new = env.store.find(part.table, str(part.row_id)) is None
    put_row(env, env.schema.written(part.table), part.row_id, part.values)
    if part.table.layered and is_new and env.switches.new_parts_are_published:
        publish_row(env, part.table, str(part.row_id))


def filter_of(env: Environment, step: StepPart) -> str | None:
    """Return the filter that lets a step hear of its message on its table, if there is one."""
    sql = env.store.sql(MESSAGE_FILTER)
    found = env.store.select(
        sa.select(sql).where(
            sql.c.sdkmessageid == str(step.message_id),
            sql.c.primaryobjecttypecode == step.primary_table,
        )
    )
    return str(found[0]["sdkmessagefilterid"]) if found else None
