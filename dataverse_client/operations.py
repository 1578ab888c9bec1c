"""The things one can ask of Dataverse, as values: build one, then send it, alone or in a batch.

An upsert has two names, because it does two things. On a standard table it leaves the columns
that were not sent as they are: `merge_or_create`. On an elastic table they are lost:
`replace_or_create`. Writing many rows at once is in `bulk`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from urllib.parse import quote
from uuid import UUID

from dataverse_client import wire
from dataverse_client.keys import AlternateKey, ElasticKey, Key, address, named
from dataverse_client.literals import encoded, json_bytes, json_text, literal
from dataverse_client.query import Expand, Query
from dataverse_client.wire import Answer, Page, Row

T_co = TypeVar("T_co", covariant=True)
Columns = Mapping[str, Any]
BoundTo = str | tuple[str, Key]

NAMESPACE = "Microsoft.Dynamics.CRM."
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Generic[T_co]):
    """One request to Dataverse, and how its answer is read.

    Attributes:
        url: percent-encoded, relative to the service root; a next link is absolute.
        read: turns the answer into the result, or raises its error.
        repeatable: it may be sent again when its answer was lost and it may have been run.
        entity_set: the table it is about; empty when it is about none.
    """

    method: str
    url: str
    read: Callable[[Answer], T_co]
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    repeatable: bool = False
    entity_set: str = ""

    def __post_init__(self) -> None:
        for text in (self.url, *self.headers.values()):
            if not text.isascii() or not text.isprintable():
                raise ValueError(f"neither a URL nor a header may hold {text!r}")


@dataclass(frozen=True, slots=True, eq=False)
class ChangeSet:
    """Operations of a batch that happen all or not at all, on standard tables.

    Elastic tables do not roll back: what was done before the failure stays.
    """

    operations: tuple[Operation[Any], ...]

    def __post_init__(self) -> None:
        if not self.operations:
            raise ValueError("a change set needs at least one operation")
        if any(operation.method == "GET" for operation in self.operations):
            raise ValueError("a change set holds writes only")


def change_set(operations: Iterable[Operation[Any]]) -> ChangeSet:
    """Return operations that happen all or not at all, for a batch."""
    return ChangeSet(tuple(operations))


def read_rows(query: Query) -> Operation[Page]:
    """Read one page; its next link, if any, is for `read_next`."""
    headers = {"Prefer": query.preferences} if query.preferences else _NO_HEADERS
    return _get(query.url, query.entity_set, wire.page, headers)


def read_next(link: str, query: Query) -> Operation[Page]:
    """Read the page that a next link of the query leads to."""
    headers = {"Prefer": query.preferences} if query.preferences else _NO_HEADERS
    return _get(link, query.entity_set, wire.page, headers)


def read_related(entity_set: str, key: Key, query: Query) -> Operation[Page]:
    """Read one page of a collection that belongs to one row; the query names the collection.

    Metadata is read this way too: ``EntityDefinitions`` has the collections ``Attributes`` and
    ``Keys``.
    """
    headers = {"Prefer": query.preferences} if query.preferences else _NO_HEADERS
    return _get(f"{address(entity_set, key)}/{query.url}", entity_set, wire.page, headers)


def read_row(
    entity_set: str, key: Key, *, select: Iterable[str] = (), expand: Iterable[Expand] = ()
) -> Operation[Row]:
    """Read one row; without ``select`` all its columns, which is slow."""
    return _get(_row_url(entity_set, key, select, expand), entity_set, wire.json_object)


def read_row_if_changed(
    entity_set: str, key: Key, *, etag: str, select: Iterable[str] = ()
) -> Operation[Row | None]:
    """Read the row, or None when it still has this etag."""
    url = _row_url(entity_set, key, select, ())
    return _get(url, entity_set, wire.row_unless_unchanged, {"If-None-Match": etag})


def create(entity_set: str, row: Columns, *, id_column: str | None = None) -> Operation[UUID]:
    """Create a row and return its id.

    ``id_column`` names the primary key if the row brings its own id. Only then may a lost answer
    be repeated; the repetition of a create that had worked raises `DuplicateRow`.
    """
    if id_column is not None and row.get(id_column) is None:
        raise ValueError(f"the row has no {id_column}")
    return Operation(
        "POST",
        named(entity_set),
        wire.created_id if id_column is None else wire.created_own_id,
        JSON,
        json_bytes(row),
        repeatable=id_column is not None,
        entity_set=entity_set,
    )


def update(entity_set: str, key: Key, changes: Columns, *, if_match: str = "*") -> Operation[None]:
    """Change columns of an existing row.

    With an etag as ``if_match`` it fails with `PreconditionFailed` if the row has changed since.
    A lost answer is then not repeated: the repetition would meet its own change.
    """
    return _patch(
        entity_set, key, changes, condition={"If-Match": if_match}, repeatable=if_match == "*"
    )


def merge_or_create(
    entity_set: str, key: UUID | AlternateKey, row: Columns, *, only_create: bool = False
) -> Operation[None]:
    """Upsert a row of a standard table: columns that are not sent stay as they are.

    With ``only_create`` an existing row is left alone and `PreconditionFailed` raised.
    """
    if not isinstance(key, UUID | AlternateKey):
        raise TypeError("an elastic table replaces the whole row: use replace_or_create")
    condition = {"If-None-Match": "*"} if only_create else _NO_HEADERS
    return _patch(entity_set, key, row, condition=condition, repeatable=True)


def replace_or_create(entity_set: str, key: ElasticKey, row: Columns) -> Operation[None]:
    """Upsert a row of an elastic table: columns that are not sent are lost."""
    if not isinstance(key, ElasticKey):
        raise TypeError("a standard table keeps what is not sent: use merge_or_create")
    return _patch(entity_set, key, row, condition=_NO_HEADERS, repeatable=True)


def delete(entity_set: str, key: Key, *, if_match: str | None = None) -> Operation[None]:
    """Delete a row. Repeated after a lost answer, it may find its own work: `RowNotFound`."""
    return Operation(
        "DELETE",
        address(entity_set, key),
        wire.nothing,
        _NO_HEADERS if if_match is None else {"If-Match": if_match},
        repeatable=if_match in (None, "*"),
        entity_set=entity_set,
    )


def associate(entity_set: str, key: Key, collection: str, *, with_url: str) -> Operation[None]:
    """Add a row to a collection of another row; Dataverse wants the absolute URL of the former.

    Repeated after a lost answer, it may find its own work: `DuplicateRow`.
    """
    return Operation(
        "POST",
        f"{address(entity_set, key)}/{named(collection)}/$ref",
        wire.nothing,
        JSON,
        json_bytes({"@odata.id": with_url}),
        repeatable=True,
        entity_set=entity_set,
    )


def call_function(
    name: str,
    parameters: Columns | None = None,
    *,
    bound_to: BoundTo | None = None,
    select: Iterable[str] = (),
) -> Operation[Row]:
    """Ask a function; lists and objects among its parameters are sent as JSON.

    ``select`` narrows the columns of a function that answers with a row.
    """
    given = parameters or {}
    places = ",".join(f"{quote(key)}=@p{number}" for number, key in enumerate(given, 1))
    options = [
        f"@p{number}={quote(_parameter(value), safe='')}"
        for number, value in enumerate(given.values(), 1)
    ]
    columns = ",".join(select)
    options += [encoded(f"$select={columns}")] if columns else []
    path, entity_set = _called(name, bound_to)
    url = "?".join(filter(None, (f"{path}({places})", "&".join(options))))
    return _get(url, entity_set, wire.json_object)


def call_action(
    name: str,
    parameters: Columns | None = None,
    *,
    repeatable: bool = False,
    bound_to: BoundTo | None = None,
) -> Operation[Row]:
    """Run an action; the result is empty when the action answers nothing.

    Call it ``repeatable`` if it does no harm when it runs twice.
    """
    path, entity_set = _called(name, bound_to)
    return Operation(
        "POST",
        path,
        wire.json_object_or_empty,
        JSON,
        json_bytes(parameters or {}),
        repeatable=repeatable,
        entity_set=entity_set,
    )


def _get(
    url: str,
    entity_set: str,
    read: Callable[[Answer], T_co],
    headers: Mapping[str, str] = _NO_HEADERS,
) -> Operation[T_co]:
    return Operation("GET", url, read, headers, repeatable=True, entity_set=entity_set)


def _patch(
    entity_set: str, key: Key, row: Columns, *, condition: Mapping[str, str], repeatable: bool
) -> Operation[None]:
    return Operation(
        "PATCH",
        address(entity_set, key),
        wire.nothing,
        {**JSON, **condition},
        json_bytes(row),
        repeatable=repeatable,
        entity_set=entity_set,
    )


def _row_url(entity_set: str, key: Key, select: Iterable[str], expand: Iterable[Expand]) -> str:
    options = Query(entity_set).select(*select).expand(*expand).url.removeprefix(entity_set)
    return address(entity_set, key) + options


def _called(name: str, bound_to: BoundTo | None) -> tuple[str, str]:
    """Return the path of a function or action, and the table it is bound to."""
    qualified = name if "." in name else NAMESPACE + name
    match bound_to:
        case None:
            return quote(name), ""
        case str():
            return f"{named(bound_to)}/{quote(qualified)}", bound_to
        case _:
            entity_set, key = bound_to
            return f"{address(entity_set, key)}/{quote(qualified)}", entity_set


def _parameter(value: object) -> str:
    return json_text(value) if isinstance(value, list | dict) else literal(value)  # type: ignore[arg-type]
