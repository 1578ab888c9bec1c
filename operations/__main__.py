"""The commands around a running service: ``python -m operations COMMAND``.

They exit with 0 when all is well, 1 when it failed or something is left to do, and 2 when they were
asked wrongly.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from operations import rebuild
from operations.poison import command as poison
from solution.tools.command_line import Command, parser_of

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
    return parser_of(
        COMMANDS, prog="python -m operations", description="Look after a running service."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
