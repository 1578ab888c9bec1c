import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    OF_CASES,
    SEGMENT,
    TIME_LOG,
    TOTALS,
    Inspect,
    moved,
    replaced,
    with_in,
    without,
)

INDEX = "Other/Relationships.xml"
NAME = "cht_timelog_CaseId_incident"


def test_a_relationship_that_the_index_lacks_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = without(tree, INDEX, f"EntityRelationship[@Name='{NAME}']")

    assert inspect(faulty) == [("relationship-unlisted", OF_CASES)]


def test_a_relationship_that_only_the_index_has_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = with_in(tree, INDEX, ".", '<EntityRelationship Name="cht_ghost"/>')

    assert inspect(faulty) == [("relationship-missing", INDEX)]


def test_a_lookup_without_its_relationship_is_found(tree: Tree, inspect: Inspect) -> None:
    path = f"EntityRelationship[@Name='{NAME}']"
    faulty = without(without(tree, INDEX, path), OF_CASES, path)

    assert inspect(faulty) == [("lookup-without-relationship", TIME_LOG)]


def test_a_relationship_without_its_lookup_is_found(tree: Tree, inspect: Inspect) -> None:
    column = "EntityInfo/entity/attributes/attribute[LogicalName='modifiedby']"
    faulty = without(tree, SEGMENT, column)

    assert inspect(faulty) == [
        ("relationship-without-lookup", "Other/Relationships/SystemUser.xml")
    ]


def test_a_relationship_that_leads_nowhere_is_found(tree: Tree, inspect: Inspect) -> None:
    nowhere = "Other/Relationships/Ghost.xml"
    faulty = moved(tree, "Other/Relationships/Team.xml", nowhere)
    faulty[nowhere] = faulty[nowhere].replace(b">Team<", b">Ghost<")

    assert set(inspect(faulty)) == {("table-unknown", nowhere)}


def test_a_column_of_a_choice_that_is_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, SEGMENT, ">cht_surface</OptionSet", ">cht_surfaces</OptionSet")

    assert inspect(faulty) == [("choice-unknown", SEGMENT)]


@pytest.mark.parametrize("cascade", ["Cascade", "RemoveLink", "Restrict"])
def test_a_cascade_to_an_elastic_table_is_found(tree: Tree, inspect: Inspect, cascade: str) -> None:
    before, name, after = tree[OF_CASES].decode().partition("cht_focussegment_CaseId_incident")
    after = after.replace("<CascadeDelete>NoCascade", f"<CascadeDelete>{cascade}", 1)
    faulty = tree | {OF_CASES: (before + name + after).encode()}

    assert inspect(faulty) == [("elastic-cascade", OF_CASES)]


def test_a_chart_on_an_elastic_table_is_found(tree: Tree, inspect: Inspect) -> None:
    identifier = "{00000000-0000-4000-8000-000000000001}"
    place = f"Entities/cht_FocusSegment/Visualizations/{identifier}.xml"
    chart = (
        f"<visualization><savedqueryvisualizationid>{identifier}</savedqueryvisualizationid>"
        "</visualization>"
    )

    assert inspect(tree | {place: chart.encode()}) == [("elastic-chart", place)]


@pytest.mark.parametrize(
    ("path", "xml", "fault"),
    [
        pytest.param(
            "EntityInfo/entity/attributes",
            "<attribute><LogicalName>statecode</LogicalName></attribute>",
            "elastic-state",
            id="state",
        ),
        pytest.param(
            "EntityInfo/entity",
            "<EntityKeys><EntityKey><Name>cht_Key</Name></EntityKey></EntityKeys>",
            "elastic-key",
            id="key of our own",
        ),
    ],
)
def test_what_an_elastic_table_cannot_have_is_found(
    tree: Tree, inspect: Inspect, path: str, xml: str, fault: str
) -> None:
    assert inspect(with_in(tree, SEGMENT, path, xml)) == [(fault, SEGMENT)]


def test_duplicate_detection_on_an_elastic_table_is_found(tree: Tree, inspect: Inspect) -> None:
    flag = "<IsDuplicateCheckSupported>"
    faulty = replaced(tree, SEGMENT, f"{flag}0", f"{flag}1")

    assert inspect(faulty) == [("elastic-duplicates", SEGMENT)]


def test_two_columns_of_one_name_are_found(tree: Tree, inspect: Inspect) -> None:
    attributes = "EntityInfo/entity/attributes"
    twin = "<attribute><LogicalName>cht_minutes</LogicalName><Type>int</Type></attribute>"

    assert inspect(with_in(tree, TIME_LOG, attributes, twin)) == [("column-twice", TIME_LOG)]


def test_a_range_that_no_number_is_in_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, TIME_LOG, "<MaxValue>1440<", "<MaxValue>-1440<")

    assert inspect(faulty) == [("range", TIME_LOG)]


def test_rows_without_a_name_are_found(tree: Tree, inspect: Inspect) -> None:
    assert inspect(replaced(tree, TIME_LOG, "PrimaryName|", "")) == [("primary-name", TIME_LOG)]


def test_two_options_of_one_value_are_found(tree: Tree, inspect: Inspect) -> None:
    choice = "OptionSets/cht_surface.xml"

    assert inspect(replaced(tree, choice, 'option value="1"', 'option value="0"')) == [
        ("option-twice", choice)
    ]


@pytest.mark.parametrize(
    ("place", "flag", "wrong"),
    [
        pytest.param(TIME_LOG, 1, 0, id="what people write is not"),
        pytest.param(TOTALS, 0, 1, id="what is worked out is"),
    ],
)
def test_an_audit_of_the_wrong_tables_is_found(
    tree: Tree, inspect: Inspect, place: str, flag: int, wrong: int
) -> None:
    of_table = "{}</IsAuditEnabled>\n      <IsRetrieveAuditEnabled>"
    faulty = replaced(tree, place, of_table.format(flag), of_table.format(wrong))

    assert inspect(faulty) == [("table-audit", place)]
