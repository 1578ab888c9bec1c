import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import MANIFEST, Inspect, replaced, with_in


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<UniqueName>CaseHandlingTime<", "<UniqueName>Another<", id="name"),
        pytest.param("<CustomizationPrefix>cht<", "<CustomizationPrefix>new<", id="prefix"),
        pytest.param("<Version>", "<Version>v", id="version"),
    ],
)
def test_a_manifest_of_something_else_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str
) -> None:
    assert inspect(replaced(tree, MANIFEST, old, new)) == [("manifest", MANIFEST)]


def test_a_component_that_is_listed_twice_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = with_in(
        tree,
        MANIFEST,
        "SolutionManifest/RootComponents",
        '<RootComponent type="1" schemaName="cht_timelog" behavior="0"/>',
    )

    assert inspect(faulty) == [("component-twice", MANIFEST)]
