import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    SITE_MAP,
    Inspect,
    emptied,
    replaced,
    without,
)

SETTING = "settingdefinitions/cht_MyTimeVisible/settingdefinition.xml"
CHOICE = "OptionSets/cht_surface.xml"


@pytest.mark.parametrize("language", [1033, 1031, 1036, 1041, 1025])
def test_a_text_that_one_language_lacks_is_found(
    tree: Tree, inspect: Inspect, language: int
) -> None:
    faulty = without(tree, CHOICE, f"displaynames/displayname[@languagecode='{language}']")

    assert inspect(faulty) == [("language-missing", CHOICE)]


def test_a_title_of_the_site_map_that_one_language_lacks_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    faulty = without(tree, SITE_MAP, ".//Title[@LCID='1041']")

    assert inspect(faulty) == [("language-missing", SITE_MAP)]


def test_an_empty_text_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, SETTING, 'Show the My time toggle" languagecode', '" languagecode')

    assert inspect(faulty) == [("language-missing", SETTING)]


def test_the_value_of_an_environment_variable_is_found(tree: Tree, inspect: Inspect) -> None:
    place = "environmentvariabledefinitions/cht_Url/environmentvariablevalues.json"

    assert inspect(tree | {place: b"{}"}) == [("secret", place)]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (CHOICE, "displaynames"),
        (CHOICE, "options/option/labels"),
        (SITE_MAP, ".//SubArea/Titles"),
    ],
)
def test_what_has_no_name_in_any_language_is_found(
    tree: Tree, inspect: Inspect, place: str, path: str
) -> None:
    assert inspect(emptied(tree, place, path)) == [("language-missing", place)]


def test_a_language_that_the_solution_does_not_say_it_is_in_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    place = "Other/Customizations.xml"

    assert inspect(without(tree, place, "Languages/Language")) == [("languages", place)]
