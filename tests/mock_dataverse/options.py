"""The query options of a read, from text to values checked against a table."""

import re
from dataclasses import dataclass

from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.errors import ELASTIC_JOIN, bad_query, bad_request, not_simulated
from tests.mock_dataverse.filter_syntax import parse_filter
from tests.mock_dataverse.filter_tree import Condition
from tests.mock_dataverse.filters import unknown_property, wire_column
from tests.mock_dataverse.tables import Table

KNOWN = frozenset(
    {"$select", "$filter", "$orderby", "$top", "$expand", "$count", "$apply", "$skiptoken"}
)
REFUSED = frozenset({"$skip", "$search", "$format", "$compute", "$levels", "$index"})
NOT_SIMULATED = frozenset({"savedQuery", "userQuery", "sql", "$deltatoken"})
NUMBER = re.compile("[0-9]{1,9}")
MOST_EXPANDS = 15
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Order:
    """One key of ``$orderby``."""

    column: Column
    descending: bool


@dataclass(frozen=True, slots=True)
class Expand:
    """One navigation property with its options, still as text where its own table reads them."""

    navigation: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """What a read asks for. ``select`` is None for all columns."""

    select: tuple[Column, ...] | None = None
    condition: Condition | None = None
    order: tuple[Order, ...] = ()
    top: int | None = None
    expands: tuple[Expand, ...] = ()
    count: bool = False
    apply: str | None = None
    skiptoken: str | None = None
    partition: str | None = None


def parse_options(table: Table, given: dict[str, str]) -> Options:
    """Return the options of a query on the table.

    Raises:
        DataverseError: 400 if Dataverse refuses one, 501 if only the mock does not know it.
    """
    aliases = {name: text for name, text in given.items() if name.startswith("@")}
    for name in given.keys() - aliases.keys():
        _require_known(table, name)
    condition = given.get("$filter")
    return Options(
        select=_select(table, given["$select"]) if "$select" in given else None,
        condition=parse_filter(condition, aliases) if condition is not None else None,
        order=_order(table, given.get("$orderby", "")),
        top=_top(given["$top"]) if "$top" in given else None,
        expands=parse_expands(given.get("$expand", "")),
        count=_truth(given.get("$count", "false")),
        apply=given.get("$apply"),
        skiptoken=given.get("$skiptoken"),
        partition=given["partitionId"].strip("'") if "partitionId" in given else None,
    )


def require_no_join(table: Table, options: Options) -> None:
    """Refuse an expand in a list of elastic rows."""
    if table.elastic and options.expands:
        raise bad_request(ELASTIC_JOIN, "Link entities are not supported on elastic tables.")


def _require_known(table: Table, name: str) -> None:
    if name in KNOWN:
        return
    if name in NOT_SIMULATED:
        raise not_simulated(f"the query option {name}")
    if name == "partitionId":
        if table.elastic:
            return
        raise not_simulated("partitionId on a standard table")
    if name in REFUSED or name.startswith("$"):
        raise bad_query(f"The query parameter '{name}' is not supported.")
    if name != "tag":
        raise not_simulated(f"the query parameter {name}")


def _select(table: Table, text: str) -> tuple[Column, ...]:
    names = [name.strip() for name in text.split(",")]
    if any("/" in name for name in names):
        raise bad_query("Selecting columns of related rows is not supported; use $expand.")
    return tuple(wire_column(table, name) for name in dict.fromkeys(names))


def _order(table: Table, text: str) -> tuple[Order, ...]:
    keys = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, *direction = part.split()
        if direction not in ([], ["asc"], ["desc"]):
            raise bad_query(f"Syntax error in '{part}'.")
        if "/" in name:
            raise not_simulated("ordering by columns of related rows")
        column = wire_column(table, name)
        if column.kind is Kind.LOOKUP and table.elastic:
            raise bad_query("Rows of an elastic table cannot be ordered by a lookup.")
        keys.append(Order(column, descending=direction == ["desc"]))
    return tuple(keys)


def _top(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise bad_query(f"'{text}' is no value of $top.")
    if int(text) > MOST_ROWS:
        raise bad_query(f"The limit of $top is {MOST_ROWS}.")
    if int(text) == 0:
        raise not_simulated("$top=0")
    return int(text)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise bad_query(f"'{text}' is no value of $count.")
    return text == "true"


def parse_expands(text: str) -> tuple[Expand, ...]:
    """Return the expands of ``nav($select=a;$top=1),other``, at most 15."""
    expands = []
    for part in split_at(text, ","):
        name, opened, rest = part.partition("(")
        if opened and not rest.endswith(")"):
            raise bad_query(f"Syntax error in the expand '{part}'.")
        options: dict[str, str] = {}
        for option in split_at(rest.removesuffix(")"), ";"):
            key, _, value = option.partition("=")
            if key.strip() not in {"$select", "$filter", "$orderby", "$top", "$expand"}:
                raise bad_query(f"'{key}' is not allowed inside $expand.")
            options[key.strip()] = value
        if name.endswith("/$ref"):
            raise not_simulated("$ref inside $expand")
        expands.append(Expand(name.strip(), options))
    if len(expands) > MOST_EXPANDS:
        raise bad_query(f"At most {MOST_EXPANDS} expands are allowed.")
    return tuple(expands)


def require_navigation(table: Table, name: str) -> None:
    if name not in table.navigations and name not in table.collections:
        raise unknown_property(table, name)


# A text in OData's quotes, one in JSON's (a value of a query function), or any one character.
PIECE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|.""", re.DOTALL)


def split_at(text: str, mark: str) -> list[str]:
    """Split at a mark outside of parentheses and quotes; no empty parts."""
    parts, depth = [""], 0
    for piece in PIECE.findall(text):
        depth += (piece == "(") - (piece == ")")
        if piece == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]
