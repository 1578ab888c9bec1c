"""What a path names: a set, a row, something below a row, a function or an action."""

import re
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import UUID

from tests.mock_dataverse.columns import GUID
from tests.mock_dataverse.errors import KEY_NOT_DEFINED, bad_query, bad_request, unknown_resource
from tests.mock_dataverse.options import split_at
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.tables import Table

SEGMENT = re.compile(r"(?P<name>[A-Za-z_$][\w.$]*)(?:\((?P<inside>.*)\))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RowKey:
    """The id of a row; ``partition`` is None where the address does not say."""

    row_id: str
    partition: str | None = None


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
    key = parse_key(table, inside) if inside is not None else None
    return Address(table, key, tuple(rest))


def parse_key(table: Table, text: str) -> RowKey:
    """Return the key of ``<guid>`` or, on an elastic table, ``<pk>=<guid>,partitionid='p'``."""
    if GUID.fullmatch(text):
        return RowKey(str(UUID(text)))
    named = members(text)
    if not named:
        raise bad_query(f"Bad key '{text}'.")
    if not table.elastic or named.keys() != {table.primary_id, "partitionid"}:
        raise bad_request(
            KEY_NOT_DEFINED,
            f"The key in the request URI is not valid for resource"
            f" 'Microsoft.Dynamics.CRM.{table.logical_name}'.",
        )
    row_id, partition = named[table.primary_id], named["partitionid"]
    if not GUID.fullmatch(row_id) or not _is_quoted(partition):
        raise bad_query(f"Bad key '{text}'.")
    return RowKey(str(UUID(row_id)), unquoted(partition))


def parse_reference(schema: Schema, text: str, base_url: str) -> Address:
    """Return the row that ``/set(id)``, ``set(id)`` or an absolute URL names."""
    relative = text.removeprefix(base_url)
    relative = re.sub(r"^/api/data/v9\.[012]/", "/", relative).removeprefix("/")
    if "://" in relative:
        raise bad_query(f"'{text}' is no row of this environment.")
    address = parse_address(schema, relative, frozenset())
    if not isinstance(address, Address) or address.key is None or address.rest:
        raise bad_query(f"'{text}' names no row.")
    return address


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
