"""``RemoteExecutionContext``: what a webhook's body says, and the headers around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from tests.mock_dataverse.data_contracts import (
    NOBODY,
    NameOf,
    Value,
    bare_entity,
    bare_reference,
    date,
    entity,
    json_text,
    pairs,
    reference,
)
from tests.mock_dataverse.platform_tables import ORGANIZATION_ID
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

LONGEST_BODY = 256 * 1024
LEFT_OUT = ("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages")
"""What a body over 256 KB comes without."""
STAMPS = ("modifiedon", "modifiedby", "modifiedonbehalfby")
"""What the platform itself writes at every update; an asynchronous step is told of it too."""
WITHIN, AFTER = 30, 40
"""Stages: the platform's own operation, and what comes after it."""
NAMED = "AsynchronousStepPrimaryName"
"""The image that every asynchronous step gets unasked, for the name of its system job."""


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


def body_of(
    happening: Happening,
    images: Iterable[Image],
    *,
    step: Row,
    now: datetime,
    name_of: NameOf,
) -> Body:
    """Return the body that a step's endpoint gets."""
    asked = _shared(happening, step, now)
    context = asked | {
        "InputParameters": pairs(happening.parameters or {"Target": _written(happening)}),
        "OutputParameters": pairs({"id": happening.row_id} if happening.before is None else {}),
        "ParentContext": asked | _asked(happening),
        "PostEntityImages": pairs({} if _is_gone(happening) else _named(happening)),
        "PreEntityImages": pairs(_images(happening, images, name_of)),
        "Stage": AFTER,
    }
    text = json_text(context)
    if len(text) <= LONGEST_BODY:
        return Body(text, is_cut=False)
    return Body(json_text({k: v for k, v in context.items() if k not in LEFT_OUT}), is_cut=True)


def headers_of(happening: Happening, body: Body, *, host: str) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "x-request-id": str(uuid4()),
        "x-ms-correlation-request-id": str(uuid4()),
        "x-ms-dynamics-organization": host,
        "x-ms-dynamics-entity-name": happening.table.logical_name,
        "x-ms-dynamics-request-name": happening.message,
    }
    return headers | ({"x-ms-dynamics-msg-size-exceeded": "true"} if body.is_cut else {})


def _shared(happening: Happening, step: Row, now: datetime) -> dict[str, Value]:
    """Return what the context of the step says, and that of the operation around it."""
    user = str(happening.user)
    return {
        "BusinessUnitId": happening.row.get("owningbusinessunit"),
        "CorrelationId": str(uuid4()),
        "Depth": 1,
        "InitiatingUserAgent": "",
        "InitiatingUserAzureActiveDirectoryObjectId": NOBODY,
        "InitiatingUserId": user,
        "IsExecutingOffline": False,
        "IsInTransaction": False,
        "IsOfflinePlayback": False,
        "IsolationMode": 1,
        "MessageName": happening.message,
        "Mode": 1,
        "OperationCreatedOn": date(now, offset="+0000"),
        "OperationId": str(uuid4()),
        "OrganizationId": str(ORGANIZATION_ID),
        "OrganizationName": f"unq{ORGANIZATION_ID.hex[:29]}",
        "OwningExtension": bare_reference(
            "sdkmessageprocessingstep", step["sdkmessageprocessingstepid"]
        ),
        "PrimaryEntityId": happening.row_id,
        "PrimaryEntityName": happening.table.logical_name,
        "RequestId": str(uuid4()),
        "SecondaryEntityName": "none",
        "SharedVariables": pairs({"IsAutoTransact": True, "AcceptLang": ""}),
        "UserAzureActiveDirectoryObjectId": NOBODY,
        "UserId": user,
    }


def _asked(happening: Happening) -> dict[str, Value]:
    """Return what was asked for, before the platform added to it."""
    target = {"Target": _target(happening, happening.changes), "SuppressDuplicateDetection": False}
    changed = {
        "__type": "KeyValuePairOfstringstring:#System.Collections.Generic",
        "key": happening.table.logical_name,
        "value": happening.message,
    }
    return {
        "InputParameters": pairs(happening.parameters or target),
        "OutputParameters": [],
        "ParentContext": None,
        "PostEntityImages": [],
        "PreEntityImages": [],
        "SharedVariables": pairs({"IsAutoTransact": True, "ChangedEntityTypes": [changed]}),
        "Stage": WITHIN,
    }


def _written(happening: Happening) -> dict[str, Value]:
    """Return what was asked for with what the platform wrote besides."""
    stamps: Row = {name: happening.row[name] for name in STAMPS if name in happening.row}
    return _target(happening, happening.changes | stamps)


def _target(happening: Happening, columns: Row) -> dict[str, Value]:
    table, row_id = happening.table, happening.row_id
    if _is_gone(happening):
        return reference(table, row_id)
    own: Row = {table.primary_id: row_id}
    return entity(table, row_id, columns | own, formatted=happening.before is None)


def _is_gone(happening: Happening) -> bool:
    return happening.message == "Delete"


def _images(
    happening: Happening, images: Iterable[Image], name_of: NameOf
) -> dict[str, dict[str, Value]]:
    before = happening.before
    if before is None:
        return {}
    shown = {image.alias: _image(happening.table, before, image, name_of) for image in images}
    return shown | (_named(happening) if _is_gone(happening) else {})


def _image(table: Table, before: Row, image: Image, name_of: NameOf) -> dict[str, Value]:
    """Return the row as it was; columns without a value are not part of an image."""
    wanted = image.columns or table.columns.keys()
    shown: Row = {name: value for name, value in before.items() if value is not None}
    kept: Row = {name: value for name, value in shown.items() if name in wanted}
    types: Row = {name: value for name, value in shown.items() if name.endswith("__type")}
    row_id = before[table.primary_id]
    return bare_entity(table, row_id, kept | types, formatted=True, name_of=name_of)


def _named(happening: Happening) -> dict[str, dict[str, Value]]:
    table, row = happening.table, happening.row
    names = dict.fromkeys((table.primary_name, table.primary_id))
    columns: Row = {name: row[name] for name in names if row.get(name) is not None}
    return {NAMED: bare_entity(table, happening.row_id, columns)}
