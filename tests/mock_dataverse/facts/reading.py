"""The facts about Dataverse's own tables, read from their files."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a choice; a status belongs to a state."""

    value: int
    label: str
    state: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFact:
    """What is known of one column; None is what nobody says."""

    name: str
    type: str | None
    write: str | None
    required: str | None
    max_length: int | None
    bounds: tuple[int, int] | None
    options: tuple[Option, ...]
    navigation: dict[str, str]
    partial: bool
    sources: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionFact:
    """A one-to-many navigation property."""

    table: str
    lookup: str | None
    sources: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFact:
    """What is known of one table."""

    name: str
    entity_set: str
    primary_id: str
    primary_name: str | None
    ownership: str
    elastic: bool
    sources: frozenset[str]
    events: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    collections: dict[str, CollectionFact] = field(default_factory=dict)
    columns: dict[str, ColumnFact] = field(default_factory=dict)


@cache
def platform_tables() -> dict[str, TableFact]:
    """Return every table by its logical name."""
    return {path.stem: _table(path) for path in sorted((FOLDER / "tables").glob("*.toml"))}


def sources() -> dict[str, str]:
    """Return what each key of a source stands for."""
    return tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))


def known_differences() -> dict[str, str]:
    """Return where the mock differs from the facts on purpose: the reason by the difference."""
    return tomllib.loads((FOLDER / "differences.toml").read_text(encoding="utf-8"))


def _table(path: Path) -> TableFact:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return TableFact(
        name=path.stem,
        entity_set=told["entity_set"],
        primary_id=told["primary_id"],
        primary_name=told.get("primary_name"),
        ownership=told["ownership"],
        elastic=told.get("elastic", False),
        sources=_keys(told),
        events=frozenset(told.get("events", ())),
        absent=frozenset(told.get("absent", ())),
        collections={
            name: CollectionFact(
                table=collection["table"],
                lookup=collection.get("lookup"),
                sources=_keys(collection),
            )
            for name, collection in told.get("collections", {}).items()
        },
        columns={name: _column(name, column) for name, column in told["columns"].items()},
    )


def _column(name: str, told: dict[str, Any]) -> ColumnFact:
    span = told.get("range")
    return ColumnFact(
        name=name,
        type=told.get("type"),
        write=told.get("write"),
        required=told.get("required"),
        max_length=told.get("max"),
        bounds=(span[0], span[1]) if span else None,
        options=tuple(
            Option(value=option[0], label=option[1], state=option[2] if len(option) > 2 else None)
            for option in told.get("options", ())
        ),
        navigation=told.get("navigation", {}),
        partial=told.get("partial", False),
        sources=_keys(told),
    )


def _keys(told: dict[str, Any]) -> frozenset[str]:
    return frozenset(told["sources"].split())
