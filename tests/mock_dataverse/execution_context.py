"""``RemoteExecutionContext``: what a webhook's body says, as .NET writes it in JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from tests.mock_dataverse.columns import Kind
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

LONGEST_BODY = 256 * 1024
LEFT_OUT = ("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages")
"""What a body over 256 KB comes without."""
CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts"

Value = object


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A message about one row: ``changes`` are the columns that were sent with it.

    ``parameters`` are those of messages other than Create, Update and Delete.
    """

    message: str
    table: Table
    row: Row
    changes: Row = field(default_factory=dict)
    before: Row | None = None
    parameters: Mapping[str, Value] | None = None
    user: UUID

    @property
    def row_id(self) -> str:
        return str(self.row[self.table.primary_id])


@dataclass(frozen=True, slots=True)
class Image:
    """A step's image of the row as it was; without columns it has all of them."""

    alias: str
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A body, and whether something was left out of it."""

    text: bytes
    is_cut: bool


def body_of(happening: Happening, images: Iterable[Image], *, step: Row, now: datetime) -> Body:
    """Return the body that a step's endpoint gets."""
    context = _context(happening, images, step, now)
    text = _json(context)
    if len(text) <= LONGEST_BODY:
        return Body(text, is_cut=False)
    return Body(_json({k: v for k, v in context.items() if k not in LEFT_OUT}), is_cut=True)


def headers_of(happening: Happening, body: Body, *, host: str) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "x-ms-dynamics-organization": host,
        "x-ms-dynamics-entity-name": happening.table.logical_name,
        "x-ms-dynamics-request-name": happening.message,
        "x-ms-correlation-request-id": str(uuid4()),
    }
    return headers | ({"x-ms-dynamics-msg-size-exceeded": "true"} if body.is_cut else {})


def entity(table: Table, row_id: object, columns: Row) -> dict[str, Value]:
    """Return a row as far as these columns say it."""
    return _typed(
        "Entity",
        Attributes=_pairs({name: _value(table, name, columns) for name in _shown(table, columns)}),
        EntityState=None,
        FormattedValues=[],
        Id=row_id,
        KeyAttributes=[],
        LogicalName=table.logical_name,
        RelatedEntities=[],
        RowVersion=None,
    )


def reference(table: Table, row_id: object) -> dict[str, Value]:
    return _reference(table.logical_name, row_id)


def option(number: Value) -> dict[str, Value]:
    return _typed("OptionSetValue", Value=number)


def _context(
    happening: Happening, images: Iterable[Image], step: Row, now: datetime
) -> dict[str, Value]:
    table, before = happening.table, happening.before
    user = str(happening.user)
    return {
        "BusinessUnitId": happening.row.get("owningbusinessunit"),
        "CorrelationId": str(uuid4()),
        "Depth": 1,
        "InitiatingUserId": user,
        "InputParameters": _pairs(happening.parameters or {"Target": _target(happening)}),
        "IsExecutingOffline": False,
        "IsInTransaction": False,
        "IsOfflinePlayback": False,
        "IsolationMode": 1,
        "MessageName": happening.message,
        "Mode": 1,
        "OperationCreatedOn": _date(now).removesuffix(")/") + "+0000)/",
        "OperationId": str(uuid4()),
        "OrganizationName": "org",
        "OutputParameters": _pairs({"id": happening.row_id} if before is None else {}),
        "OwningExtension": _reference(
            "sdkmessageprocessingstep", step["sdkmessageprocessingstepid"]
        ),
        "ParentContext": None,
        "PostEntityImages": [],
        "PreEntityImages": _pairs(
            {each.alias: _image(table, before, each) for each in images} if before else {}
        ),
        "PrimaryEntityId": happening.row_id,
        "PrimaryEntityName": table.logical_name,
        "RequestId": str(uuid4()),
        "SecondaryEntityName": "none",
        "SharedVariables": [],
        "Stage": 40,
        "UserId": user,
    }


def _target(happening: Happening) -> dict[str, Value]:
    if happening.message == "Delete":
        return _reference(happening.table.logical_name, happening.row_id)
    return entity(happening.table, happening.row_id, happening.changes)


def _image(table: Table, before: Row, image: Image) -> dict[str, Value]:
    """Return the row as it was; columns without a value are not part of an image."""
    wanted = image.columns or table.columns.keys()
    shown: Row = {name: value for name, value in before.items() if value is not None}
    kept: Row = {name: value for name, value in shown.items() if name in wanted}
    types: Row = {name: value for name, value in shown.items() if name.endswith("__type")}
    return entity(table, before[table.primary_id], kept | types)


def _shown(table: Table, columns: Row) -> list[str]:
    return [name for name in columns if name in table.columns and table.columns[name].readable]


def _value(table: Table, name: str, columns: Row) -> Value:
    column, stored = table.columns[name], columns[name]
    if stored is None:
        return None
    match column.kind:
        case Kind.LOOKUP:
            given = columns.get(column.type_name) if column.type_name else None
            return _reference(str(given or next(iter(column.targets.values()), "")), stored)
        case Kind.CHOICE:
            return option(stored)
        case Kind.MOMENT:
            return _date(datetime.fromisoformat(str(stored)))
        case _:
            return column.json(stored)


def _reference(table: str, row_id: Value) -> dict[str, Value]:
    return _typed(
        "EntityReference",
        Id=row_id,
        KeyAttributes=[],
        LogicalName=table,
        Name=None,
        RowVersion=None,
    )


def _typed(kind: str, **parts: Value) -> dict[str, Value]:
    return {"__type": f"{kind}:{CONTRACTS}", **parts}


def _pairs(values: Mapping[str, Value]) -> list[dict[str, Value]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _date(moment: datetime) -> str:
    return f"/Date({int(moment.timestamp() * 1000)})/"


def _json(context: Mapping[str, Value]) -> bytes:
    """Write JSON with every slash escaped, as .NET does."""
    return json.dumps(context, separators=(",", ":")).replace("/", r"\/").encode()
