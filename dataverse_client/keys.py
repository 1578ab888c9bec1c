"""What names one row: its primary key, an alternate key, or id and partition."""

import re
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from dataverse_client.literals import Scalar, literal

_QUOTE = "'"
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ROW_ID = re.compile(
    r"\((?:\w+=)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[,)]", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ElasticKey:
    """A row of an elastic table. Its id alone is not unique: another partition may have it too."""

    id_column: str
    id: UUID
    partition_id: str


@dataclass(frozen=True, slots=True, init=False)
class AlternateKey:
    """The values of an alternate key: ``AlternateKey(accountnumber="A1")``."""

    values: tuple[tuple[str, Scalar], ...]

    def __init__(self, **values: Scalar) -> None:
        if not values or None in values.values():
            raise ValueError("an alternate key needs values, and none of them null")
        object.__setattr__(self, "values", tuple(values.items()))


Key = UUID | ElasticKey | AlternateKey


def named(entity_set: str) -> str:
    """Return the entity set name, or refuse what cannot be one."""
    if not _NAME.fullmatch(entity_set):
        raise ValueError(f"not an entity set: {entity_set!r}")
    return entity_set


def address(entity_set: str, key: Key) -> str:
    """Return the percent-encoded path of one row, relative to the service root."""
    return f"{named(entity_set)}({_inside(key)})"


def link(entity_set: str, key: Key) -> str:
    """Return what a ``...@odata.bind`` member holds to point at a row."""
    return "/" + address(entity_set, key)


def row_id(url: str) -> UUID | None:
    """Return the id in the address of a row, plain or in its key form; None without one."""
    found = _ROW_ID.search(url)
    return UUID(found[1]) if found else None


def _inside(key: Key) -> str:
    match key:
        case UUID():
            return str(key)
        case ElasticKey():
            return _pairs(((key.id_column, key.id), ("partitionid", key.partition_id)))
        case _:
            return _pairs(key.values)


def _pairs(pairs: tuple[tuple[str, Scalar], ...]) -> str:
    return ",".join(f"{quote(name)}={quote(literal(value), safe=_QUOTE)}" for name, value in pairs)
