"""The commands around the solution: ``python -m solution.tools COMMAND``.

They exit with 0 when all is well, 1 when there are findings or it failed, 2 when asked wrongly.
"""

import argparse
import sys
from collections.abc import Mapping

from solution.tools import function_app, generate, pack, unpack, validate
from solution.tools.command_line import Command, parser_of
from solution.tools.environment.commands import add_to_form, deploy, doctor, probe, remove_from_form
from solution.tools.errors import SolutionError

COMMANDS: Mapping[str, Command] = {
    "generate": generate,
    "pack": pack,
    "unpack": unpack,
    "validate": validate,
    "function-app": function_app,
    "deploy": deploy,
    "add-to-form": add_to_form,
    "remove-from-form": remove_from_form,
    "doctor": doctor,
    "probe": probe,
}


def main(words: list[str]) -> int:
    arguments = parser().parse_args(words)
    try:
        return COMMANDS[arguments.command].run(arguments)
    except (SolutionError, OSError) as error:
        print(f"{arguments.command}: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    return parser_of(
        COMMANDS,
        prog="python -m solution.tools",
        description="Build, check and install the solution.",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
