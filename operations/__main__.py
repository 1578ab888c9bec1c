"""The commands around a running service: ``python -m operations COMMAND``.

A command is a module with ``add_arguments(parser)`` and ``run(arguments)``, which returns the exit
code: 0 all is well, 1 it failed or something is left to do, 2 it was asked wrongly. The first line
of its docstring is its help.
"""

import argparse
import inspect
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from operations import rebuild
from operations.poison import command as poison


class Command(Protocol):
    """What the table needs of a module."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


COMMANDS: Mapping[str, Command] = {"poison": poison, "rebuild": rebuild}


def main(words: list[str]) -> int:
    arguments = parser().parse_args(words)
    try:
        code = COMMANDS[arguments.command].run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads it, such as ``head``, has seen enough; the rest must not fail once more at exit.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return 1
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m operations", description="Look after a running service."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        description = inspect.getdoc(module) or ""
        command = commands.add_parser(
            name,
            help=description.partition("\n")[0],
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
