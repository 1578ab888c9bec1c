"""The columns of a table as metadata, each with what its type adds."""

from tests.mock_dataverse.columns import Column, Kind, Level
from tests.mock_dataverse.metadata.choices import global_choice, options_of
from tests.mock_dataverse.metadata.definitions import Definition, label, managed, metadata_id
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.tables import Table

BY_KIND = {
    Kind.GUID: "Uniqueidentifier",
    Kind.TEXT: "String",
    Kind.WHOLE: "Integer",
    Kind.BIG: "BigInt",
    Kind.DOUBLE: "Double",
    Kind.BOOLEAN: "Boolean",
    Kind.CHOICE: "Picklist",
    Kind.MOMENT: "DateTime",
    Kind.DAY: "DateTime",
    Kind.LOOKUP: "Lookup",
}
BY_NAME = {
    "statecode": "State",
    "statuscode": "Status",
    "ownerid": "Owner",
    "customerid": "Customer",
}
METADATA_TYPES = {"Uniqueidentifier": "UniqueIdentifier", "Owner": "Lookup", "Customer": "Lookup"}
"""Where the type of the metadata is not called as the type of the column is."""
SCHEMA_NAMES = {
    name.lower(): name
    for name in (
        "CreatedBy",
        "CreatedOn",
        "CreatedOnBehalfBy",
        "ModifiedBy",
        "ModifiedOn",
        "ModifiedOnBehalfBy",
        "ImportSequenceNumber",
        "OverriddenCreatedOn",
        "VersionNumber",
        "OwnerId",
        "OwningBusinessUnit",
        "OwningUser",
        "PartitionId",
        "TTLInSeconds",
    )
}


def type_of(column: Column) -> str:
    """Return ``AttributeType``."""
    if column.memo:
        return "Memo"
    if column.entity_name:
        return "EntityName"
    return BY_NAME.get(column.name, BY_KIND[column.kind])


def metadata_type_of(column: Column) -> str:
    """Return the short name of the type that the column's metadata is of."""
    kind = type_of(column)
    return f"{METADATA_TYPES.get(kind, kind)}AttributeMetadata"


def attributes_of(schema: Schema, table: Table) -> list[Definition]:
    return [
        attribute(schema, table, column) for column in table.columns.values() if not column.internal
    ]


def attribute(schema: Schema, table: Table, column: Column) -> Definition:
    kind = type_of(column)
    return Definition(
        metadata_type_of(column),
        {
            "MetadataId": metadata_id(table.logical_name, column.name),
            "LogicalName": column.name,
            "SchemaName": _schema_name(table, column),
            "EntityLogicalName": table.logical_name,
            "AttributeType": kind,
            "AttributeTypeName": {"Value": f"{kind}Type"},
            "IsPrimaryId": column.name == table.primary_id,
            "IsPrimaryName": column.name == table.primary_name,
            "IsCustomAttribute": bool(column.schema_name),
            "IsValidForRead": column.readable,
            "IsValidForCreate": column.creatable,
            "IsValidForUpdate": column.updatable,
            "RequiredLevel": managed(
                _required_level(table, column).value, "canmodifyrequirementlevelsettings"
            ),
            "DisplayName": label(column.label or column.name, table.logical_name, column.name),
            **_typed(column),
        },
        {
            "OptionSet": lambda: options_of(table, column),
            "GlobalOptionSet": lambda: _global_options(schema, column),
        }
        if column.kind is Kind.CHOICE
        else {},
        derived=True,
    )


def _schema_name(table: Table, column: Column) -> str:
    if column.name == table.primary_id:
        return f"{table.schema_name}Id"
    return column.schema_name or SCHEMA_NAMES.get(column.name, column.name)


def _required_level(table: Table, column: Column) -> Level:
    return Level.SYSTEM if column.name == table.primary_id else column.level


def _typed(column: Column) -> dict[str, object]:
    if column.kind is Kind.TEXT:
        return {"MaxLength": column.max_length}
    if column.kind is Kind.LOOKUP:
        return {"Targets": list(column.targets.values())}
    bounds = {"MinValue": column.minimum, "MaxValue": column.maximum}
    by_kind: dict[Kind, dict[str, object]] = {
        Kind.WHOLE: {**bounds, "Format": "None"},
        Kind.BIG: {**bounds},
        Kind.MOMENT: {"Format": "DateAndTime", "DateTimeBehavior": {"Value": "UserLocal"}},
        Kind.DAY: {"Format": "DateOnly", "DateTimeBehavior": {"Value": "DateOnly"}},
    }
    return by_kind.get(column.kind, {})


def _global_options(schema: Schema, column: Column) -> Definition | None:
    return global_choice(schema.choices[column.options]) if column.options else None
