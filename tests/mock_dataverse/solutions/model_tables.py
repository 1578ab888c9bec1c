"""The tables of the model as Dataverse would keep them: what an import of the solution makes."""

from solution.model import columns as model
from solution.model.tables import TABLES
from solution.model.tables import Kind as TableKind
from solution.model.tables import Ownership as ModelOwnership
from solution.model.tables import Table as ModelTable
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.tables import Ownership, Table, custom_table


def _column(column: model.Column, *, elastic: bool) -> Column:
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
                name=name,
                kind=Kind.CHOICE,
                label=label,
                required=required,
                labels=options.labels,
                options=options.name,
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
                # Nothing cascades to elastic rows.
                parental=parental and not elastic,
                targets={column.schema_name: target},
            )
        case _:
            raise TypeError(f"the mock has no column of kind {type(column).__name__}")


def _table(table: ModelTable) -> Table:
    elastic = table.kind is TableKind.ELASTIC
    user_owned = table.ownership is ModelOwnership.USER
    return custom_table(
        schema_name=table.schema_name,
        entity_set=table.entity_set,
        label=table.label,
        primary_name=table.primary_name,
        own=[_column(column, elastic=elastic) for column in table.columns],
        ownership=Ownership.USER if user_owned else Ownership.ORGANIZATION,
        elastic=elastic,
    )


MODEL_TABLES = tuple(_table(table) for table in TABLES)
