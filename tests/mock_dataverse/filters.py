"""A filter tree to SQLAlchemy conditions, checked against the columns of the table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import eq, ge, gt, le, lt
from typing import Any

import sqlalchemy as sa

from tests.mock_dataverse.columns import INTEGERS, Column, Kind, Stored, parse_moment, show_moment
from tests.mock_dataverse.errors import (
    ELASTIC_JOIN,
    DataverseError,
    bad_query,
    bad_request,
    not_simulated,
)
from tests.mock_dataverse.filter_tree import (
    Comparison,
    Condition,
    Junction,
    Literal,
    Negation,
    Path,
    QueryFunction,
    TextMatch,
    Value,
)
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.store import Store
from tests.mock_dataverse.tables import Table

SqlCondition = sa.ColumnElement[bool]
LITERALS_OF = {
    Kind.GUID: {Literal.GUID},
    Kind.LOOKUP: {Literal.GUID},
    Kind.TEXT: {Literal.TEXT},
    Kind.WHOLE: {Literal.NUMBER},
    Kind.BIG: {Literal.NUMBER},
    Kind.DOUBLE: {Literal.NUMBER},
    Kind.CHOICE: {Literal.NUMBER},
    Kind.BOOLEAN: {Literal.TRUTH},
    Kind.DAY: {Literal.DAY},
    Kind.MOMENT: {Literal.MOMENT, Literal.DAY},
}
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": eq,
    "gt": gt,
    "ge": ge,
    "lt": lt,
    "le": le,
}
FLOOR = {"ge": "gt", "lt": "le"}
LONGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Filters:
    """Translates for one caller."""

    schema: Schema
    store: Store
    user_id: str

    def where(self, table: Table, sql: sa.FromClause, condition: Condition) -> SqlCondition:
        """Return the condition on rows of ``sql``, which holds rows of ``table``."""
        match condition:
            case Junction(word="and", conditions=parts):
                return sa.and_(*(self.where(table, sql, part) for part in parts))
            case Junction(conditions=parts):
                return sa.or_(*(self.where(table, sql, part) for part in parts))
            case Negation(condition=inner):
                return sa.not_(self.where(table, sql, inner))
            case Comparison():
                return self._comparison(table, sql, condition)
            case TextMatch():
                return self._text_match(table, sql, condition)
            case QueryFunction():
                return self._query_function(table, sql, condition)

    def _comparison(self, table: Table, sql: sa.FromClause, part: Comparison) -> SqlCondition:
        column, element = self.resolve(table, sql, part.path)
        if isinstance(part.operand, Path):
            return self._two_columns(table, sql, part, part.operand)
        if part.operand.kind is Literal.NULL:
            if part.operator not in {"eq", "ne"}:
                raise bad_query("Null can be compared with 'eq' and 'ne' only.")
            return element.is_(None) if part.operator == "eq" else element.is_not(None)
        operator, value = _literal(column, part.operator, part.operand)
        return compare(element, operator, value)

    def _two_columns(
        self, table: Table, sql: sa.FromClause, part: Comparison, right: Path
    ) -> SqlCondition:
        if table.elastic:
            raise bad_query("Columns of an elastic table cannot be compared with each other.")
        left_column, left = self.resolve(table, sql, part.path)
        right_column, other = self.resolve(table, sql, right)
        if left_column.kind is not right_column.kind:
            raise _incompatible(left_column, part.operator)
        return compare(left, part.operator, other)

    def resolve(
        self, table: Table, sql: sa.FromClause, path: Path
    ) -> tuple[Column, sa.ColumnElement[Any]]:
        """Return a column by its wire name, perhaps of a related row."""
        first, *rest = path.steps
        if not rest:
            column = wire_column(table, first)
            return column, sql.c[column.name]
        if table.elastic:
            raise bad_request(ELASTIC_JOIN, "Link entities are not supported on elastic tables.")
        if first not in table.navigations:
            raise unknown_property(table, first)
        via, target_name = table.navigations[first]
        target = self.schema.table(target_name)
        related = self.store.sql(target).alias()
        column, element = self.resolve(target, related, Path(tuple(rest)))
        joined = [related.c[target.primary_id] == sql.c[via.name]]
        if via.type_name:
            joined.append(sql.c[via.type_name] == target_name)
        related_value = sa.select(element).where(*joined).scalar_subquery()
        if column.kind is Kind.TEXT:
            # SQLite forgets the collation of a column behind a subquery.
            return column, sa.collate(related_value, "NOCASE")
        return column, related_value

    def _text_match(self, table: Table, sql: sa.FromClause, part: TextMatch) -> SqlCondition:
        column, element = self.resolve(table, sql, part.path)
        if column.kind is not Kind.TEXT:
            raise bad_query(f"'{part.function}' needs a text, '{column.wire_name}' is none.")
        if re.search(r"\[(?![%_\[]\])", part.text):
            raise not_simulated("character ranges as wildcards")
        pattern = re.sub(r"\[([%_\[])\]", r"\\\1", part.text.replace("\\", "\\\\"))
        before = "" if part.function == "startswith" else "%"
        after = "" if part.function == "endswith" else "%"
        return element.like(f"{before}{pattern}{after}", escape="\\")

    def _query_function(
        self, table: Table, sql: sa.FromClause, part: QueryFunction
    ) -> SqlCondition:
        if part.column not in table.columns:
            raise unknown_property(table, part.column)
        column, element = table.columns[part.column], sql.c[part.column]
        match part.name, part.values:
            case ("EqualUserId", None):
                return element == self.user_id
            case ("NotEqualUserId", None):
                return compare(element, "ne", self.user_id)
            case ("In", tuple() as values):
                return element.in_([_from_text(column, value) for value in values])
            case ("NotIn", tuple() as values):
                return element.not_in([_from_text(column, value) for value in values])
            case ("Between" | "NotBetween", (low, high)):
                between = element.between(_from_text(column, low), _from_text(column, high))
                return between if part.name == "Between" else sa.not_(between)
            case (("On" | "OnOrAfter" | "OnOrBefore"), (day,)):
                return _by_day(part.name, column, element, day)
            case _:
                raise not_simulated(f"the query function {part.name} with these parameters")


def compare(element: sa.ColumnElement[Any], operator: str, value: Any) -> SqlCondition:  # noqa: ANN401
    """Compare; ``ne`` also keeps rows without a value."""
    if operator == "ne":
        return sa.or_(element != value, element.is_(None))
    condition: SqlCondition = OPERATORS[operator](element, value)
    return condition


def wire_column(table: Table, name: str) -> Column:
    """Return a column by the name reads use.

    Raises:
        DataverseError: 400, there is none, or it is a lookup named without ``_..._value``.
    """
    column = table.wire_columns.get(name)
    if column is None:
        raise unknown_property(table, name)
    return column


def unknown_property(table: Table, name: str) -> DataverseError:
    return bad_query(
        f"Could not find a property named '{name}' on type"
        f" 'Microsoft.Dynamics.CRM.{table.logical_name}'."
    )


def _incompatible(column: Column, operator: str) -> DataverseError:
    return bad_query(
        f"A binary operator with incompatible types was detected: '{operator}' on"
        f" '{column.wire_name}', which is {column.kind.value}."
    )


def _literal(column: Column, operator: str, literal: Value) -> tuple[str, Stored]:
    """Return the stored form of a literal, and the operator to use with it."""
    if literal.kind not in LITERALS_OF[column.kind]:
        raise _incompatible(column, operator)
    if column.kind in INTEGERS or column.kind is Kind.DOUBLE:
        try:
            number = float(literal.text) if "." in literal.text else int(literal.text)
            return operator, _storable(number)
        except ValueError as error:
            raise _incompatible(column, operator) from error
    if column.kind is Kind.BOOLEAN:
        return operator, int(literal.text == "true")
    if column.kind is Kind.MOMENT:
        return _moment_literal(column, operator, literal)
    if column.kind in {Kind.GUID, Kind.LOOKUP}:
        return operator, literal.text.lower()
    return operator, literal.text


def _moment_literal(column: Column, operator: str, literal: Value) -> tuple[str, Stored]:
    text = f"{literal.text}T00:00:00Z" if literal.kind is Literal.DAY else literal.text
    moment = parse_moment(text)
    if moment is None:
        raise _incompatible(column, operator)
    # Rows hold whole seconds: "before 8:00:00.5" is "at or before 8:00:00".
    if moment.microsecond and operator in {"eq", "ne"}:
        return operator, moment.isoformat()
    return FLOOR.get(operator, operator) if moment.microsecond else operator, show_moment(moment)


def _from_text(column: Column, text: str) -> Stored:
    """Return the stored form of a query function's value, which is always sent as text."""
    try:
        match column.kind:
            case Kind.GUID | Kind.LOOKUP | Kind.DAY | Kind.MOMENT:
                return column.stored(text)
            case Kind.TEXT:
                return text
            case Kind.BOOLEAN:
                return {"true": 1, "false": 0, "1": 1, "0": 0}[text.lower()]
            case _:
                return _storable(int(text))
    except (DataverseError, KeyError, ValueError) as error:
        raise bad_query(f"'{text}' is no value of '{column.name}'.") from error


def _storable(number: float) -> float:
    """Return a number that a column can hold.

    Raises:
        ValueError: it is longer than 64 bits.
    """
    if abs(number) > LONGEST_NUMBER:
        raise ValueError(f"{number} is too long")
    return number


def _by_day(name: str, column: Column, element: sa.ColumnElement[Any], day: str) -> SqlCondition:
    if column.kind not in {Kind.DAY, Kind.MOMENT}:
        raise bad_query(f"'{name}' needs a date, '{column.name}' is none.")
    try:
        first = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
        after = first + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise bad_query(f"'{day}' is no date.") from error
    # A day sorts before all of its moments, and after all of the day before.
    start, end = (f"{moment:%Y-%m-%d}" for moment in (first, after))
    match name:
        case "On":
            return sa.and_(element >= start, element < end)
        case "OnOrAfter":
            return element >= start
        case _:
            return element < end
