"""A table of commands as a command line.

A command is a module with ``add_arguments(parser)`` and ``run(arguments)``, which returns the exit
code. The first line of its docstring is its help.
"""

import argparse
import inspect
from collections.abc import Mapping
from typing import Protocol


class Command(Protocol):
    """What the table needs of a module."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def parser_of(
    commands: Mapping[str, Command], *, prog: str, description: str
) -> argparse.ArgumentParser:
    """Return the parser of all commands; ``command`` is the name of the chosen one."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    chosen = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in commands.items():
        text = inspect.getdoc(module) or ""
        command = chosen.add_parser(
            name,
            help=text.partition("\n")[0],
            description=text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
    return parser
