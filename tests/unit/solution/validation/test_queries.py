import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import Inspect, place_of, replaced, with_in

ENTITY = ".//fetch/entity"
VIEWS = "Entities/cht_TimeLog/SavedQueries/"
CHARTS = "Entities/cht_TimeLog/Visualizations/"
COUNTED = '<attribute name="cht_minutes"'


def view(tree: Tree) -> str:
    return place_of(tree, VIEWS, COUNTED)


def join(table: str = "incident", column: str = "incidentid", inside: str = "") -> str:
    attributes = f'name="{table}" from="{column}" to="cht_caseid" alias="case"'
    return f"<link-entity {attributes}>{inside}</link-entity>"


@pytest.mark.parametrize(
    "element",
    [
        pytest.param('<attribute name="cht_hours"/>', id="asked for"),
        pytest.param('<order attribute="cht_hours"/>', id="sorted by"),
        pytest.param(
            '<filter><filter><condition attribute="cht_hours"/></filter></filter>',
            id="filtered by",
        ),
        pytest.param(join(column="caseid"), id="joined by"),
        pytest.param(join(inside='<attribute name="colour"/>'), id="asked for in a join"),
        pytest.param(
            join(inside='<filter><condition attribute="colour"/></filter>'),
            id="filtered by in a join",
        ),
    ],
)
def test_a_column_that_a_query_names_and_no_table_has_is_found(
    tree: Tree, inspect: Inspect, element: str
) -> None:
    place = view(tree)

    assert inspect(with_in(tree, place, ENTITY, element)) == [("query-column", place)]


def test_a_join_of_tables_and_columns_there_are_is_no_fault(tree: Tree, inspect: Inspect) -> None:
    place = view(tree)
    joined = with_in(tree, place, ENTITY, join(inside='<attribute name="title"/>'))
    shown = with_in(joined, place, ".//layoutxml/grid/row", '<cell name="case.title"/>')

    assert inspect(shown) == []


def test_a_join_of_a_table_that_is_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    place = view(tree)

    assert inspect(with_in(tree, place, ENTITY, join("ghost"))) == [("query-table", place)]


def test_a_view_of_another_table_is_found(tree: Tree, inspect: Inspect) -> None:
    place = view(tree)
    faulty = replaced(tree, place, '<entity name="cht_timelog">', '<entity name="cht_ghost">')

    assert inspect(faulty) == [("query-table", place)]


@pytest.mark.parametrize("name", ["cht_hours", "case.title"])
def test_a_cell_of_what_the_view_does_not_ask_for_is_found(
    tree: Tree, inspect: Inspect, name: str
) -> None:
    place = view(tree)
    faulty = with_in(tree, place, ".//layoutxml/grid/row", f'<cell name="{name}"/>')

    assert inspect(faulty) == [("layout-column", place)]


def test_rows_of_a_view_that_are_known_by_no_id_are_found(tree: Tree, inspect: Inspect) -> None:
    place = view(tree)
    faulty = replaced(tree, place, 'id="cht_timelogid"', 'id="timelogid"')

    assert inspect(faulty) == [("layout-column", place)]


def test_a_chart_of_a_column_that_is_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    place = place_of(tree, CHARTS, COUNTED)
    faulty = replaced(tree, place, COUNTED, '<attribute name="cht_hours"')

    assert inspect(faulty) == [("query-column", place)]


def test_a_chart_that_draws_what_it_does_not_ask_for_is_found(tree: Tree, inspect: Inspect) -> None:
    place = place_of(tree, CHARTS, COUNTED)
    faulty = replaced(tree, place, '<measure alias="', '<measure alias="not_')

    assert inspect(faulty) == [("chart-alias", place)]


def test_a_view_of_an_elastic_table_that_joins_is_found(tree: Tree, inspect: Inspect) -> None:
    place = place_of(tree, "Entities/cht_FocusSegment/SavedQueries/", "<fetch")

    assert inspect(with_in(tree, place, ENTITY, join())) == [("elastic-join", place)]
