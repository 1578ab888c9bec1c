"""Unpack the zip of an unmanaged solution into a folder, a file for each component."""

import argparse
from pathlib import Path

from solution.tools.archive import write_file
from solution.tools.errors import SolutionError
from solution.tools.packing.unpack import unpacked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("zip", type=Path, help="the solution's zip")
    parser.add_argument("folder", type=Path, help="where to put the files; empty or not there yet")


def run(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SolutionError(f"{folder} is not an empty folder: files would be mixed or overwritten")
    tree = unpacked(arguments.zip.read_bytes())
    for path, content in tree.items():
        write_file(folder / path, content)
    print(f"{folder}: {len(tree)} files")
    return 0
