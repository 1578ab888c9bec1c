"""Find faults in the solution before an environment does.

Without a source, the whole solution of this checkout is checked. A folder without the widget, such
as solution/src or a copy of it, is checked with the parts that are built here.
"""

import argparse
from pathlib import Path

from solution.tools.archive import unzipped
from solution.tools.packing.pack import packed
from solution.tools.packing.source import source_tree
from solution.tools.packing.tree import Tree
from solution.tools.packing.unpack import unpacked
from solution.tools.validation.checks import findings, findings_since
from solution.tools.validation.code import code_of_the_repository
from solution.tools.validation.findings import Finding
from solution.tools.validation.schemas import PLACE, checked_by_schemas
from solution.tools.validation.solution import Solution


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", type=Path, nargs="?", help="a solution's zip, or a folder with its files"
    )
    parser.add_argument(
        "--previous", type=Path, metavar="ZIP", help="the last release: changes raise versions"
    )
    parser.add_argument(
        "--schemas", type=Path, metavar="FOLDER", help="Microsoft's schemas, to check with them too"
    )


def run(arguments: argparse.Namespace) -> int:
    tree = source_tree(arguments.source)
    solution = Solution(tree)
    found = findings(solution, code_of_the_repository())
    if arguments.previous is not None:
        found += findings_since(solution, Solution(unpacked(arguments.previous.read_bytes())))
    _print(found)
    if arguments.schemas is not None:
        # Only what can be packed can be checked as an import will read it.
        found += _by_schemas(tree, arguments.schemas)
    print(f"{len(tree)} files: {len(found) or 'no'} finding{'' if len(found) == 1 else 's'}")
    return 1 if found else 0


def _by_schemas(tree: Tree, folder: Path) -> list[Finding]:
    report = checked_by_schemas(unzipped(packed(tree))[PLACE], folder)
    for (element, reason), count in sorted(report.known.items()):
        print(f"known: {element}: {reason}, {count} times")
    _print(report.findings)
    return report.findings


def _print(found: list[Finding]) -> None:
    for finding in found:
        print(finding)
