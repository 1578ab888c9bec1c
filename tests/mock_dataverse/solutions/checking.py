"""What has to hold before anything of a solution is put in place."""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from tests.mock_dataverse.builtin_tables import APP_MODULE
from tests.mock_dataverse.checks import controls_of, form_problem
from tests.mock_dataverse.customization_tables import (
    CUSTOM_CONTROL,
    SITE_MAP,
    SOLUTION,
    SYSTEM_FORM,
    WEB_RESOURCE,
)
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.lockdown import REFUSAL
from tests.mock_dataverse.roles import role_problems
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.solutions.archive import ImportFailedError
from tests.mock_dataverse.solutions.parts import Root, SolutionParts
from tests.mock_dataverse.tables import Table

NAMED_KINDS = {
    "61": (WEB_RESOURCE, "name"),
    "62": (SITE_MAP, "sitemapnameunique"),
    "66": (CUSTOM_CONTROL, "name"),
    "80": (APP_MODULE, "uniquename"),
}
NUMBERED_KINDS = {"60": SYSTEM_FORM}
"""Types of components whose parts are rows: known by a name, or by their id."""


def check(env: Environment, solution: SolutionParts) -> None:
    """Raise ImportFailedError if something cannot be as the solution says it."""
    after = env.schema.copy()
    for table in solution.tables:
        after.put(table)
    for problems in (
        _doubled(solution),
        _missing_roots(solution),
        _older(env, solution),
        _wrong_kind(env, solution),
        _wrong_languages(env, solution),
        _wrong_tables(env.schema, after, solution),
        _wrong_mentions(env, after, solution),
        _wrong_roles(after, solution),
        _wrong_forms(env, solution),
    ):
        for problem in problems:
            raise ImportFailedError(problem)


def _doubled(solution: SolutionParts) -> Iterator[str]:
    ids = [
        *((part.table.logical_name, part.row_id) for part in solution.parts),
        *(("role", role.role_id) for role in solution.roles),
    ]
    for (kind, identity), times in Counter(ids).items():
        if times > 1:
            yield f"The {kind} {identity} is in the solution {times} times."


def _missing_roots(solution: SolutionParts) -> Iterator[str]:
    brought = _brought(solution)
    for root in solution.roots:
        if root not in brought:
            yield f"The root component {root.name} of type {root.kind} is not in the solution."


def _brought(solution: SolutionParts) -> set[Root]:
    """Return the parts of a solution as a manifest would list them."""
    tables = [*(table.logical_name for table in solution.tables), *solution.shells]
    found = {Root(kind="1", name=name) for name in tables}
    found |= {Root(kind="9", name=choice.name) for choice in solution.choices}
    found |= {Root(kind="20", name=str(role.role_id)) for role in solution.roles}
    for part in solution.parts:
        for kind, (table, column) in NAMED_KINDS.items():
            if part.table == table:
                found.add(Root(kind=kind, name=str(part.values[column])))
        for kind, table in NUMBERED_KINDS.items():
            if part.table == table:
                found.add(Root(kind=kind, name=str(part.row_id)))
    return found


def _older(env: Environment, solution: SolutionParts) -> Iterator[str]:
    sql = env.store.sql(SOLUTION)
    for row in env.store.select(sa.select(sql).where(sql.c.uniquename == solution.name)):
        if _ordered(solution.version) < _ordered(str(row["version"])):
            yield f"Version {row['version']} is installed, which is newer than {solution.version}."


def _wrong_kind(env: Environment, solution: SolutionParts) -> Iterator[str]:
    """Yield why an environment takes no solution of this kind."""
    if env.switches.unmanaged_blocked and not solution.managed:
        yield REFUSAL
    sql = env.store.sql(SOLUTION)
    for row in env.store.select(sa.select(sql).where(sql.c.uniquename == solution.name)):
        if bool(row["ismanaged"]) != solution.managed:
            kinds = {True: "managed", False: "unmanaged"}
            yield (
                f"The solution is installed as {kinds[not solution.managed]}, and the package is"
                f" {kinds[solution.managed]}."
            )


def _wrong_languages(env: Environment, solution: SolutionParts) -> Iterator[str]:
    lacking = solution.languages - set(env.switches.provisioned_languages)
    if lacking and env.switches.other_languages == "refused":
        yield f"The language {min(lacking)} is not provisioned."


def _ordered(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _wrong_tables(before: Schema, after: Schema, solution: SolutionParts) -> Iterator[str]:
    for name in solution.shells:
        if name not in after.tables:
            yield f"The table {name} is not there."
    for table in solution.tables:
        for column in table.columns.values():
            lost = set(column.targets.values()) - after.tables.keys()
            if lost:
                place = f"{table.logical_name}.{column.name}"
                yield f"The lookup {place} leads to {min(lost)}, which does not exist."
        known = before.tables.get(table.logical_name)
        if known is not None:
            yield from _changed_kind(known, table)


def _changed_kind(before: Table, after: Table) -> Iterator[str]:
    """Yield what no import can change."""
    if (before.elastic, before.ownership) != (after.elastic, after.ownership):
        yield f"The table {before.logical_name} is there, and of another kind."
    for name, column in after.columns.items():
        known = before.columns.get(name)
        if known is not None and known.kind is not column.kind:
            yield f"The column {before.logical_name}.{name} is there, and of another type."


def _wrong_mentions(env: Environment, after: Schema, solution: SolutionParts) -> Iterator[str]:
    brought = _brought(solution)
    for owner, root in solution.mentions:
        if root not in brought and not _is_there(env, after, root):
            yield f"{owner} needs {root.name} of type {root.kind}, which is missing."


def _is_there(env: Environment, schema: Schema, root: Root) -> bool:
    if root.kind == "1":
        return root.name in schema.tables
    if root.kind in NUMBERED_KINDS:
        table = env.schema.written(NUMBERED_KINDS[root.kind])
        return env.store.find(table, root.name) is not None
    table, column = NAMED_KINDS[root.kind]
    sql = env.store.sql(env.schema.written(table))
    return bool(env.store.select(sa.select(sql.c[column]).where(sql.c[column] == root.name)))


def _wrong_roles(schema: Schema, solution: SolutionParts) -> Iterator[str]:
    for role in solution.roles:
        yield from role_problems(schema, role)


def _wrong_forms(env: Environment, solution: SolutionParts) -> Iterator[str]:
    own = {
        str(part.values["name"]).lower() for part in solution.parts if part.table == CUSTOM_CONTROL
    }
    controls = controls_of(env) | own
    for part in solution.parts:
        if part.table == SYSTEM_FORM:
            problem = form_problem(str(part.values["formxml"]), controls=controls)
            if problem:
                yield f"The form {part.values['name']}: {problem}"
