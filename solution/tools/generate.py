"""Write the files of solution/src that the model says, or tell which are not current."""

import argparse
from pathlib import Path

from solution.generator.source import Difference, difference
from solution.tools.archive import write_file
from solution.tools.packing.tree import SOURCE, read_tree


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", type=Path, default=SOURCE, help="the folder, solution/src")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is not current"
    )


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when all is written or was current, 1 when a check found something.

    Raises:
        SolutionError: there is no such folder.
    """
    found = difference(read_tree(arguments.source))
    if not arguments.check:
        _bring_up_to_date(arguments.source, found)
    for path in found.paths():
        print(path)
    return int(arguments.check and bool(found.paths()))


def _bring_up_to_date(folder: Path, found: Difference) -> None:
    for path, content in found.to_write.items():
        write_file(folder / path, content)
    for path in found.to_remove:
        (folder / path).unlink()
