"""The tables in ``solution/src`` are those of the model, column by column."""

import pytest

from solution.model.columns import Choice, Column, DateOnly, DateTime, Lookup, Text, WholeNumber
from solution.model.tables import TABLES, Kind, Ownership, Table
from solution.tools.packing.documents import Element
from tests.unit.solution.generator.files import document, english, paths, texts

HISTORY = {
    "createdby",
    "createdon",
    "createdonbehalfby",
    "importsequencenumber",
    "modifiedby",
    "modifiedon",
    "modifiedonbehalfby",
    "overriddencreatedon",
    "timezoneruleversionnumber",
    "utcconversiontimezonecode",
}
OWNED = {"ownerid", "owningbusinessunit", "owningteam", "owninguser"}
STATES = {"statecode", "statuscode"}
PARTS_OF_ALL_COLUMNS = [
    "Type",
    "Name",
    "LogicalName",
    "RequiredLevel",
    "DisplayMask",
    "ImeMode",
    "ValidForUpdateApi",
    "ValidForReadApi",
    "ValidForCreateApi",
    "IsCustomField",
    "IsAuditEnabled",
    "IsSecured",
    "IntroducedVersion",
    "IsCustomizable",
    "IsRenameable",
    "CanModifySearchSettings",
    "CanModifyRequirementLevelSettings",
    "CanModifyAdditionalSettings",
    "SourceType",
    "IsGlobalFilterEnabled",
    "IsSortableEnabled",
    "CanModifyGlobalFilterSettings",
    "CanModifyIsSortableSettings",
    "IsDataSourceSecret",
    "AutoNumberFormat",
    "IsSearchable",
    "IsFilterable",
    "IsRetrievable",
    "IsLocalizable",
]

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.logical_name)


def definition(table: Table) -> Element:
    found = document(f"Entities/{table.schema_name}/Entity.xml").find("EntityInfo/entity")
    assert found is not None
    return found


def columns(table: Table) -> dict[str, Element]:
    return {str(each.get("PhysicalName")): each for each in definition(table).iter("attribute")}


def described(column: Column) -> dict[str, str]:
    """Say what the file should say of a column's type."""
    match column:
        case Text(max_length=most):
            return {"Type": "nvarchar", "MaxLength": str(most), "Length": str(most * 2)}
        case WholeNumber(minimum=low, maximum=high):
            return {"Type": "int", "Format": "", "MinValue": str(low), "MaxValue": str(high)}
        case Choice(options=options):
            return {"Type": "picklist", "OptionSetName": options.name}
        case DateTime():
            return {"Type": "datetime", "Format": "datetime", "Behavior": "1"}
        case DateOnly():
            return {"Type": "datetime", "Format": "date", "Behavior": "2"}
        case Lookup():
            return {"Type": "lookup", "LookupStyle": "single"}
        case _:
            raise TypeError(type(column))


def test_there_are_the_tables_of_the_model_and_the_case_for_its_form() -> None:
    found = {path.split("/")[1] for path in paths("Entities/*/Entity.xml")}

    assert found == {table.schema_name for table in TABLES} | {"Incident"}


@every_table
def test_a_table_is_called_as_in_the_model(table: Table) -> None:
    found = definition(table)

    assert found.get("Name") == table.schema_name
    assert found.findtext("EntitySetName") == table.entity_set
    assert english(found, "LocalizedNames") == table.label
    assert english(found, "LocalizedCollectionNames") == table.plural
    assert english(found, "Descriptions") == table.description


@every_table
def test_a_table_has_its_columns_and_those_of_its_kind(table: Table) -> None:
    expected = {column.logical_name for column in table.columns} | {table.primary_id} | HISTORY
    expected |= OWNED if table.ownership is Ownership.USER else {"organizationid"}
    expected |= {"partitionid", "ttlinseconds"} if table.kind is Kind.ELASTIC else STATES

    assert {name.lower() for name in columns(table)} == expected


@every_table
def test_a_column_is_of_the_type_and_within_the_bounds_of_the_model(table: Table) -> None:
    found = columns(table)

    for column in table.columns:
        said = texts(found[column.schema_name])
        assert said | described(column) == said, column.schema_name


@every_table
def test_a_column_is_called_as_in_the_model(table: Table) -> None:
    found = columns(table)

    for column in table.columns:
        attribute = found[column.schema_name]
        assert attribute.findtext("LogicalName") == column.logical_name
        assert english(attribute, "displaynames") == column.label
        assert english(attribute, "Descriptions") == column.description


@every_table
def test_exactly_the_required_columns_are_required(table: Table) -> None:
    required = {
        name
        for name, each in columns(table).items()
        if each.findtext("RequiredLevel") == "required"
    }

    assert required == {column.schema_name for column in table.columns if column.required}


@every_table
def test_one_column_is_the_name_of_a_row(table: Table) -> None:
    named = [
        name.lower()
        for name, each in columns(table).items()
        if "PrimaryName" in each.findtext("DisplayMask", "").split("|")
    ]

    assert named == [table.primary_name]


@every_table
def test_columns_are_sorted_and_say_all_that_an_export_says_of_a_column(table: Table) -> None:
    found = columns(table)

    assert [name.lower() for name in found] == sorted(name.lower() for name in found)
    for column in table.columns:
        tags = [str(each.tag) for each in found[column.schema_name]]
        assert tags[: len(PARTS_OF_ALL_COLUMNS)] == PARTS_OF_ALL_COLUMNS


@every_table
def test_rows_belong_to_whom_the_model_says(table: Table) -> None:
    ownership = definition(table).findtext("OwnershipTypeMask")

    assert ownership == {"USER": "UserOwned", "ORGANIZATION": "OrgOwned"}[table.ownership.name]


@every_table
def test_changes_of_standard_rows_are_tracked_and_those_that_people_write_audited(
    table: Table,
) -> None:
    said = texts(definition(table))
    audited = "1" if table.schema_name in {"cht_TimeLog", "cht_TimeAdjustment"} else "0"

    assert said["ChangeTrackingEnabled"] == ("1" if table.kind is Kind.STANDARD else "0")
    assert said["IsAuditEnabled"] == audited
    for column in table.columns:
        assert columns(table)[column.schema_name].findtext("IsAuditEnabled") == audited


@every_table
def test_only_an_elastic_table_names_the_store_of_elastic_tables(table: Table) -> None:
    said = texts(definition(table))

    if table.kind is Kind.ELASTIC:
        assert said["DataProviderId"] == "{1d9bde74-9ebd-4da9-8ff5-aa74945b9f74}"
        assert said["DataSourceId"] == "{19897b6e-b2c2-461c-8f32-5a2413028030}"
        assert said["CanCreateCharts"] == said["IsDuplicateCheckSupported"] == "0"
    else:
        assert "DataProviderId" not in said
        assert said["CanCreateCharts"] == "1"
