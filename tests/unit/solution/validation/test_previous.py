from solution.model.identity import VERSION
from solution.tools.packing.tree import Tree
from solution.tools.validation.checks import findings_since
from solution.tools.validation.solution import Solution
from tests.unit.solution.validation.planting import MANIFEST, Found, replaced

CONTROL = "Controls/cht_Cht.CaseTime/ControlManifest.xml"
BUNDLE = "Controls/cht_Cht.CaseTime/bundle.js"


def since(earlier: Tree, tree: Tree) -> Found:
    found = findings_since(Solution(tree), Solution(earlier))
    return [(each.code, each.place) for each in found]


def released(tree: Tree, *, version: str) -> Tree:
    """Return the tree as a release that is older by its manifest."""
    return replaced(tree, MANIFEST, f"<Version>{VERSION}<", f"<Version>{version}<")


def test_what_has_not_changed_keeps_its_versions(tree: Tree) -> None:
    assert since(tree, tree) == []


def test_a_changed_control_whose_version_did_not_rise_is_found(tree: Tree) -> None:
    earlier = released(tree, version="0.0.9.0") | {BUNDLE: b"old()"}

    assert since(earlier, tree) == [("control-version", CONTROL)]


def test_a_changed_control_whose_version_rose_is_no_fault(tree: Tree) -> None:
    earlier = released(tree, version="0.0.9.0") | {BUNDLE: b"old()"}
    earlier = replaced(
        earlier,
        CONTROL,
        'constructor="CaseTime" version="',
        'constructor="CaseTime" version="0.0.1" was="',
    )

    assert since(earlier, tree) == []


def test_a_changed_solution_whose_version_did_not_rise_is_found(tree: Tree) -> None:
    earlier = replaced(tree, "OptionSets/cht_surface.xml", "Workspace", "Session")

    assert since(earlier, tree) == [("solution-version", MANIFEST)]


def test_versions_are_compared_as_numbers(tree: Tree) -> None:
    earlier = released(tree, version="0.0.10.0")
    later = released(tree, version="0.0.9.0")

    assert since(earlier, later) == [("solution-version", MANIFEST)]
