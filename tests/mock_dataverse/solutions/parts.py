"""What a solution consists of, as values: read from a zip, or said by the model."""

from dataclasses import dataclass, field
from uuid import UUID

from tests.mock_dataverse.roles import RoleParts
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import GlobalChoice, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row that an import makes: a form, a setting definition, a web resource, ..."""

    table: Table
    row_id: UUID
    values: Row = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A part that the manifest lists: its type's number, and its name or id."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionParts:
    """Everything one import brings, in the order in which it is put in place.

    ``languages`` are those of its labels. ``shells`` are tables that have to be there already: only
    forms of theirs are brought. The ``mentions`` are what apps need, and which app needs it.
    """

    name: str
    version: str
    managed: bool = False
    languages: frozenset[int] = frozenset()
    roots: tuple[Root, ...] = ()
    shells: tuple[str, ...] = ()
    choices: tuple[GlobalChoice, ...] = ()
    tables: tuple[Table, ...] = ()
    roles: tuple[RoleParts, ...] = ()
    parts: tuple[Part, ...] = ()
    mentions: tuple[tuple[str, Root], ...] = ()
