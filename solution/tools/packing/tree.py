"""The solution's source in memory: what is committed, and what is built from TypeScript."""

from pathlib import Path

from solution.model.identity import CONTROL_NAME
from solution.tools.archive import read_folder
from solution.tools.errors import SolutionError
from solution.tools.packing.documents import parsed

Tree = dict[str, bytes]
"""The content of each file by its path from ``solution/src``, with forward slashes."""

SOLUTION = Path(__file__).resolve().parents[2]
SOURCE = SOLUTION / "src"
BUILT = SOLUTION / "controls/case-time/out"
MANIFEST = "ControlManifest.xml"


def read_tree(folder: Path) -> Tree:
    """Return every file below a folder.

    Raises:
        SolutionError: there is no such folder.
    """
    if not folder.is_dir():
        raise SolutionError(f"there is no folder {folder}")
    return read_folder(folder)


def whole_tree(source: Path = SOURCE, built: Path = BUILT) -> Tree:
    """Return the committed source together with the built widget and its web resources.

    Raises:
        SolutionError: the widget is not built, or a built file is committed too.
    """
    tree = read_tree(source)
    made = _control(built / "controls/CaseTime") | _web_resources(built / "webresources")
    doubled = tree.keys() & made.keys()
    if doubled:
        raise SolutionError(f"{min(doubled)} is built; it does not belong in {source.name}")
    return tree | made


def _control(folder: Path) -> Tree:
    """Return the manifest and what it names; the build leaves more than that behind."""
    _require(folder / MANIFEST)
    manifest = parsed((folder / MANIFEST).read_bytes(), MANIFEST)
    names = [MANIFEST, *(str(each) for each in manifest.xpath("control/resources/*/@path"))]
    for name in names:
        _require(folder / name)
    return {f"Controls/{CONTROL_NAME}/{name}": (folder / name).read_bytes() for name in names}


def _web_resources(folder: Path) -> Tree:
    _require(folder)
    return {f"WebResources/{name}": content for name, content in read_folder(folder).items()}


def _require(path: Path) -> None:
    if not path.exists():
        raise SolutionError(f"{path} is missing: `make install` builds it")
