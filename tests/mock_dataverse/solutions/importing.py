"""Importing a solution: all of it, or nothing and a reason."""

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.solutions.applying import apply
from tests.mock_dataverse.solutions.checking import check
from tests.mock_dataverse.solutions.parts import SolutionParts
from tests.mock_dataverse.solutions.reading import read_solution
from tests.mock_dataverse.tables import Table


def import_zip(env: Environment, content: bytes, *, settling_looks: int) -> SolutionParts:
    """Put a solution in place and return it.

    New tables are ready after so many looks at them.

    Raises:
        ImportFailedError: it cannot be imported, and nothing was changed.
    """
    solution = read_solution(content)
    check(env, solution)
    with env.store.transaction():
        for choice in solution.choices:
            env.schema.put_choice(choice)
        for table in solution.tables:
            _put_table(env, table, settling_looks)
        apply(env, solution)
    return solution


def _put_table(env: Environment, table: Table, settling_looks: int) -> None:
    """Make a table, or add to the one that is there; no import takes columns away."""
    known = env.schema.tables.get(table.logical_name)
    if known is None:
        env.schema.put(table)
        env.schema.settle(table, settling_looks)
    else:
        env.schema.put(table.with_more(known.columns))
    env.store.add(env.schema.table(table.logical_name))
