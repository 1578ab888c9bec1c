"""How a child of the stack tells its parent that it serves, and notices that the parent is gone."""

import json
import logging
import os
import sys


def announce(port: int) -> None:
    """Tell the parent, in one line on stdout, on which port the child listens."""
    sys.stdout.write(json.dumps({"port": port}) + "\n")
    sys.stdout.flush()


def wait_for_parent() -> None:
    """Return when stdin ends: the parent closed it, or died in whatever way."""
    try:
        while os.read(sys.stdin.fileno(), 1024):
            pass
    except KeyboardInterrupt:
        return


def log_to_stderr() -> None:
    """Show warnings, and what functions raise, where the person who started the stack looks."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
