import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import Inspect, replaced, without, without_file

SCRIPT = "WebResources/cht_/signin.js"
DATA = f"{SCRIPT}.data.xml"
MANIFEST = "Controls/cht_Cht.CaseTime/ControlManifest.xml"


def test_a_web_resource_without_its_file_is_found(tree: Tree, inspect: Inspect) -> None:
    assert inspect(without_file(tree, SCRIPT)) == [("web-resource-file", DATA)]


def test_a_file_that_no_web_resource_describes_is_found(tree: Tree, inspect: Inspect) -> None:
    place = "WebResources/cht_/forgotten.js"

    assert inspect(tree | {place: b"run()"}) == [("web-resource-file", place)]


def test_a_web_resource_of_another_type_than_its_file_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    faulty = replaced(tree, DATA, "<WebResourceType>3<", "<WebResourceType>1<")

    assert inspect(faulty) == [("web-resource-type", DATA)]


def test_a_web_resource_with_another_name_than_its_file_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    faulty = replaced(tree, DATA, "<Name>cht_/signin.js<", "<Name>cht_/rows.js<")

    assert ("web-resource-name", DATA) in inspect(faulty)


def test_a_control_that_is_described_elsewhere_is_found(tree: Tree, inspect: Inspect) -> None:
    data = f"{MANIFEST}.data.xml"
    faulty = replaced(tree, data, "ControlManifest.xml<", "Manifest.xml<")

    assert inspect(faulty) == [("control-file", data)]


def test_a_control_that_is_not_built_is_found(tree: Tree, inspect: Inspect) -> None:
    assert ("control-file", f"{MANIFEST}.data.xml") in inspect(without_file(tree, MANIFEST))


@pytest.mark.parametrize("name", ["bundle.js", "strings/CaseTime.1031.resx"])
def test_a_control_without_a_file_that_its_manifest_names_is_found(
    tree: Tree, inspect: Inspect, name: str
) -> None:
    faulty = without_file(tree, MANIFEST.replace("ControlManifest.xml", name))

    assert inspect(faulty) == [("control-file", MANIFEST)]


def test_a_control_without_texts_in_a_language_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = without(tree, MANIFEST, ".//resx[@path='strings/CaseTime.1041.resx']")

    assert inspect(faulty) == [("language-missing", MANIFEST)]


@pytest.mark.parametrize("name", ["settings.js", "pages.css"])
def test_a_page_that_loads_what_is_not_there_is_found(
    tree: Tree, inspect: Inspect, name: str
) -> None:
    page = "WebResources/cht_/settings.html"

    assert inspect(replaced(tree, page, f'"{name}?', f'"old-{name}?')) == [("page-file", page)]


def test_an_empty_web_resource_is_found(tree: Tree, inspect: Inspect) -> None:
    assert inspect(tree | {SCRIPT: b""}) == [("web-resource-file", SCRIPT)]
