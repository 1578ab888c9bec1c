import io
import zipfile
from pathlib import Path

import pytest

from solution.tools.errors import SolutionError
from solution.tools.packing.pack import packed
from solution.tools.packing.tree import Tree, whole_tree
from tests.unit.solution.packing.small_trees import (
    document,
    relationship_index,
    relationships,
    skeleton,
    table,
    web_resource,
)


def read(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def positions(text: str, *words: str) -> list[int]:
    return [text.index(word) for word in words]


def test_the_three_documents_of_the_package_are_at_its_root_and_first() -> None:
    assert list(read(packed(skeleton() | {"settingdefinitions/a/b.xml": b"<b/>"}))) == [
        "[Content_Types].xml",
        "customizations.xml",
        "solution.xml",
        "settingdefinitions/a/b.xml",
    ]


def test_the_zip_says_that_it_is_unmanaged() -> None:
    assert "<Managed>0</Managed>" in read(packed(skeleton()))["solution.xml"]


def test_a_section_that_the_source_does_not_list_is_put_where_an_import_expects_it() -> None:
    tree = skeleton() | {
        "Other/Customizations.xml": document(
            "<ImportExportXml><Entities/><Languages/></ImportExportXml>"
        ),
        "Roles/A.xml": document('<Role name="A"/>'),
        "OptionSets/b.xml": document('<optionset Name="b"/>'),
    }

    text = read(packed(tree))["customizations.xml"]
    places = positions(text, "<Entities", "<Roles", "<optionsets", "<Languages")
    assert places == sorted(places)


def test_a_web_resource_lies_in_the_zip_where_its_description_says() -> None:
    tree = skeleton() | {
        "WebResources/cht_/a.js": b"1",
        "WebResources/cht_/a.js.data.xml": web_resource("cht_/a.js"),
    }

    files = read(packed(tree))
    assert files["WebResources/cht_/a.js"] == "1"
    assert "WebResources/cht_/a.js.data.xml" not in files
    assert 'Extension="js"' in files["[Content_Types].xml"]


def test_a_file_without_an_ending_is_listed_by_its_name() -> None:
    files = read(packed(skeleton() | {"newkinds/LICENCE": b"free"}))

    assert 'PartName="/newkinds/LICENCE"' in files["[Content_Types].xml"]


TABLE_A: Tree = {"Entities/A/Entity.xml": table("A")}


@pytest.mark.parametrize(
    ("faulty", "complaint"),
    [
        pytest.param({"Roles/notes.txt": b"hi"}, "Roles/notes.txt has no place", id="stray file"),
        pytest.param({"README.md": b"hi"}, "README.md has no place", id="stray file at the root"),
        pytest.param(
            {"WebResources/a.js.data.xml": web_resource("a.js")},
            "WebResources/a.js is missing",
            id="description without its file",
        ),
        pytest.param(
            {"WebResources/a.js": b"1"}, "a.js has no place", id="file without its description"
        ),
        pytest.param({"Roles/A.xml": b"<Role"}, "Roles/A.xml is no XML", id="broken document"),
        pytest.param(
            {"Roles/A.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///c">]><a>&b;</a>'},
            "brings a document type",
            id="document that reads a file",
        ),
        pytest.param(
            {
                "Other/Relationships.xml": relationship_index(["a", "b"]),
                "Other/Relationships/A.xml": relationships("A", ["b", "c"]),
            },
            r"differ in \['a', 'c'\]",
            id="index of relationships is not what there is",
        ),
        pytest.param(
            {"Entities/A/FormXml/main/1_managed.xml": b"<forms/>"},
            "1_managed.xml is for a managed zip",
            id="managed twin of a form",
        ),
        pytest.param(
            {"Other/Solution.xml": document("<ImportExportXml/>")},
            "does not say whether it is managed",
            id="manifest without a flag",
        ),
    ],
)
def test_a_tree_that_is_no_solution_is_refused(faulty: Tree, complaint: str) -> None:
    with pytest.raises(SolutionError, match=complaint):
        packed(skeleton() | faulty)


def test_a_source_without_a_manifest_is_refused() -> None:
    tree = skeleton()
    del tree["Other/Solution.xml"]

    with pytest.raises(SolutionError, match=r"Other/Solution.xml is missing"):
        packed(tree)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Return a folder as the widget's build leaves it."""
    control = tmp_path / "out/controls/CaseTime"
    resources = tmp_path / "out/webresources/cht_"
    for folder in (control / "strings", resources, tmp_path / "src"):
        folder.mkdir(parents=True)
    (control / "ControlManifest.xml").write_text(
        '<manifest><control><resources><code path="bundle.js"/>'
        '<platform-library name="React"/><resx path="strings/a.resx"/>'
        "</resources></control></manifest>"
    )
    (control / "bundle.js").write_text("run()")
    (control / "bundle.js.LICENSE.txt").write_text("left over")
    (control / "strings/a.resx").write_text("<root/>")
    (resources / "signin.js").write_text("sign()")
    return tmp_path


def test_the_whole_tree_has_the_built_parts_that_the_control_names(built: Path) -> None:
    assert list(whole_tree(built / "src", built / "out")) == [
        "Controls/cht_Cht.CaseTime/ControlManifest.xml",
        "Controls/cht_Cht.CaseTime/bundle.js",
        "Controls/cht_Cht.CaseTime/strings/a.resx",
        "WebResources/cht_/signin.js",
    ]


def test_who_has_not_built_the_widget_is_told_how(built: Path) -> None:
    (built / "out/controls/CaseTime/bundle.js").unlink()

    with pytest.raises(SolutionError, match=r"bundle\.js is missing: `make install` builds it"):
        whole_tree(built / "src", built / "out")


def test_a_built_file_that_is_committed_too_is_refused(built: Path) -> None:
    committed = built / "src/WebResources/cht_/signin.js"
    committed.parent.mkdir(parents=True)
    committed.write_text("old()")

    with pytest.raises(SolutionError, match=r"signin\.js is built"):
        whole_tree(built / "src", built / "out")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SolutionError, match="there is no folder"):
        whole_tree(tmp_path / "nowhere", tmp_path)
