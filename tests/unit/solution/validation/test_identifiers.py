import re

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    REPRESENTATIVE,
    SEGMENT,
    TIME_LOG,
    Inspect,
    case_form,
    moved,
    replaced,
)


def cells(tree: Tree) -> list[str]:
    return re.findall(r'<cell id="([^"]+)"', tree[case_form()].decode())


def test_two_parts_of_a_form_with_one_id_are_found(tree: Tree, inspect: Inspect) -> None:
    first, second, *_ = cells(tree)
    faulty = replaced(tree, case_form(), f'cell id="{second}"', f'cell id="{first}"')

    assert inspect(faulty) == [("id-twice", case_form())]


def test_an_id_in_capitals_is_found(tree: Tree, inspect: Inspect) -> None:
    first, *_ = cells(tree)

    assert inspect(replaced(tree, case_form(), first, first.upper())) == [
        ("id-malformed", case_form())
    ]


def test_an_id_without_braces_is_found(tree: Tree, inspect: Inspect) -> None:
    first, *_ = cells(tree)

    assert inspect(replaced(tree, case_form(), first, first.strip("{}"))) == [
        ("id-malformed", case_form())
    ]


def test_a_file_that_is_not_called_as_what_it_holds_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = moved(tree, REPRESENTATIVE, "Roles/Representative.xml")

    assert inspect(faulty) == [("file-misnamed", "Roles/Representative.xml")]


def test_a_name_without_our_prefix_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, SEGMENT, 'PhysicalName="cht_WindowId"', 'PhysicalName="other_WindowId"')

    assert inspect(faulty) == [("prefix", SEGMENT)]


def test_two_tables_with_one_address_are_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, TIME_LOG, ">cht_timelogs<", ">cht_automatictimes<")

    assert inspect(faulty) == [("entity-set-twice", TIME_LOG)]
