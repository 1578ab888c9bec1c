"""What people see of each table."""

import pytest

from solution.model.tables import TABLES, TIME_LOG, Kind, Table
from solution.tools.packing.documents import Element
from tests.unit.solution.generator.files import document, english, paths

EVERYWHERE_NEEDED = {"0", "1", "2", "4", "64"}
"""Public, advanced find, associated, quick find and lookup view."""

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.logical_name)


def views(table: Table) -> dict[str, Element]:
    found = {}
    for path in paths(f"Entities/{table.schema_name}/SavedQueries/*"):
        view = document(path).find("savedquery")
        assert view is not None
        found[english(view, "LocalizedNames")] = view
    return found


def controls(table: Table) -> dict[str, Element]:
    (path,) = paths(f"Entities/{table.schema_name}/FormXml/main/*")
    return {str(each.get("datafieldname")): each for each in document(path).iter("control")}


def columns(table: Table) -> set[str]:
    definition = document(f"Entities/{table.schema_name}/Entity.xml")
    return {str(each.findtext("LogicalName")) for each in definition.iter("attribute")}


def conditions(view: Element) -> set[tuple[str | None, ...]]:
    return {
        (each.get("attribute"), each.get("operator"), each.get("value"))
        for each in view.iter("condition")
    }


@every_table
def test_each_place_that_needs_a_view_has_exactly_one_by_default(table: Table) -> None:
    defaults = [
        view.findtext("querytype")
        for view in views(table).values()
        if view.findtext("isdefault") == "1"
    ]

    assert sorted(defaults, key=str) == sorted(EVERYWHERE_NEEDED)


@every_table
def test_a_view_shows_columns_that_the_table_has_and_that_it_asks_for(table: Table) -> None:
    for name, view in views(table).items():
        asked = {each.get("name") for each in view.iter("attribute")}
        shown = {each.get("name") for each in view.iter("cell")}
        assert shown < asked <= columns(table), name
        assert {each.get("attribute") for each in view.iter("order")} <= columns(table), name


@every_table
def test_a_search_looks_for_the_name(table: Table) -> None:
    searched = conditions(views(table)["Quick find view"])

    assert (table.primary_name, "like", "{0}") in searched


@every_table
def test_lists_leave_out_what_does_not_count(table: Table) -> None:
    for name, view in views(table).items():
        states = {value for column, _, value in conditions(view) if column == "statecode"}
        if table.kind is Kind.ELASTIC or name == "Advanced find view":
            assert states == set(), name
        else:
            assert states == ({"1"} if name == "Voided time logs" else {"0"}), name


def test_people_find_their_own_time_logs() -> None:
    mine = conditions(views(TIME_LOG)["My time logs"])

    assert mine == {("statecode", "eq", "0"), ("cht_representativeid", "eq-userid", None)}


def test_a_supervisor_finds_what_was_logged_this_week() -> None:
    recent = conditions(views(TIME_LOG)["Time logs this week"])

    assert ("cht_loggedon", "this-week", None) in recent


@every_table
def test_a_form_shows_columns_that_the_table_has(table: Table) -> None:
    assert set(controls(table)) <= columns(table)


@every_table
def test_a_form_shows_all_that_the_solution_keeps(table: Table) -> None:
    kept = {column.logical_name for column in table.columns} - {table.primary_name}

    assert kept <= set(controls(table))


@every_table
def test_nobody_writes_evidence_or_what_is_worked_out_on_a_form(table: Table) -> None:
    writable = {name for name, each in controls(table).items() if each.get("disabled") != "true"}

    logged = {"cht_loggedon", "cht_minutes", "cht_category", "cht_note"}
    assert writable == (logged if table is TIME_LOG else set())


@every_table
def test_a_row_of_a_form_holds_at_most_two_columns(table: Table) -> None:
    (path,) = paths(f"Entities/{table.schema_name}/FormXml/main/*")

    for row in document(path).iter("row"):
        assert sum(int(cell.get("colspan", "")) for cell in row) <= 2
