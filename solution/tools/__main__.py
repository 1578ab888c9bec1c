"""The commands around the solution: ``python -m solution.tools COMMAND``.

A command is a module with ``add_arguments(parser)`` and ``run(arguments)``, which returns the exit
code: 0 all is well, 1 there are findings or it failed, 2 it was asked wrongly. The first line of
its docstring is its help.
"""

import argparse
import inspect
import sys
from typing import Protocol, cast

from solution.tools import function_app, generate, pack, unpack, validate
from solution.tools.environment.commands import add_to_form, deploy, doctor, remove_from_form
from solution.tools.errors import SolutionError


class Command(Protocol):
    """What the table needs of a module."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


COMMANDS = {
    "generate": generate,
    "pack": pack,
    "unpack": unpack,
    "validate": validate,
    "function-app": function_app,
    "deploy": deploy,
    "add-to-form": add_to_form,
    "remove-from-form": remove_from_form,
    "doctor": doctor,
}


def main(words: list[str]) -> int:
    arguments = parser().parse_args(words)
    try:
        return cast("Command", COMMANDS[arguments.command]).run(arguments)
    except (SolutionError, OSError) as error:
        print(f"{arguments.command}: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m solution.tools", description="Build, check and install the solution."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        description = inspect.getdoc(module) or ""
        command = commands.add_parser(
            name, help=description.partition("\n")[0], description=description
        )
        cast("Command", module).add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
