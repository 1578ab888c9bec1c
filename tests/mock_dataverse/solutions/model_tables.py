"""The tables of the model as Dataverse would keep them: what an import of the solution makes."""

from dataclasses import replace

from solution.model import columns as model
from solution.model.choices import CHOICES
from solution.model.tables import TABLES
from solution.model.tables import Kind as TableKind
from solution.model.tables import Ownership as ModelOwnership
from solution.model.tables import Table as ModelTable
from tests.mock_dataverse.columns import Column, Kind, Level
from tests.mock_dataverse.tables import Custom, GlobalChoice, Ownership, Table, custom_table

KINDS = {
    model.Text: Kind.TEXT,
    model.WholeNumber: Kind.WHOLE,
    model.Choice: Kind.CHOICE,
    model.DateTime: Kind.MOMENT,
    model.DateOnly: Kind.DAY,
    model.Lookup: Kind.LOOKUP,
}


def _column(column: model.Column, table: ModelTable) -> Column:
    plain = Column(
        name=column.logical_name,
        schema_name=column.schema_name,
        kind=KINDS[type(column)],
        label=column.label,
        level=Level.APPLICATION if column.required else Level.NONE,
    )
    match column:
        case model.Text(max_length=most):
            return replace(plain, max_length=most)
        case model.WholeNumber(minimum=low, maximum=high):
            return replace(plain, minimum=low, maximum=high)
        case model.Choice(options=options):
            return replace(plain, labels=options.labels, options=options.name)
        case model.Lookup(target=target, parental=parental):
            return replace(
                plain,
                # Nothing cascades to elastic rows.
                parental=parental and table.kind is TableKind.STANDARD,
                targets={column.schema_name: target},
                relationship=table.relationship(column),
            )
        case _:
            return plain


def _table(table: ModelTable) -> Table:
    elastic = table.kind is TableKind.ELASTIC
    user_owned = table.ownership is ModelOwnership.USER
    return custom_table(
        schema_name=table.schema_name,
        entity_set=table.entity_set,
        label=table.label,
        primary_name=table.primary_name,
        own=[_column(column, table) for column in table.columns],
        ownership=Ownership.USER if user_owned else Ownership.ORGANIZATION,
        elastic=elastic,
        custom=Custom(audited=table.written_by_people, change_tracked=not elastic),
    )


MODEL_CHOICES = tuple(
    GlobalChoice(name=choice.name, label=choice.label, labels=choice.labels) for choice in CHOICES
)
MODEL_TABLES = tuple(_table(table) for table in TABLES)
