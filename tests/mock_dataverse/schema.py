"""The tables of one environment, which imports add to, and the privileges there are on them."""

from collections.abc import Iterable
from dataclasses import replace

from tests.mock_dataverse.activity_tables import ACTIVITY_TABLES
from tests.mock_dataverse.builtin_tables import SERVICE_TABLES
from tests.mock_dataverse.customization_tables import CUSTOMIZATION_TABLES
from tests.mock_dataverse.errors import DataverseError, unknown_resource
from tests.mock_dataverse.platform_tables import PLATFORM_TABLES
from tests.mock_dataverse.privileges import ACTING_ON_BEHALF, Privilege, privileges_on
from tests.mock_dataverse.tables import GlobalChoice, Key, Table

BUILTIN_TABLES = SERVICE_TABLES + ACTIVITY_TABLES + CUSTOMIZATION_TABLES + PLATFORM_TABLES


class Schema:
    """Tables by logical name and by entity set."""

    def __init__(self, tables: Iterable[Table], choices: Iterable[GlobalChoice] = ()) -> None:
        self.choices = {choice.name: choice for choice in choices}
        self.tables = {table.logical_name: table for table in tables}
        self._by_set = {table.entity_set: table for table in self.tables.values()}
        self._unpublished = {
            name: _unpublished(table) for name, table in self.tables.items() if table.layered
        }

        self._made_keys: dict[str, tuple[Key, ...]] = {}
        self._settling: dict[str, int] = {}
        self._indexing: dict[str, int] = {}

    def copy(self) -> "Schema":
        """Return a schema that can grow without this one."""
        return Schema(self.tables.values(), self.choices.values())

    def put(self, table: Table) -> None:
        """Add a table, or take it in place of the one of its name."""
        self.tables[table.logical_name] = table
        self._by_set[table.entity_set] = table

    def settle(self, table: Table, looks: int) -> None:
        """Let a new table take time: it, or its keys, are ready after so many looks at them."""
        if table.elastic:
            self._settling[table.logical_name] = looks
        self._indexing[table.logical_name] = looks

    def is_ready_when_asked(self, table: Table) -> bool:
        """Tell if the table can be used yet; each time it cannot, it comes a bit nearer."""
        return not self._look(self._settling, table)

    def key_status(self, table: Table) -> str:
        """Return ``EntityKeyIndexStatus``; each look brings the index a bit nearer."""
        return "Pending" if self._look(self._indexing, table) else "Active"

    def keys_are_ready(self, table: Table) -> bool:
        """Tell, without a look, if the index behind the table's keys is there."""
        return not self._indexing.get(table.logical_name)

    def keys(self, table: Table) -> tuple[Key, ...]:
        """Return the alternate keys: those the table came with, and those made since."""
        imported = table.custom.keys if table.custom else ()
        return imported + self._made_keys.get(table.logical_name, ())

    def put_key(self, table: Table, key: Key, looks: int) -> None:
        """Add an alternate key; its index is ready after so many looks at it."""
        made = self._made_keys.get(table.logical_name, ())
        self._made_keys[table.logical_name] = (*made, key)
        self._indexing[table.logical_name] = looks

    def drop_key(self, table: Table, key: Key) -> None:
        made = self._made_keys[table.logical_name]
        self._made_keys[table.logical_name] = tuple(other for other in made if other != key)

    @staticmethod
    def _look(waiting: dict[str, int], table: Table) -> bool:
        left = waiting.get(table.logical_name, 0)
        waiting[table.logical_name] = max(0, left - 1)
        return left > 0

    def usable(self) -> list[Table]:
        return [table for name, table in self.tables.items() if not self._settling.get(name)]

    def put_choice(self, choice: GlobalChoice) -> None:
        self.choices[choice.name] = choice

    @property
    def stored(self) -> list[Table]:
        """Every table and the unpublished layers of those that have one."""
        return [*self.tables.values(), *self._unpublished.values()]

    def table(self, logical_name: str) -> Table:
        return self.tables[logical_name]

    def written(self, table: Table) -> Table:
        """Return where writes go: to the unpublished layer if the table has one."""
        return self._unpublished.get(table.logical_name, table)

    def of_set(self, entity_set: str) -> Table:
        """Return the table of an entity set; names are case-sensitive.

        Raises:
            DataverseError: 404, there is no such set.
        """
        table = self._by_set.get(entity_set)
        if table is None or self._settling.get(table.logical_name):
            raise unknown_resource(entity_set)
        return table

    def of_type(self, odata_type: str) -> Table:
        """Return the table of ``Microsoft.Dynamics.CRM.<logical name>``."""
        prefix, _, name = odata_type.rpartition(".")
        if prefix.lstrip("#") != "Microsoft.Dynamics.CRM" or name not in self.tables:
            raise DataverseError(400, "0x80048d19", f"The type '{odata_type}' is not known.")
        return self.tables[name]

    def privileges(self) -> dict[str, Privilege]:
        """Return every privilege there is, by its name."""
        on_tables = (
            privilege for table in self.tables.values() for privilege in privileges_on(table)
        )
        return {privilege.name: privilege for privilege in (*on_tables, ACTING_ON_BEHALF)}


def _unpublished(table: Table) -> Table:
    return replace(table, storage=f"unpublished_{table.storage}")
