"""Stored rows to the JSON of the Web API, with annotations only on demand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.mock_dataverse.calls import Preferences
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

FORMATTED = "OData.Community.Display.V1.FormattedValue"
LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname"
LOOKUP_NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"
ELASTIC_ALWAYS = ("versionnumber", "partitionid", "ownerid", "owningbusinessunit")

NameOf = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Presenter:
    """Shows rows to one caller. ``name_of`` gives a referenced row's primary name."""

    preferences: Preferences
    name_of: NameOf

    def row(self, table: Table, row: Row, select: Iterable[Column] | None) -> dict[str, object]:
        """Return the row: the selected columns, else all, and always etag and primary key."""
        shown: dict[str, object] = {"@odata.etag": etag(table, row)}
        for column in columns_to_show(table, select):
            self._add(shown, column, row)
        return shown

    def columns(self, columns: Iterable[Column], row: Row) -> dict[str, object]:
        """Return just these columns, as grouped rows have them: no etag, no key."""
        shown: dict[str, object] = {}
        for column in columns:
            self._add(shown, column, row)
        return shown

    def _add(self, shown: dict[str, object], column: Column, row: Row) -> None:
        name, stored = column.wire_name, row[column.name]
        if self.preferences.annotations and stored is not None:
            self._annotate(shown, column, row)
        shown[name] = column.json(stored)

    def _annotate(self, shown: dict[str, object], column: Column, row: Row) -> None:
        name, stored = column.wire_name, row[column.name]
        wants = self.preferences.wants
        formatted = column.formatted(stored)
        if column.kind is Kind.LOOKUP:
            navigation, target = target_of(column, row)
            formatted = self.name_of(target, str(stored)) if wants(FORMATTED) else None
            if navigation and wants(LOOKUP_NAVIGATION):
                shown[f"{name}@{LOOKUP_NAVIGATION}"] = navigation
            if wants(LOOKUP_TABLE):
                shown[f"{name}@{LOOKUP_TABLE}"] = target
        if formatted is not None and wants(FORMATTED):
            shown[f"{name}@{FORMATTED}"] = formatted


def columns_to_show(table: Table, select: Iterable[Column] | None) -> list[Column]:
    if select is None:
        return list(table.wire_columns.values())
    always = [*(ELASTIC_ALWAYS if table.elastic else ()), table.primary_id]
    chosen = {column.name: column for column in select}
    for name in always:
        chosen.setdefault(name, table.columns[name])
    return list(chosen.values())


def target_of(column: Column, row: Row) -> tuple[str | None, str]:
    """Return the navigation property, if any, and the table of a lookup that has a value."""
    if column.type_name:
        table = str(row[column.type_name])
        return next((nav for nav, target in column.targets.items() if target == table), None), table
    return next(iter(column.targets.items()))


def etag(table: Table, row: Row) -> str:
    """Return the weak etag: the version number, or on elastic tables one as Cosmos DB makes."""
    version = int(row["versionnumber"] or 0)
    if not table.elastic:
        return f'W/"{version}"'
    written = int(datetime.fromisoformat(str(row["modifiedon"])).timestamp())
    return f'W/"{version & 0xFFFFFFFF:08x}-0000-0200-0000-{written:08x}0000"'
