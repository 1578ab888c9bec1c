"""The command: what is committed is what the model says, and hand-made files are left alone."""

import argparse
from pathlib import Path

import pytest

from solution.generator.source import difference
from solution.tools import generate
from solution.tools.packing.tree import SOURCE, read_tree

TABLE = "Entities/cht_TimeLog/Entity.xml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path, content in read_tree(SOURCE).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    generate.add_arguments(parser)
    return generate.run(parser.parse_args(words))


def test_the_committed_files_are_current() -> None:
    assert difference(read_tree(SOURCE)).paths() == []


def test_a_check_names_the_files_that_are_not_current(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / TABLE).write_bytes(b"<Entity/>")
    (copy / "Roles/Nobody.xml").write_bytes(b"<Role/>")

    assert run("--source", str(copy), "--check") == 1
    assert capsys.readouterr().out.split("\n")[:-1] == [TABLE, "Roles/Nobody.xml"]
    assert (copy / TABLE).read_bytes() == b"<Entity/>"


def test_generating_writes_what_is_outdated_and_removes_what_nobody_needs(copy: Path) -> None:
    (copy / TABLE).write_bytes(b"<Entity/>")
    (copy / "Roles/Nobody.xml").write_bytes(b"<Role/>")

    assert run("--source", str(copy)) == 0

    assert read_tree(copy) == read_tree(SOURCE)


def test_generating_twice_writes_nothing_the_second_time(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--source", str(copy))

    assert run("--source", str(copy)) == 0
    assert capsys.readouterr().out == ""


def test_what_is_made_by_hand_is_never_written_or_removed(copy: Path) -> None:
    by_hand = {
        "Entities/Incident/Entity.xml": b"<Entity><Name>Incident</Name></Entity>",
        "Entities/cht_TimeLog/Visualizations/{new}.xml": b"<visualization/>",
        "WebResources/cht_/new.js": b"// new",
    }
    for path, content in by_hand.items():
        (copy / path).write_bytes(content)

    run("--source", str(copy))

    assert {path: (copy / path).read_bytes() for path in by_hand} == by_hand


def test_a_web_resource_that_is_added_comes_into_the_manifest(copy: Path) -> None:
    added = copy / "WebResources/cht_/new.js.data.xml"
    added.write_bytes(b"<WebResource><Name>cht_/new.js</Name></WebResource>")

    run("--source", str(copy))

    manifest = (copy / "Other/Solution.xml").read_text(encoding="utf-8")
    assert '<RootComponent type="61" schemaName="cht_/new.js" behavior="0"/>' in manifest
