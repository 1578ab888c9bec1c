from pathlib import Path

import pytest

from solution.tools.archive import read_folder, unzipped, write_file, zipped


def test_what_was_zipped_is_unzipped() -> None:
    files = {"b": b"2", "a/c": b"", "a/b/d.txt": b"4" * 1000}

    assert unzipped(zipped(files)) == files


def test_the_order_of_the_files_makes_no_difference() -> None:
    files = {"b": b"2", "a/c": b"", "a": b"3"}

    assert zipped(dict(reversed(files.items()))) == zipped(files)


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    write_file(tmp_path / "new/folder/file", b"1")

    assert read_folder(tmp_path) == {"new/folder/file": b"1"}


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    write_file(tmp_path / "file", b"old")

    with pytest.raises(TypeError):
        write_file(tmp_path / "file", "no bytes")  # type: ignore[arg-type]

    assert read_folder(tmp_path) == {"file": b"old"}
