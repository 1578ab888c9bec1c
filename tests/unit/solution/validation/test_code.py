import pytest

from solution.tools.packing.tree import Tree
from solution.tools.validation.code import Code
from tests.unit.solution.validation.planting import inspector

PYTHON = "functions/timekeeping/settings.py"
TYPESCRIPT = "solution/controls/case-time/rows/rowsGateway.ts"


@pytest.mark.parametrize("place", [PYTHON, TYPESCRIPT])
def test_a_setting_that_code_asks_for_and_is_not_defined_is_found(
    tree: Tree, code: Code, place: str
) -> None:
    misspelt = {**code, place: code[place].replace("cht_MyTimeVisible", "cht_MyTimeShown")}

    assert inspector(misspelt)(tree) == [("setting-undefined", place)]


def test_a_setting_that_nothing_asks_for_is_found(tree: Tree, code: Code) -> None:
    place = "settingdefinitions/cht_MyTimeVisible/settingdefinition.xml"
    without = {path: text.replace("cht_MyTimeVisible", "") for path, text in code.items()}

    assert inspector(without)(tree) == [("setting-unused", place)]
