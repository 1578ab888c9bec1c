"""Every table of the environment: those of the model and Dataverse's own."""

from solution.model import columns as model
from solution.model.tables import TABLES
from solution.model.tables import Kind as TableKind
from solution.model.tables import Ownership as ModelOwnership
from solution.model.tables import Table as ModelTable
from tests.mock_dataverse.builtin_tables import BUILTIN_TABLES
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.errors import DataverseError, unknown_resource
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    Ownership,
    Table,
    guid,
    state_columns,
    system_columns,
)


def _column(column: model.Column) -> Column:
    """Return a column of the model as the mock keeps it."""
    name, label, required = column.logical_name, column.label, column.required
    match column:
        case model.Text(max_length=most):
            return Column(
                name=name, kind=Kind.TEXT, label=label, required=required, max_length=most
            )
        case model.WholeNumber(minimum=low, maximum=high):
            return Column(
                name=name,
                kind=Kind.WHOLE,
                label=label,
                required=required,
                minimum=low,
                maximum=high,
            )
        case model.Choice(options=options):
            return Column(
                name=name, kind=Kind.CHOICE, label=label, required=required, labels=options.labels
            )
        case model.DateTime():
            return Column(name=name, kind=Kind.MOMENT, label=label, required=required)
        case model.DateOnly():
            return Column(name=name, kind=Kind.DAY, label=label, required=required)
        case model.Lookup(target=target, parental=parental):
            return Column(
                name=name,
                kind=Kind.LOOKUP,
                label=label,
                required=required,
                parental=parental,
                targets={column.schema_name: target},
            )
        case _:
            raise TypeError(f"the mock has no column of kind {type(column).__name__}")


def _table(table: ModelTable) -> Table:
    """Return a table of the model with the columns Dataverse adds."""
    elastic = table.kind is TableKind.ELASTIC
    user_owned = table.ownership is ModelOwnership.USER
    ownership = Ownership.USER if user_owned else Ownership.ORGANIZATION
    states = None if elastic else CUSTOM_STATES
    every = [
        guid(table.primary_id),
        *(_column(column) for column in table.columns),
        *system_columns(ownership, elastic=elastic),
        *(state_columns(states) if states else ()),
    ]
    return Table(
        schema_name=table.schema_name,
        entity_set=table.entity_set,
        label=table.label,
        primary_id=table.primary_id,
        primary_name=table.primary_name,
        columns={column.name: column for column in every},
        elastic=elastic,
        ownership=ownership,
        storage=table.logical_name,
        privilege_name=table.logical_name,
        states=states,
    )


class Schema:
    """Tables by logical name and by entity set."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self.tables = {table.logical_name: table for table in tables}
        self._by_set = {table.entity_set: table for table in tables}

    def table(self, logical_name: str) -> Table:
        return self.tables[logical_name]

    def of_set(self, entity_set: str) -> Table:
        """Return the table of an entity set; names are case-sensitive.

        Raises:
            DataverseError: 404, there is no such set.
        """
        if entity_set not in self._by_set:
            raise unknown_resource(entity_set)
        return self._by_set[entity_set]

    def of_type(self, odata_type: str) -> Table:
        """Return the table of ``Microsoft.Dynamics.CRM.<logical name>``."""
        prefix, _, name = odata_type.rpartition(".")
        if prefix.lstrip("#") != "Microsoft.Dynamics.CRM" or name not in self.tables:
            raise DataverseError(400, "0x80048d19", f"The type '{odata_type}' is not known.")
        return self.tables[name]


SCHEMA = Schema(BUILTIN_TABLES + tuple(_table(table) for table in TABLES))
