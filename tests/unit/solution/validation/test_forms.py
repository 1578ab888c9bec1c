from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    Inspect,
    case_form,
    place_of,
    replaced,
    with_in,
    without,
)

BOUND = '<anchor type="SingleLine.Text">ticketnumber</anchor>'


def test_a_field_that_is_no_column_is_found(tree: Tree, inspect: Inspect) -> None:
    form = place_of(tree, "Entities/cht_TimeLog/FormXml/", "cht_note")
    faulty = replaced(tree, form, 'datafieldname="cht_note"', 'datafieldname="cht_notes"')

    assert inspect(faulty) == [("field-unknown", form)]


def test_a_field_that_no_case_has_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, case_form(), 'datafieldname="title"', 'datafieldname="headline"')

    assert inspect(faulty) == [("field-unknown", case_form())]


def test_a_control_that_the_solution_does_not_bring_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, case_form(), 'name="cht_Cht.CaseTime"', 'name="cht_Cht.CaseTimer"')

    assert inspect(faulty) == [("control-unknown", case_form())]


def test_a_control_that_stands_in_for_no_field_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, case_form(), ' uniqueid="', ' otherid="')

    assert inspect(faulty) == [("control-without-field", case_form())]


def test_a_parameter_that_the_control_does_not_know_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = with_in(
        tree,
        case_form(),
        ".//customControl[@formFactor='2']/parameters",
        '<colour type="SingleLine.Text" static="true">red</colour>',
    )

    assert inspect(faulty) == [("parameter-unknown", case_form())]


def test_a_parameter_that_is_bound_to_no_column_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, case_form(), BOUND, BOUND.replace("number", "numbers"))

    assert inspect(faulty) == [("field-unknown", case_form())]


def test_a_marked_field_for_which_nothing_stands_in_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = without(tree, case_form(), ".//controlDescriptions")

    assert inspect(faulty) == [("field-without-control", case_form())]


def test_a_control_without_a_class_is_found(tree: Tree, inspect: Inspect) -> None:
    form = place_of(tree, "Entities/cht_TimeLog/FormXml/", "cht_note")

    assert inspect(replaced(tree, form, ' classid="', ' class="')) == [("control-class", form)]
