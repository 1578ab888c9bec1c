"""Values as .NET's ``DataContractJsonSerializer`` writes them in a ``RemoteExecutionContext``.

What a contract does not say by itself carries its type: a value of a column does, the row of an
image does not. Dictionaries become lists of pairs.

Sources: the sample body of Microsoft's ``use-webhooks`` (own ids, dates, null, references), those
of Microsoft's *Synchronize agent presence status across multiple systems* (yes/no, numbers), public
captures in the tests of ``AlbanianXrm.PowerPlatform.EntitySerializer`` (choices, formatted values,
images, activity parties).
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts"
NOBODY = "00000000-0000-0000-0000-000000000000"

Value = object
NameOf = Callable[[str, str], str | None]
"""The primary name of the row of a table."""

PARTIES = {"email": ("from", 1), "appointment": ("organizer", 7)}
"""The column of who owns an activity, among its parties, and how they take part."""


def entity(
    table: Table, row_id: object, columns: Row, *, formatted: bool = False
) -> dict[str, Value]:
    """Return a row as far as these columns say it, with its type."""
    return _typed("Entity", **bare_entity(table, row_id, columns, formatted=formatted))


def bare_entity(
    table: Table,
    row_id: object,
    columns: Row,
    *,
    formatted: bool = False,
    name_of: NameOf | None = None,
) -> dict[str, Value]:
    """Return a row without its type; only what is read has texts for people and names of rows."""
    shown = [name for name in columns if name in table.columns and table.columns[name].readable]
    values = {name: _value(table.columns[name], columns, name_of) for name in shown}
    texts = {name: _text(table.columns[name], columns, name_of) for name in shown}
    return {
        "Attributes": pairs(values | _parties(table, row_id, columns)),
        "EntityState": None,
        "FormattedValues": pairs({name: text for name, text in texts.items() if text})
        if formatted
        else [],
        "Id": row_id,
        "KeyAttributes": [],
        "LogicalName": table.logical_name,
        "RelatedEntities": [],
        "RowVersion": None,
    }


def reference(table: Table, row_id: object) -> dict[str, Value]:
    return _typed("EntityReference", **bare_reference(table.logical_name, row_id))


def bare_reference(table: str, row_id: Value, name: str | None = None) -> dict[str, Value]:
    return {
        "Id": row_id,
        "KeyAttributes": [],
        "LogicalName": table,
        "Name": name,
        "RowVersion": None,
    }


def option(number: Value) -> dict[str, Value]:
    return _typed("OptionSetValue", Value=number)


def pairs(values: Mapping[str, Value]) -> list[dict[str, Value]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def date(moment: datetime, *, offset: str = "") -> str:
    """Return a date; the offset says nothing about the milliseconds before it."""
    return f"/Date({int(moment.timestamp() * 1000)}{offset})/"


def json_text(context: Mapping[str, Value]) -> bytes:
    """Write JSON with every slash escaped, as .NET does."""
    return json.dumps(context, separators=(",", ":")).replace("/", r"\/").encode()


def _typed(kind: str, **parts: Value) -> dict[str, Value]:
    return {"__type": f"{kind}:{CONTRACTS}", **parts}


def _value(column: Column, columns: Row, name_of: NameOf | None) -> Value:
    stored = columns[column.name]
    if stored is None:
        return None
    match column.kind:
        case Kind.LOOKUP:
            target = _target(column, columns)
            name = name_of(target, str(stored)) if name_of else None
            return _typed("EntityReference", **bare_reference(target, stored, name))
        case Kind.CHOICE:
            return option(stored)
        case Kind.MOMENT:
            return date(datetime.fromisoformat(str(stored)))
        case Kind.DAY:
            return date(datetime.fromisoformat(f"{stored}T00:00:00+00:00"))
        case _:
            return column.json(stored)


def _text(column: Column, columns: Row, name_of: NameOf | None) -> str | None:
    """Return the text for people; dates stand in the user's offset, which is UTC here."""
    stored = columns[column.name]
    if stored is None:
        return None
    if column.kind is Kind.MOMENT:
        return datetime.fromisoformat(str(stored)).isoformat()
    if column.kind is Kind.LOOKUP and name_of:
        return name_of(_target(column, columns), str(stored))
    return column.formatted(stored)


def _target(column: Column, columns: Row) -> str:
    given = columns.get(column.type_name) if column.type_name else None
    return str(given or next(iter(column.targets.values()), ""))


def _parties(table: Table, row_id: object, columns: Row) -> dict[str, Value]:
    """Return the party that whoever owns an activity is, where the owner is told."""
    owner = columns.get("ownerid")
    if table.logical_name not in PARTIES or owner is None:
        return {}
    name, mask = PARTIES[table.logical_name]
    attributes = {
        "activityid": _typed("EntityReference", **bare_reference("activitypointer", row_id)),
        "ispartydeleted": False,
        "participationtypemask": option(mask),
        "partyid": _typed("EntityReference", **bare_reference("systemuser", owner)),
    }
    party = {
        "Attributes": pairs(attributes),
        "EntityState": None,
        "FormattedValues": pairs({"ispartydeleted": "No"}),
        "Id": NOBODY,
        "KeyAttributes": [],
        "LogicalName": "activityparty",
        "RelatedEntities": [],
        "RowVersion": None,
    }
    collection = _typed(
        "EntityCollection",
        Entities=[party],
        EntityName="activityparty",
        MinActiveRowVersion="-1",
        MoreRecords=False,
        PagingCookie=None,
        TotalRecordCount=-1,
        TotalRecordCountLimitExceeded=False,
    )
    return {name: collection}
