"""What a path names: a set, a row, something below a row, a function or an action."""

import re
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import UUID

from tests.mock_dataverse.columns import GUID, INTEGERS, Column, Kind, Stored
from tests.mock_dataverse.errors import KEY_NOT_DEFINED, bad_query, bad_request, unknown_resource
from tests.mock_dataverse.options import split_at
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.tables import Table

WHOLE = re.compile("-?[0-9]{1,18}")
SEGMENT = re.compile(r"(?P<name>[A-Za-z_$][\w.$]*)(?:\((?P<inside>.*)\))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RowKey:
    """The id of a row; ``partition`` is None where the address does not say.

    ``alternate`` are the values by which an alternate key names a row, whose id has then still to
    be found.
    """

    row_id: str
    partition: str | None = None
    alternate: dict[str, Stored] | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An entity set, perhaps one row of it, and the segments behind."""

    table: Table
    key: RowKey | None
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An unbound function or action; ``arguments`` are the texts in its parentheses."""

    name: str
    arguments: dict[str, str]


def parse_address(schema: Schema, path: str, operations: frozenset[str]) -> Address | Operation:
    """Return what a path (percent-encoded, behind the version) names.

    Raises:
        DataverseError: 404 for an unknown segment, 400 for a key that is none.
    """
    first, *rest = segments(path)
    match = SEGMENT.fullmatch(first)
    if match is None:
        raise unknown_resource(first)
    name, inside = match["name"], match["inside"]
    if name in operations and not rest:
        return Operation(name, members(inside or ""))
    table = schema.of_set(name)
    key = parse_key(schema, table, inside) if inside is not None else None
    return Address(table, key, tuple(rest))


def parse_key(schema: Schema, table: Table, text: str) -> RowKey:
    """Return the key of ``<guid>``, ``<pk>=<guid>``, or the values of an alternate key.

    The one of an elastic table is ``<pk>=<guid>,partitionid='p'``. Users have no named primary
    key, as theirs is called ``ownerid``.
    """
    if GUID.fullmatch(text):
        return RowKey(str(UUID(text)))
    named = members(text)
    if not named:
        raise bad_query(f"Bad key '{text}'.")
    if table.elastic and named.keys() == {table.primary_id, "partitionid"}:
        row_id, partition = named[table.primary_id], named["partitionid"]
        if not _is_quoted(partition):
            raise bad_query(f"Bad key '{text}'.")
        return RowKey(_guid(row_id), unquoted(partition))
    if named.keys() == {table.primary_id} and table.logical_name != "systemuser":
        return RowKey(_guid(named[table.primary_id]))
    for key in () if table.elastic else schema.keys(table):
        columns = [table.columns[name] for name in key.columns]
        if named.keys() == {column.wire_name for column in columns}:
            literals = {
                column.name: _literal(column, named[column.wire_name]) for column in columns
            }
            return RowKey("", alternate=literals)
    raise bad_request(
        KEY_NOT_DEFINED,
        f"The key in the request URI is not valid for resource"
        f" 'Microsoft.Dynamics.CRM.{table.logical_name}'.",
    )


def _guid(text: str) -> str:
    if not GUID.fullmatch(text):
        raise bad_query(f"Bad key '{text}'.")
    return str(UUID(text))


def _literal(column: Column, text: str) -> Stored:
    """Return the value of one member of an alternate key: texts in quotes, nothing else."""
    if _is_quoted(text) is not (column.kind is Kind.TEXT):
        raise bad_query(f"Bad key value {text} of '{column.name}'.")
    if column.kind not in INTEGERS:
        return column.stored(unquoted(text))
    if not WHOLE.fullmatch(text):
        raise bad_query(f"Bad key value {text} of '{column.name}'.")
    return column.stored(int(text))


def parse_reference(schema: Schema, text: str, base_url: str) -> tuple[Table, RowKey]:
    """Return the row that ``/set(key)``, ``set(key)`` or an absolute URL names."""
    relative = text.removeprefix(base_url)
    relative = re.sub(r"^/api/data/v9\.[012]/", "/", relative).removeprefix("/")
    if "://" in relative:
        raise bad_query(f"'{text}' is no row of this environment.")
    address = parse_address(schema, relative, frozenset())
    if not isinstance(address, Address) or address.key is None or address.rest:
        raise bad_query(f"'{text}' names no row.")
    return address.table, address.key


def unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if _is_quoted(text) else text


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == "'"


def members(text: str) -> dict[str, str]:
    """Return the members of what stands in parentheses: ``a=1,b='x'``."""
    pairs = (part.partition("=") for part in split_at(text, ","))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def segments(path: str) -> list[str]:
    """Split at slashes outside of parentheses and quotes, then decode."""
    return split_at(unquote(path), "/") or [""]
