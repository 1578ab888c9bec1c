from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    MANIFEST,
    REPRESENTATIVE,
    Inspect,
    case_form,
    without,
    without_file,
)


def test_the_solution_has_no_fault(tree: Tree, inspect: Inspect) -> None:
    assert inspect(tree) == []


def test_a_component_that_is_listed_and_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = without_file(tree, REPRESENTATIVE)

    assert inspect(faulty) == [("component-missing", MANIFEST)]


def test_a_component_that_is_not_listed_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = without(tree, MANIFEST, ".//RootComponent[@schemaName='cht_surface']")

    assert inspect(faulty) == [("component-unlisted", "OptionSets/cht_surface.xml")]


def test_a_form_on_a_table_that_is_not_ours_has_to_be_listed_itself(
    tree: Tree, inspect: Inspect
) -> None:
    identifier = case_form().rpartition("/")[2].removesuffix(".xml")
    faulty = without(tree, MANIFEST, f".//RootComponent[@id='{identifier}']")

    assert inspect(faulty) == [("component-unlisted", case_form())]
