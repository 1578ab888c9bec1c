"""What a command works on: this checkout, a folder, or a zip."""

from pathlib import Path

from solution.model.identity import CONTROL_NAME
from solution.tools.errors import SolutionError
from solution.tools.packing.tree import MANIFEST, Tree, read_tree, whole_tree
from solution.tools.packing.unpack import unpacked

WIDGET = f"Controls/{CONTROL_NAME}/{MANIFEST}"


def source_tree(source: Path | None) -> Tree:
    """Return the files of a solution; None is the one of this checkout.

    A folder without the widget is committed source, or a copy of it: it gets what is built here.

    Raises:
        SolutionError: there is no such source, or it cannot be read.
    """
    if source is None:
        return whole_tree()
    if source.is_file():
        return unpacked(source.read_bytes())
    if not source.is_dir():
        raise SolutionError(f"there is neither a zip nor a folder {source}")
    tree = read_tree(source)
    return tree if WIDGET in tree else whole_tree(source)
