"""Where a table of the mock differs from what is known of Dataverse's own one."""

from collections.abc import Iterator

from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.facts.reading import ColumnFact, Option, TableFact
from tests.mock_dataverse.metadata.attributes import type_of
from tests.mock_dataverse.tables import Ownership, Table

OWNERSHIPS = {
    Ownership.USER: "UserOwned",
    Ownership.ORGANIZATION: "OrganizationOwned",
    Ownership.BUSINESS: "BusinessOwned",
}
VAGUE_TYPES = {
    "Number": {"Integer", "BigInt", "Double"},
    "Choice": {"Picklist", "State", "Status"},
    "String or Uniqueidentifier": {"String", "Memo", "Uniqueidentifier"},
}
"""What typings cannot tell apart."""
DOCUMENTED = {"N", "D19"}
"""The sources that print labels as they are shown; those of typings are identifiers."""

Difference = tuple[str, str]
"""Where, as ``table.column aspect``, and what both say."""


def differences(table: Table, fact: TableFact) -> Iterator[Difference]:
    name = table.logical_name
    ownership = OWNERSHIPS[table.ownership]
    yield from _unequal(f"{name} entity set", table.entity_set, fact.entity_set)
    yield from _unequal(f"{name} primary id", table.primary_id, fact.primary_id)
    yield from _unequal(f"{name} elastic", table.elastic, fact.elastic)
    if fact.ownership != "None":
        yield from _unequal(f"{name} ownership", ownership, fact.ownership)
    if fact.primary_name:
        yield from _unequal(f"{name} primary name", table.primary_name, fact.primary_name)
    yield from _of_collections(table, fact)
    for column in table.columns.values():
        if not column.internal:
            yield from _of_column(table, column, fact)


def _unequal(place: str, mocked: object, known: object) -> Iterator[Difference]:
    if mocked != known:
        yield place, f"{mocked!r} in the mock, {known!r} by the facts"


def _of_collections(table: Table, fact: TableFact) -> Iterator[Difference]:
    for name, collection in table.collections.items():
        place = f"{table.logical_name}.{name} collection"
        known = fact.collections.get(name)
        if known is None:
            yield place, "the facts know none of this name"
            continue
        yield from _unequal(place, collection.table, known.table)
        if known.lookup:
            yield from _unequal(place, collection.lookup, known.lookup)


def _of_column(table: Table, column: Column, fact: TableFact) -> Iterator[Difference]:
    place = f"{table.logical_name}.{column.name}"
    if column.name in fact.absent:
        yield f"{place} exists", "there is no such column by the facts"
        return
    known = fact.columns.get(column.name)
    if known is None:
        yield f"{place} exists", "the facts do not know the column"
        return
    yield from _of_type(place, column, known)
    yield from _of_writing(place, column, known)
    if column.name != fact.primary_id:
        yield from _of_need(place, column, known)
    yield from _of_values(place, column, known)
    yield from _of_status(place, table, column, known)
    yield from _of_navigation(place, column, known)


def _of_type(place: str, column: Column, known: ColumnFact) -> Iterator[Difference]:
    mocked = type_of(column)
    if known.type and mocked not in VAGUE_TYPES.get(known.type, {known.type}):
        yield from _unequal(f"{place} type", mocked, known.type)


def _of_writing(place: str, column: Column, known: ColumnFact) -> Iterator[Difference]:
    write = ("c" if column.creatable else "") + ("u" if column.updatable else "")
    if known.write == "?":
        yield from _unequal(f"{place} write", bool(write), known=True)
    elif known.write is not None:
        yield from _unequal(f"{place} write", write, known.write)


def _of_need(place: str, column: Column, known: ColumnFact) -> Iterator[Difference]:
    if known.required:
        yield from _unequal(f"{place} required", column.level.value, known.required)


def _of_values(place: str, column: Column, known: ColumnFact) -> Iterator[Difference]:
    if known.max_length:
        yield from _unequal(f"{place} max", column.max_length, known.max_length)
    if known.bounds:
        bounds = (column.minimum, column.maximum)
        yield from _unequal(f"{place} range", bounds, known.bounds)
    if known.options and not known.partial:
        exact = bool(known.sources & DOCUMENTED)
        labels = {value: _label(label, exact=exact) for value, label in column.labels.items()}
        told = {option.value: _label(option.label, exact=exact) for option in known.options}
        yield from _unequal(f"{place} options", labels, told)


def _label(label: str, *, exact: bool) -> str:
    return label if exact else label.replace(" ", "").lower()


def _of_status(place: str, table: Table, column: Column, known: ColumnFact) -> Iterator[Difference]:
    if known.type == "Status" and table.states and column.name == "statuscode":
        states = {option.value: table.states.state_of(option.value) for option in known.options}
        yield from _unequal(f"{place} states", states, _states(known.options))


def _states(options: tuple[Option, ...]) -> dict[int, int | None]:
    return {option.value: option.state for option in options}


def _of_navigation(place: str, column: Column, known: ColumnFact) -> Iterator[Difference]:
    if column.kind is not Kind.LOOKUP or not known.navigation:
        return
    told = {navigation: table for table, navigation in known.navigation.items()}
    if known.type == "Owner":
        # It leads to users and teams; the mock has users alone.
        told = dict.fromkeys(told, "systemuser")
    targets = {name: table for name, table in column.targets.items() if name in told}
    shown = targets if known.partial and told.items() <= column.targets.items() else column.targets
    yield from _unequal(f"{place} navigation", shown, told)
