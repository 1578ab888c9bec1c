"""What a Dataverse webhook says: the part of its ``RemoteExecutionContext`` that we use.

Dataverse does not repeat what it was refused, so nothing is refused that can be done without.
Columns have many shapes, and a column of one name is a plain id in one row and a reference in
another. What is needed is looked for where it is known to be; a part of another shape tells
nothing, and the row is read again by its id.

Source: Microsoft's ``use-webhooks`` for what is sent, ``Microsoft.Xrm.Sdk.RemoteExecutionContext``
for its parts, as .NET's ``DataContractJsonSerializer`` writes them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from functions.contracts.wire import in_our_time
from functions.timekeeping.identifiers import CaseId

MOST_BYTES = 1024 * 1024
"""Dataverse counts to 256 KB before it writes; nothing says that no byte is added after that."""

TABLE_HEADER = "x-ms-dynamics-entity-name"
MESSAGE_HEADER = "x-ms-dynamics-request-name"
SETTING_OVERRIDES = frozenset({"organizationsetting", "appsetting"})
"""The tables that hold what administrators set."""

CASE = "incident"
ACTIVITIES = frozenset({"task", "phonecall", "email", "appointment"})
CREATE, DELETE, RESTORE = "Create", "Delete", "Restore"
REGARDING = "regardingobjectid"
BEFORE = "before"
"""The alias of the image of an activity as it was."""

NAME = re.compile(r"[A-Za-z]\w{0,127}", re.ASCII)
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
DOTNET_DATE = re.compile(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UnreadableContext(Exception):  # noqa: N818 - it says what the body is
    """The body does not say what happened to which row.

    Names what is missing and shows nothing of what is there: rows hold customers' data.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class DataverseEvent:
    """One message about one row.

    Args:
        message: its name; empty if it is not told.
        row: the row, where it is told.
        cases: cases that it is about, or that its row regards or regarded, as far as it tells.
        tells_case: it tells what its row regards now, so that this need not be read.
        initiated_by: who did it, for the log.
        happened_at: when it was called; before the change was there to be read.
        correlation_id: the same for all that one request to Dataverse brought about; for the log.
    """

    table: str
    message: str = ""
    row: UUID | None = None
    cases: frozenset[CaseId] = frozenset()
    tells_case: bool = False
    initiated_by: UUID | None = None
    happened_at: datetime
    correlation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WebhookHeaders:
    """What a webhook's headers tell: a table and a message; empty where they do not."""

    table: str
    message: str

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "WebhookHeaders":
        return cls(
            table=_name(headers.get(TABLE_HEADER)).lower(),
            message=_name(headers.get(MESSAGE_HEADER)),
        )


def read_event(body: bytes, headers: WebhookHeaders, *, received_at: datetime) -> DataverseEvent:
    """Return what a webhook says; it happened when it was received if the body does not tell when.

    Raises:
        UnreadableContext: it does not say enough to find out what follows from it.
    """
    if headers.table in SETTING_OVERRIDES:
        return DataverseEvent(table=headers.table, message=headers.message, happened_at=received_at)
    context = _parsed(body)
    parameters = _by_key(context.get("InputParameters"))
    target = parameters.get("Target")
    table = _name(context.get("PrimaryEntityName")).lower() or headers.table
    message = _name(context.get("MessageName")) or headers.message
    row = _id(context.get("PrimaryEntityId")) or _id_of(target, table)
    images = _by_key(context.get("PreEntityImages"))
    cases = _named_cases(row, parameters) if table == CASE else _regarded(target, images)
    event = DataverseEvent(
        table=table,
        message=message,
        row=row,
        cases=frozenset(cases),
        tells_case=_tells_case(target, message),
        initiated_by=_id(context.get("InitiatingUserId")),
        happened_at=_moment(context.get("OperationCreatedOn")) or received_at,
        correlation_id=_id(context.get("CorrelationId")),
    )
    _require_enough(event)
    return event


def _require_enough(event: DataverseEvent) -> None:
    if not event.table:
        raise UnreadableContext("PrimaryEntityName: there is no name of a table")
    if event.table == CASE and not event.cases:
        raise UnreadableContext("PrimaryEntityId: there is no id of a case")
    can_be_read = event.row or event.tells_case or event.message == DELETE
    if event.table in ACTIVITIES and not can_be_read:
        raise UnreadableContext("PrimaryEntityId: there is no id of an activity")


def _parsed(body: bytes) -> Mapping[str, object]:
    """Return the body as JSON; half a character in a text that is not needed does no harm."""
    if len(body) > MOST_BYTES:
        raise UnreadableContext("body: it is larger than any that Dataverse sends")
    try:
        # No text or number that is not needed may be in the way: a raw line break, or an integer
        # that is too long for Python.
        context = json.loads(body, strict=False, parse_int=float)
    except (ValueError, RecursionError):
        # Not "from error": it holds the text that it could not read.
        raise UnreadableContext("body: it is not JSON") from None
    if not isinstance(context, dict):
        raise UnreadableContext("body: it is not an object")
    return context


def _named_cases(row: UUID | None, parameters: Mapping[str, object]) -> Iterator[CaseId]:
    """Yield the case itself, and those that its resolution or a merge names."""
    resolved = _columns(parameters.get("IncidentResolution")).get("incidentid")
    named = (row, _id_of(resolved, CASE) or _id(resolved), _id(parameters.get("SubordinateId")))
    yield from (CaseId(case) for case in named if case)


def _regarded(target: object, images: Mapping[str, object]) -> Iterator[CaseId]:
    """Yield the case that an activity regards, and the one it regarded before."""
    for row in (target, images.get(BEFORE)):
        case = _id_of(_columns(row).get(REGARDING), CASE)
        if case:
            yield CaseId(case)


def _tells_case(target: object, message: str) -> bool:
    """Tell whether it says what the row regards, if only that it is nothing."""
    if not isinstance(target, dict) or not isinstance(target.get("Attributes"), list):
        return False
    columns = _columns(target)
    if REGARDING not in columns:
        return message == CREATE
    match columns[REGARDING]:
        case None:
            return True
        case {"LogicalName": str(table)} as regarded:
            return _id_of(regarded, table) is not None
        case _:
            return False


def _columns(row: object) -> Mapping[str, object]:
    """Return the columns of an ``Entity``; a mere reference to one has none."""
    return _by_key(row.get("Attributes")) if isinstance(row, dict) else {}


def _by_key(value: object) -> Mapping[str, object]:
    """Return a list of ``{key, value}``, as .NET writes dictionaries, as one of ours."""
    pairs = value if isinstance(value, list) else []
    return {
        pair["key"]: pair.get("value")
        for pair in pairs
        if isinstance(pair, dict) and isinstance(pair.get("key"), str)
    }


def _id_of(value: object, table: str) -> UUID | None:
    """Return the id of an ``Entity`` or ``EntityReference`` if it is one of this table."""
    match value:
        case {"LogicalName": str(name), "Id": row_id} if name == table:
            return _id(row_id)
        case _:
            return None


def _id(value: object) -> UUID | None:
    """Return an id; one that is all zeros stands for none."""
    if not isinstance(value, str) or not GUID.fullmatch(value):
        return None
    row_id = UUID(value)
    return row_id if row_id.int else None


def _name(value: object) -> str:
    """Return the name of a table or message; what can be none is as good as nothing."""
    return value if isinstance(value, str) and NAME.fullmatch(value) else ""


def _moment(value: object) -> datetime | None:
    """Read ``/Date(ms)/``: milliseconds since 1970 in UTC, whatever the offset behind them."""
    match = DOTNET_DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        return in_our_time(EPOCH + timedelta(milliseconds=int(match[1]))) if match else None
    except (ValueError, OverflowError):
        return None
