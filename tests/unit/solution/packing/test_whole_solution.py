import io
import shutil
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from solution.model.identity import VERSION
from solution.tools.__main__ import main
from solution.tools.archive import unzipped
from solution.tools.packing.pack import packed, packed_managed
from solution.tools.packing.tree import SOURCE, Tree, read_tree, whole_tree
from solution.tools.packing.unpack import unpacked


@pytest.fixture(scope="module")
def tree() -> Tree:
    return whole_tree()


def test_packed_twice_it_is_the_same_to_the_byte(tree: Tree) -> None:
    assert packed(whole_tree()) == packed(tree)


def test_unpacked_it_is_the_source_to_the_byte(tree: Tree) -> None:
    again = unpacked(packed(tree))

    assert again.keys() == tree.keys()
    assert [place for place, content in tree.items() if again[place] != content] == []


def test_the_managed_zip_says_that_it_is_and_differs_in_nothing_else(tree: Tree) -> None:
    unmanaged, managed = unzipped(packed(tree)), unzipped(packed_managed(tree))

    assert {name for name in managed if managed[name] != unmanaged[name]} == {"solution.xml"}
    assert managed["solution.xml"] == unmanaged["solution.xml"].replace(
        b"<Managed>0<", b"<Managed>1<"
    )


def test_both_zips_are_called_as_exports_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["pack"]) == 0
    assert main(["pack", "--managed"]) == 0

    name = f"CaseHandlingTime_{VERSION.replace('.', '_')}"
    assert {path.name for path in (tmp_path / "dist").iterdir()} == {
        f"{name}.zip",
        f"{name}_managed.zip",
    }


def test_the_package_says_what_every_file_in_it_is(tree: Tree) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(tree))) as archive:
        types = archive.read("[Content_Types].xml").decode()
        names = [PurePosixPath(name) for name in archive.namelist() if name[0] != "["]

    unnamed = [
        name
        for name in names
        if f'Extension="{name.suffix[1:]}"' not in types and f'PartName="/{name}"' not in types
    ]
    assert unnamed == []


def test_the_commands_pack_and_unpack_it(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zipped, folder = tmp_path / "out/solution.zip", tmp_path / "unpacked"

    assert main(["pack", "--output", str(zipped)]) == 0
    assert main(["unpack", str(zipped), str(folder)]) == 0

    assert read_tree(folder) == tree
    assert f"{len(tree)} files" in capsys.readouterr().out
    assert [path.name for path in zipped.parent.iterdir()] == ["solution.zip"]


def test_a_zip_is_not_unpacked_over_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("precious")

    assert main(["unpack", str(tmp_path / "any.zip"), str(tmp_path)]) == 1
    assert "is not an empty folder" in capsys.readouterr().err


def test_what_was_unpacked_is_packed_to_the_same_bytes(tmp_path: Path) -> None:
    zipped, folder, again = tmp_path / "a.zip", tmp_path / "unpacked", tmp_path / "b.zip"
    main(["pack", "--output", str(zipped)])
    main(["unpack", str(zipped), str(folder)])

    assert main(["pack", str(folder), "--output", str(again)]) == 0

    assert again.read_bytes() == zipped.read_bytes()


@pytest.mark.parametrize("command", ["pack", "validate"])
def test_a_copy_of_the_committed_source_gets_what_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    copy = tmp_path / "src"
    shutil.copytree(SOURCE, copy)
    output = ["--output", str(tmp_path / "a.zip")] if command == "pack" else []

    assert main([command, str(copy), *output]) == 0
    assert "findings" not in capsys.readouterr().out.replace("no findings", "")


def test_a_source_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(tmp_path / "nope")]) == 1
    assert f"there is neither a zip nor a folder {tmp_path / 'nope'}" in capsys.readouterr().err
