"""``$apply``: ``[filter(..)/]groupby((a),aggregate(b with sum as c))`` or ``aggregate(..)``."""

import re
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import AGGREGATE_LIMIT, bad_query, bad_request, not_simulated
from tests.mock_dataverse.filter_syntax import parse_filter
from tests.mock_dataverse.filter_tree import Condition
from tests.mock_dataverse.filters import SqlCondition, wire_column
from tests.mock_dataverse.options import parse_options, split_at
from tests.mock_dataverse.presenting import FORMATTED, Presenter
from tests.mock_dataverse.reading import SESSION_HEADER, applied, matching
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

STEP = re.compile(r"(filter|groupby|aggregate)\((.*)\)", re.DOTALL)
GROUP_BY = re.compile(r"\(([^()]*)\)\s*(?:,\s*aggregate\((.*)\))?", re.DOTALL)
AGGREGATE = re.compile(r"(\S+)\s+with\s+(\w+)\s+as\s+([A-Za-z_]\w*)")
COUNT = re.compile(r"\$count\s+as\s+([A-Za-z_]\w*)")
NUMBERS = frozenset({Kind.WHOLE, Kind.BIG})
COMPARABLE = NUMBERS | {Kind.MOMENT, Kind.DAY}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure: the alias, and the column and method it is made with (None: a count)."""

    alias: str
    column: Column | None = None
    method: str = "count"

    def element(self, sql: sa.FromClause) -> sa.ColumnElement[Any]:
        if self.column is None:
            return sa.func.count().label(self.alias)
        method = "avg" if self.method == "average" else self.method
        figure: sa.ColumnElement[Any] = getattr(sa.func, method)(sql.c[self.column.name])
        return figure.label(self.alias)


@dataclass(frozen=True, slots=True)
class Transformation:
    """The whole of ``$apply``."""

    condition: Condition | None
    groups: tuple[Column, ...]
    aggregates: tuple[Aggregate, ...]


def aggregated(env: Environment, caller: Caller, table: Table, call: Call) -> Answer:
    """Answer a query with ``$apply``: bare figures per group, of rows the caller may read."""
    options = parse_options(table, call.options)
    others = call.options.keys() - {"$apply", "partitionId"}
    if "$orderby" in others:
        raise bad_query("The query node SingleValueOpenPropertyAccess is not supported.")
    if others:
        raise not_simulated(f"$apply together with {', '.join(sorted(others))}")
    transformation = parse_apply(table, options.apply or "")
    if table.elastic and len(transformation.groups) > 1:
        raise not_simulated("grouping elastic rows by several columns")
    caller.require_privilege(table, Access.READ)
    token = call.headers.get(SESSION_HEADER)
    with env.elastic.as_seen(env.store, table, token=token, now=env.now):
        narrowed = replace(options, condition=transformation.condition)
        conditions = matching(env, caller, table, narrowed)
        rows = _groups(env, table, transformation, conditions)
    presenter = Presenter(call.preferences, env.name_of)
    body = {
        "@odata.context": f"{env.root}$metadata#{table.entity_set}",
        "value": [_shown(presenter, transformation, row) for row in rows],
    }
    return json_answer(body, headers=applied(call.preferences))


def parse_apply(table: Table, text: str) -> Transformation:
    """Return the transformation.

    Raises:
        DataverseError: 400 if Dataverse refuses it, 501 if only the mock does not know it.
    """
    condition: Condition | None = None
    steps = split_at(text, "/")
    if len(steps) > 1:
        first = STEP.fullmatch(steps[0])
        if len(steps) > 2 or first is None or first[1] != "filter":
            raise not_simulated("$apply with more than a filter and one more step")
        condition = parse_filter(first[2], {})
    last = STEP.fullmatch(steps[-1]) if steps else None
    match last and last[1]:
        case "aggregate" if last:
            return Transformation(condition, (), _aggregates(table, last[2]))
        case "groupby" if last:
            return _group_by(table, condition, last[2])
        case "filter":
            raise not_simulated("$apply with nothing but a filter")
        case _:
            raise bad_query(f"Syntax error in '{text}'.")


def _group_by(table: Table, condition: Condition | None, inside: str) -> Transformation:
    match = GROUP_BY.fullmatch(inside.strip())
    if match is None:
        raise bad_query(f"Syntax error in 'groupby({inside})'.")
    names = split_at(match[1], ",")
    if any("/" in name for name in names):
        raise not_simulated("grouping by columns of related rows")
    groups = tuple(wire_column(table, name) for name in names)
    for column in groups:
        if column.kind in {Kind.MOMENT, Kind.DAY}:
            raise bad_query(f"Grouping by the date '{column.name}' is not supported.")
    return Transformation(condition, groups, _aggregates(table, match[2]) if match[2] else ())


def _aggregates(table: Table, text: str) -> tuple[Aggregate, ...]:
    return tuple(_aggregate(table, part) for part in split_at(text, ","))


def _aggregate(table: Table, text: str) -> Aggregate:
    if count := COUNT.fullmatch(text):
        return Aggregate(count[1])
    match = AGGREGATE.fullmatch(text)
    if match is None:
        raise bad_query(f"Syntax error in '{text}'.")
    name, method, alias = match.groups()
    if method == "countdistinct":
        raise bad_query("countdistinct is not supported.")
    if method not in {"sum", "average", "min", "max"}:
        raise bad_query(f"Unknown aggregation method '{method}'.")
    if alias in table.columns:
        raise not_simulated("an alias that is also a column")
    column = wire_column(table, name)
    allowed = COMPARABLE if method in {"min", "max"} else NUMBERS
    if column.kind not in allowed:
        raise bad_query(f"'{method}' cannot be used on '{name}'.")
    if table.elastic and method != "sum":
        raise not_simulated(f"'{method}' on elastic tables")
    return Aggregate(alias, column, method)


def _groups(
    env: Environment, table: Table, wanted: Transformation, conditions: list[SqlCondition]
) -> list[Row]:
    sql = env.store.sql(table)
    groups = [sql.c[column.name] for column in wanted.groups]
    types = [sql.c[column.type_name] for column in wanted.groups if column.type_name]
    elements = [aggregate.element(sql) for aggregate in wanted.aggregates]
    counted = sa.func.count().label("_rows")
    statement = sa.select(*groups, *types, *elements, counted).select_from(sql).where(*conditions)
    rows = env.store.select(statement.group_by(*groups, *types) if groups else statement)
    limit = env.limits.aggregate_rows
    if sum(int(row["_rows"] or 0) for row in rows) > limit:
        raise bad_request(
            AGGREGATE_LIMIT, f"The maximum record limit of {limit} for aggregates is exceeded."
        )
    return rows


def _shown(presenter: Presenter, wanted: Transformation, row: Row) -> dict[str, object]:
    shown = presenter.columns(wanted.groups, row)
    for aggregate in wanted.aggregates:
        value = row[aggregate.alias]
        if presenter.preferences.wants(FORMATTED) and isinstance(value, int):
            shown[f"{aggregate.alias}@{FORMATTED}"] = f"{value:,}"
        shown[aggregate.alias] = value
    return shown
