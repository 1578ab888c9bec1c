"""Metadata: the names, types, lengths, relationships and keys that the model says."""

import pytest

from solution.model.choices import CHOICES
from solution.model.columns import Choice, Column, Lookup, Text, WholeNumber
from solution.model.tables import TABLES, Kind, Table
from tests.contract.api import Api, Json

BY_LABEL = {table.logical_name: table for table in TABLES}
TYPES = {
    "Text": "String",
    "WholeNumber": "Integer",
    "Choice": "Picklist",
    "DateTime": "DateTime",
    "DateOnly": "DateTime",
    "Lookup": "Lookup",
}
FEWER = pytest.mark.mock_only("has fewer tables than an environment")
NOT_KNOWN = pytest.mark.mock_only("is about what the mock does not know")
ACTIVITIES = {"task", "phonecall", "email", "appointment", "incidentresolution"}
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.logical_name)


def definition(table: str, below: str = "") -> str:
    return f"EntityDefinitions(LogicalName='{table}'){below}"


def own(table: Table, kind: type[Column]) -> list[Column]:
    return [column for column in table.columns if isinstance(column, kind)]


def typed(api: Api, table: Table, kind: str, select: str) -> dict[str, Json]:
    rows = api.values(
        definition(
            table.logical_name, f"/Attributes/Microsoft.Dynamics.CRM.{kind}AttributeMetadata"
        )
        + f"?$select=LogicalName,{select}"
    )
    return {row["LogicalName"]: row for row in rows}


@every_table
def test_a_table_has_the_names_and_the_kind_of_the_model(administrator: Api, table: Table) -> None:
    answer = administrator.get(
        definition(table.logical_name)
        + "?$select=LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,"
        "PrimaryNameAttribute,TableType,OwnershipType,ChangeTrackingEnabled,IsAuditEnabled"
    ).json()

    standard = table.kind is Kind.STANDARD
    assert (answer["SchemaName"], answer["EntitySetName"]) == (table.schema_name, table.entity_set)
    assert answer["PrimaryIdAttribute"] == table.primary_id
    assert answer["PrimaryNameAttribute"] == table.primary_name
    assert (answer["TableType"], answer["OwnershipType"]) == (
        table.kind.value,
        "UserOwned" if table.ownership.value == "UserOwned" else "OrganizationOwned",
    )
    assert (answer["ChangeTrackingEnabled"], answer["IsAuditEnabled"]["Value"]) == (
        standard,
        table.schema_name in {"cht_TimeLog", "cht_TimeAdjustment"},
    )


@every_table
def test_columns_have_the_names_types_and_duties_of_the_model(
    administrator: Api, table: Table
) -> None:
    rows = administrator.values(
        definition(table.logical_name, "/Attributes")
        + "?$select=LogicalName,SchemaName,AttributeType,RequiredLevel"
    )

    found = {
        row["SchemaName"]: (row["AttributeType"], row["RequiredLevel"]["Value"])
        for row in rows
        if row["LogicalName"].startswith("cht_") and row["LogicalName"] != table.primary_id
    }
    assert found == {
        column.schema_name: (
            TYPES[type(column).__name__],
            "ApplicationRequired" if column.required else "None",
        )
        for column in table.columns
    }


@every_table
def test_texts_have_the_lengths_of_the_model(administrator: Api, table: Table) -> None:
    found = typed(administrator, table, "String", "MaxLength")

    for column in table.columns:
        if isinstance(column, Text):
            assert found[column.logical_name]["MaxLength"] == column.max_length


@every_table
def test_numbers_have_the_bounds_of_the_model(administrator: Api, table: Table) -> None:
    found = typed(administrator, table, "Integer", "MinValue,MaxValue")

    for column in table.columns:
        if isinstance(column, WholeNumber):
            row = found[column.logical_name]
            assert (row["MinValue"], row["MaxValue"]) == (column.minimum, column.maximum)


@every_table
def test_choices_are_the_global_ones_of_the_model(administrator: Api, table: Table) -> None:
    rows = administrator.values(
        definition(
            table.logical_name, "/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
        )
        + "?$select=LogicalName&$expand=GlobalOptionSet($select=Name)"
    )

    found = {row["LogicalName"]: row["GlobalOptionSet"]["Name"] for row in rows}
    assert found == {
        column.logical_name: column.options.name
        for column in table.columns
        if isinstance(column, Choice)
    }


@every_table
def test_lookups_have_the_relationships_of_the_model(administrator: Api, table: Table) -> None:
    rows = administrator.values(
        definition(table.logical_name, "/ManyToOneRelationships")
        + "?$select=SchemaName,ReferencingAttribute,ReferencedEntity,CascadeConfiguration"
    )

    found = {
        row["ReferencingAttribute"]: (
            row["SchemaName"],
            row["ReferencedEntity"],
            row["CascadeConfiguration"]["Delete"],
        )
        for row in rows
        if row["ReferencingAttribute"].startswith("cht_")
    }
    lookups = [column for column in table.columns if isinstance(column, Lookup)]
    assert found == {
        column.logical_name: (
            table.relationship(column),
            column.target,
            "NoCascade"
            if table.kind is Kind.ELASTIC
            else "Cascade"
            if column.parental
            else "RemoveLink",
        )
        for column in lookups
    }


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_a_global_choice_has_the_options_of_the_model(administrator: Api, choice: object) -> None:
    (known,) = [each for each in CHOICES if each is choice]

    answer = administrator.get(f"GlobalOptionSetDefinitions(Name='{known.name}')").json()

    assert {
        option["Value"]: option["Label"]["UserLocalizedLabel"]["Label"]
        for option in answer["Options"]
    } == known.labels


def test_an_elastic_table_has_the_key_of_its_partition(administrator: Api) -> None:
    (key,) = administrator.values(
        definition("cht_focussegment", "/Keys")
        + "?$select=LogicalName,KeyAttributes,EntityKeyIndexStatus"
    )

    assert key["LogicalName"] == "keyfornosqlentitywithpkpartitionid"
    assert key["KeyAttributes"] == ["cht_focussegmentid", "partitionid"]
    assert key["EntityKeyIndexStatus"] == "Active"


@pytest.mark.parametrize(
    ("address", "condition", "expected"),
    [
        ("EntityDefinitions", "LogicalName eq 'account'", {"account"}),
        pytest.param(
            "EntityDefinitions",
            "IsActivity eq true and LogicalName ne 'activitypointer'",
            ACTIVITIES,
            marks=FEWER,
        ),
        pytest.param(
            "EntityDefinitions",
            "TableType eq 'Elastic' and IsCustomEntity eq true",
            {"cht_focussegment"},
            marks=FEWER,
        ),
        (
            definition("cht_timelog", "/Attributes"),
            "AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'State'",
            {"statecode"},
        ),
        (
            definition("cht_timelog", "/Attributes"),
            "IsPrimaryId eq true or not (LogicalName ne 'cht_note')",
            {"cht_timelogid", "cht_note"},
        ),
        (
            definition("cht_timelog", "/Attributes"),
            "RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'SystemRequired'",
            {"cht_timelogid", "statecode", "ownerid"},
        ),
    ],
)
def test_definitions_are_filtered(
    administrator: Api, address: str, condition: str, expected: set[str]
) -> None:
    rows = administrator.values(f"{address}?$select=LogicalName&$filter={condition}")

    assert {row["LogicalName"] for row in rows} == expected


def test_columns_are_filtered_inside_of_their_table(administrator: Api) -> None:
    lookups = "$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Memo'"
    answer = administrator.get(
        definition("incident")
        + f"?$select=LogicalName&$expand=Attributes($select=LogicalName;{lookups})"
    ).json()

    assert [row["LogicalName"] for row in answer["Attributes"]] == ["description"]


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        pytest.param("DisplayName eq 'Account'", 400, id="a label"),
        pytest.param("LogicalName eq 5", 400, id="a number for a text"),
        pytest.param("IsActivity eq 'true'", 400, id="a text for a truth"),
        pytest.param("TableType eq Microsoft.Dynamics.CRM.X'Y'", 400, id="another type"),
        pytest.param(
            "startswith(LogicalName,'cht_')",
            501,
            id="text functions are not simulated",
            marks=NOT_KNOWN,
        ),
        pytest.param(
            "Nothing eq 1", 501, id="an unknown property is not simulated", marks=NOT_KNOWN
        ),
    ],
)
def test_filters_on_metadata_are_narrow(administrator: Api, condition: str, status: int) -> None:
    assert administrator.get(f"EntityDefinitions?$filter={condition}").status_code == status


def test_a_relationship_is_found_by_its_name(administrator: Api) -> None:
    (known,) = administrator.values(
        definition("cht_timelog", "/ManyToOneRelationships")
        + "?$filter=ReferencingAttribute eq 'cht_caseid'"
    )

    (row,) = administrator.values(
        f"RelationshipDefinitions?$filter=SchemaName eq '{known['SchemaName']}'"
    )
    assert row["@odata.type"] == "#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata"
    assert (row["ReferencedEntity"], row["MetadataId"]) == ("incident", known["MetadataId"])


def test_dates_without_a_time_say_so(administrator: Api) -> None:
    found = typed(
        administrator, BY_LABEL["cht_focussegment"], "DateTime", "Format,DateTimeBehavior"
    )

    assert found["cht_day"]["DateTimeBehavior"] == {"Value": "DateOnly"}
    assert found["cht_startedon"]["DateTimeBehavior"] == {"Value": "UserLocal"}


@pytest.mark.parametrize("below", ["", "/Attributes", "/Keys"])
def test_an_unknown_table_is_not_found(administrator: Api, below: str) -> None:
    assert administrator.get(definition("cht_nothing", below)).status_code == 404


def test_ids_come_along_unasked(administrator: Api) -> None:
    answer = administrator.get(definition("cht_timelog") + "?$select=LogicalName").json()

    again = administrator.get(f"EntityDefinitions({answer['MetadataId']})").json()

    assert again["LogicalName"] == "cht_timelog"


def test_columns_can_be_expanded_from_their_table(administrator: Api) -> None:
    answer = administrator.get(
        definition("cht_timelog")
        + "?$select=LogicalName&$expand=Attributes($select=LogicalName),Keys($select=SchemaName)"
    ).json()

    assert "cht_minutes" in {each["LogicalName"] for each in answer["Attributes"]}
    assert answer["Keys"] == []


@pytest.mark.mock_only("switches the audit of the environment on")
def test_the_environment_tells_whether_it_is_audited(administrator: Api) -> None:
    (before,) = administrator.values("organizations?$select=isauditenabled")
    address = f"organizations({before['organizationid']})"

    assert administrator.patch(address, {"isauditenabled": True}).status_code == 204
    assert administrator.get(address).json()["isauditenabled"] is True
    assert before["isauditenabled"] is False
