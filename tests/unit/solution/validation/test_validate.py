from pathlib import Path

import pytest

from solution.tools.__main__ import main
from solution.tools.archive import write_file
from solution.tools.packing.pack import packed
from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import OF_CASES, TIME_LOG, replaced, without_file

SPOILT_ADDRESS = (">cht_timelogs<", ">cht_automatictimes<")


def unpacked_in(folder: Path, tree: Tree) -> str:
    for place, content in tree.items():
        write_file(folder / place, content)
    return str(folder)


def zip_in(folder: Path, tree: Tree) -> str:
    write_file(folder / "solution.zip", packed(tree))
    return str(folder / "solution.zip")


def test_the_solution_of_the_repository_is_all_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert "files: no findings" in capsys.readouterr().out


def test_a_folder_is_checked(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = without_file(tree, OF_CASES)

    assert main(["validate", unpacked_in(tmp_path, faulty)]) == 1
    assert "Other/Relationships.xml: " in capsys.readouterr().out


def test_a_zip_is_checked(tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = replaced(tree, TIME_LOG, *SPOILT_ADDRESS)

    assert main(["validate", zip_in(tmp_path, faulty)]) == 1
    finding, summary = capsys.readouterr().out.splitlines()
    assert finding.startswith(f"{TIME_LOG}: cht_automatictimes is the address of")
    assert finding.endswith("[entity-set-twice]")
    assert summary == f"{len(tree)} files: 1 finding"


def test_a_zip_is_compared_with_the_last_release(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    previous = zip_in(tmp_path, replaced(tree, TIME_LOG, *SPOILT_ADDRESS))

    assert main(["validate", "--previous", previous]) == 1
    assert "[solution-version]" in capsys.readouterr().out


def test_what_is_no_solution_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.zip").write_text("nothing to unpack")

    assert main(["validate", str(tmp_path / "notes.zip")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("validate: this is no zip")


def test_a_folder_without_a_manifest_is_no_solution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(tmp_path)]) == 1
    assert "this is no solution" in capsys.readouterr().err


def test_the_schemas_are_asked_when_they_are_there(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "CustomizationsSolution.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:element name="ImportExportXml"><xs:complexType><xs:sequence>'
        '<xs:element name="Entities"/></xs:sequence></xs:complexType></xs:element></xs:schema>'
    )

    assert main(["validate", zip_in(tmp_path, tree), "--schemas", str(tmp_path)]) == 1
    assert "customizations.xml: /ImportExportXml" in capsys.readouterr().out
