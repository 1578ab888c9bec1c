"""Pack the solution into the zip that an environment imports.

The zip is called as an environment calls an unmanaged export of its own, so that who finds it knows
what and which version it is. The same source gives the same bytes.

Without a source, this checkout is packed. A folder is what `unpack` made, changed by hand or not;
one without the widget, such as a copy of solution/src, gets the parts that are built here.
"""

import argparse
from pathlib import Path

from solution.model.identity import SOLUTION_NAME, VERSION
from solution.tools.archive import write_file
from solution.tools.packing.pack import packed
from solution.tools.packing.source import source_tree

OUTPUT = Path("dist") / f"{SOLUTION_NAME}_{VERSION.replace('.', '_')}.zip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, nargs="?", help="a folder with a solution's files")
    parser.add_argument(
        "--output", type=Path, default=OUTPUT, metavar="ZIP", help=f"instead of {OUTPUT}"
    )


def run(arguments: argparse.Namespace) -> int:
    content = packed(source_tree(arguments.source))
    write_file(arguments.output, content)
    print(f"{arguments.output}: {len(content) / 1e3:.0f} kB")
    return 0
