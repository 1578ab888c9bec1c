"""FetchXML of one table, as views write it, told as the query options that mean the same.

Joins of elastic tables are refused as Dataverse does; what else views of ours do not write is not
simulated.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree as ET

from tests.mock_dataverse.calls import Call
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.errors import ELASTIC_JOIN, bad_query, bad_request, not_simulated
from tests.mock_dataverse.tables import Table

OPTION = "fetchXml"
NUMBERS = frozenset({Kind.WHOLE, Kind.BIG, Kind.DOUBLE, Kind.CHOICE})


def as_query_options(table: Table, call: Call, today: date) -> Call:
    """Return the call with ``$select``, ``$filter``, ``$orderby`` and ``$top`` for its FetchXML.

    Raises:
        DataverseError: 400 for what Dataverse refuses, 501 for what only the mock does not know.
    """
    fetch = _parsed(call.options[OPTION])
    entity = fetch.find("entity")
    if entity is None or entity.get("name") != table.logical_name:
        raise bad_query(f"The FetchXML is not about '{table.logical_name}'.")
    if entity.find("link-entity") is not None:
        if table.elastic:
            raise bad_request(ELASTIC_JOIN, "Link entities are not supported on elastic tables.")
        raise not_simulated("FetchXML that joins")
    shown = [_column(table, part.get("name")).wire_name for part in entity.iterfind("attribute")]
    conditions = [_group(table, part, today) for part in entity.iterfind("filter")]
    options = {
        "$select": ",".join(shown),
        "$filter": " and ".join(conditions),
        "$orderby": ",".join(_orders(table, entity)),
        "$top": fetch.get("top", ""),
    }
    told = "&".join(f"{name}={quote(text, safe='')}" for name, text in options.items() if text)
    return replace(call, query=told)


def _parsed(text: str) -> ET.Element:
    try:
        return ET.fromstring(text)  # noqa: S314 - a test wrote it
    except ET.ParseError as error:
        raise bad_query("The FetchXML is no XML.") from error


def _orders(table: Table, entity: ET.Element) -> Iterator[str]:
    for order in entity.iterfind("order"):
        name = _column(table, order.get("attribute")).wire_name
        yield f"{name} desc" if order.get("descending") == "true" else name


def _group(table: Table, group: ET.Element, today: date) -> str:
    if group.find("filter") is not None:
        raise not_simulated("FetchXML with filters in filters")
    joined = f" {group.get('type', 'and')} ".join(
        _condition(table, condition, today) for condition in group.iterfind("condition")
    )
    return f"({joined})"


def _condition(table: Table, condition: ET.Element, today: date) -> str:
    column = _column(table, condition.get("attribute"))
    name, value = column.wire_name, condition.get("value", "")
    match condition.get("operator"):
        case "eq":
            return f"{name} eq {_literal(column, value)}"
        case "eq-userid":
            return f"Microsoft.Dynamics.CRM.EqualUserId(PropertyName='{column.name}')"
        case "like" if value.endswith("%"):
            return f"startswith({name},{_quoted(value[:-1])})"
        case "this-week":
            sunday = today - timedelta(days=(today.weekday() + 1) % 7)
            return _between(column, sunday, sunday + timedelta(days=7))
        case "this-month":
            first = today.replace(day=1)
            return _between(column, first, (first + timedelta(days=31)).replace(day=1))
        case operator:
            raise not_simulated(f"the FetchXML operator {operator}")


def _between(column: Column, first: date, end: date) -> str:
    name = column.wire_name
    return f"{name} ge {_day(column, first)} and {name} lt {_day(column, end)}"


def _day(column: Column, day: date) -> str:
    if column.kind is Kind.DAY:
        return day.isoformat()
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat().replace("+00:00", "Z")


def _literal(column: Column, value: str) -> str:
    return value if column.kind in NUMBERS else _quoted(value)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _column(table: Table, name: str | None) -> Column:
    column = table.columns.get(name or "")
    if column is None:
        raise bad_query(f"'{table.logical_name}' has no column '{name}'.")
    return column
