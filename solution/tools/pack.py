"""Pack the solution into the zip that an environment imports.

The zip is called as an environment calls an export of its own, so that who finds it knows what and
which version it is. The same source gives the same bytes.

Without a source, this checkout is packed. A folder is what `unpack` made, changed by hand or not;
one without the widget, such as a copy of solution/src, gets the parts that are built here.
"""

import argparse
from pathlib import Path

from solution.model.identity import SOLUTION_NAME, VERSION
from solution.tools.archive import write_file
from solution.tools.packing.pack import packed, packed_managed
from solution.tools.packing.source import source_tree

NAME = f"{SOLUTION_NAME}_{VERSION.replace('.', '_')}"
OUTPUT = Path("dist") / f"{NAME}.zip"
MANAGED_OUTPUT = OUTPUT.with_stem(f"{NAME}_managed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, nargs="?", help="a folder with a solution's files")
    parser.add_argument(
        "--managed", action="store_true", help="for environments that take managed solutions only"
    )
    parser.add_argument(
        "--output", type=Path, metavar="ZIP", help=f"instead of {OUTPUT} or {MANAGED_OUTPUT}"
    )


def run(arguments: argparse.Namespace) -> int:
    pack, output = (packed_managed, MANAGED_OUTPUT) if arguments.managed else (packed, OUTPUT)
    content = pack(source_tree(arguments.source))
    path: Path = arguments.output or output
    write_file(path, content)
    print(f"{path}: {len(content) / 1e3:.0f} kB")
    return 0
