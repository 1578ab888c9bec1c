"""Every reference of a table is a relationship, and what follows a deletion is as designed."""

import pytest

from solution.model.columns import Lookup
from solution.model.tables import FOCUS_SEGMENT, TABLES, TIME_LOG, Kind, Table
from solution.tools.packing.documents import Element
from tests.unit.solution.generator.files import document, paths, texts

LOOKUPS = [
    pytest.param(table, column, id=table.relationship(column))
    for table in TABLES
    for column in table.columns
    if isinstance(column, Lookup)
]


def relationships() -> dict[str, Element]:
    return {
        str(relationship.get("Name")): relationship
        for path in paths("Other/Relationships/*.xml")
        for relationship in document(path)
    }


@pytest.mark.parametrize(("table", "column"), LOOKUPS)
def test_a_lookup_is_a_relationship_bound_by_its_schema_name(table: Table, column: Lookup) -> None:
    relationship = relationships()[table.relationship(column)]
    said = texts(relationship)

    assert said["ReferencingEntityName"] == table.schema_name
    assert said["ReferencingAttributeName"] == column.schema_name
    assert said["ReferencedEntityName"].lower() == column.target
    navigation = "EntityRelationshipRoles/*[RelationshipRoleType='1']/NavigationPropertyName"
    assert [each.text for each in relationship.xpath(navigation)] == [column.schema_name]


def test_a_time_log_goes_with_its_case_but_stays_when_a_representative_goes() -> None:
    found = relationships()

    assert found["cht_timelog_CaseId_incident"].findtext("CascadeDelete") == "Cascade"
    representative = found["cht_timelog_RepresentativeId_systemuser"]
    assert representative.findtext("CascadeDelete") == "RemoveLink"


def test_nothing_but_a_deletion_reaches_the_rows_of_a_case() -> None:
    """A case that is assigned or shared does not take the time of representatives along."""
    for name, relationship in relationships().items():
        cascades = {tag: text for tag, text in texts(relationship).items() if "Cascade" in tag}
        others = set(cascades) - {"CascadeDelete", "CascadeArchive"}
        assert {cascades[tag] for tag in others} == {"NoCascade"}, name


def test_nothing_that_happens_elsewhere_reaches_an_elastic_row() -> None:
    assert FOCUS_SEGMENT.kind is Kind.ELASTIC
    for name, relationship in relationships().items():
        said = texts(relationship)
        if said["ReferencingEntityName"] == FOCUS_SEGMENT.schema_name:
            cascades = {text for tag, text in said.items() if tag.startswith("Cascade")}
            assert cascades == {"NoCascade"}, name


def test_rows_of_a_person_are_related_to_whom_they_belong() -> None:
    found = {
        name: texts(relationship)["ReferencedEntityName"]
        for name, relationship in relationships().items()
        if texts(relationship)["ReferencingEntityName"] == TIME_LOG.schema_name
    }

    assert found == {
        "business_unit_cht_timelog": "BusinessUnit",
        "cht_timelog_CaseId_incident": "Incident",
        "cht_timelog_RepresentativeId_systemuser": "SystemUser",
        "lk_cht_timelog_createdby": "SystemUser",
        "lk_cht_timelog_modifiedby": "SystemUser",
        "owner_cht_timelog": "Owner",
        "team_cht_timelog": "Team",
        "user_cht_timelog": "SystemUser",
    }


def test_a_relationship_lies_in_the_file_of_the_table_it_leads_to() -> None:
    for path in paths("Other/Relationships/*.xml"):
        for relationship in document(path):
            table = relationship.findtext("ReferencedEntityName")
            assert path == f"Other/Relationships/{table}.xml"


def test_the_index_names_every_relationship_once() -> None:
    listed = [str(each.get("Name")) for each in document("Other/Relationships.xml")]

    assert listed == sorted(relationships())
