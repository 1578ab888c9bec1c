import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import Inspect, replaced

FOLDER = "settingdefinitions"
IDLE_LIMIT = f"{FOLDER}/cht_IdleLimitMinutes/settingdefinition.xml"
ENABLED = f"{FOLDER}/cht_HandlingTimeEnabled/settingdefinition.xml"


@pytest.mark.parametrize(
    ("place", "old", "new", "fault"),
    [
        pytest.param(IDLE_LIMIT, ">0</default", ">soon</default", "setting-default", id="number"),
        pytest.param(ENABLED, ">true<", ">maybe<", "setting-default", id="yes or no"),
        pytest.param(IDLE_LIMIT, "<datatype>0", "<datatype>9", "setting-type", id="type"),
    ],
)
def test_a_default_that_the_setting_cannot_have_is_found(
    tree: Tree, inspect: Inspect, place: str, old: str, new: str, fault: str
) -> None:
    assert inspect(replaced(tree, place, old, new)) == [(fault, place)]
