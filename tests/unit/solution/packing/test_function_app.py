import io
import zipfile
from pathlib import Path

from solution.tools.function_app import DEPENDENCIES, OURS, function_app


def install(folder: Path) -> None:
    """Leave behind what pip does: a package, its description, and a script of this machine."""
    described = folder / "brick-1.0.dist-info"
    for each in (folder / "brick", described, folder / "bin"):
        each.mkdir(parents=True)
    (folder / "brick/__init__.py").write_text("COLOUR = 'red'\n")
    (described / "METADATA").write_text("Name: brick\n")
    (described / "RECORD").write_text("../../bin/brick,sha256=of this machine,1\n")
    (folder / "bin/brick").write_text("#!/home/somebody/bin/python\n")


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def test_built_twice_it_is_the_same_to_the_byte() -> None:
    assert function_app(install) == function_app(install)


def test_dependencies_lie_where_the_worker_looks_for_them_without_traces_of_this_machine() -> None:
    folder = f"{DEPENDENCIES.as_posix()}/"
    found = {name.removeprefix(folder) for name in names(function_app(install)) if folder in name}

    assert found == {"brick/__init__.py", "brick-1.0.dist-info/METADATA"}


def test_of_ours_only_what_runs_is_deployed() -> None:
    ours = [name for name in names(function_app(install)) if not name.startswith(".")]

    assert {name.partition("/")[0] for name in ours} == set(OURS)
    assert not [name for name in ours if "__pycache__" in name or "test" in name]


def test_nothing_in_it_says_when_it_was_built() -> None:
    with zipfile.ZipFile(io.BytesIO(function_app(install))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
