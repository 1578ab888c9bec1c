"""Runs the app of a folder: ``python -m tests.local_stack.functions_host FOLDER``.

Prints ``{"port": ...}`` when it serves and ends when its stdin does.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.local_stack.functions_host.app import AppNotLoadableError, load
from tests.local_stack.functions_host.host import FunctionsHost, Keys
from tests.local_stack.functions_host.keys import FUNCTION_KEY, MASTER_KEY
from tests.local_stack.functions_host.settings import host_settings
from tests.local_stack.http_messages import allowing_origin
from tests.local_stack.http_server import HttpServer
from tests.local_stack.lifeline import announce, log_to_stderr, wait_for_parent

LOCAL_KEYS = Keys(function=FUNCTION_KEY, master=MASTER_KEY)


def main() -> None:
    """Load the app, serve it, and end in an orderly way."""
    arguments = _arguments()
    log_to_stderr()
    folder: Path = arguments.folder.resolve()
    with HttpServer(arguments.port) as server:
        try:
            functions = load(folder)
        except AppNotLoadableError as error:
            sys.exit(f"the app cannot be loaded: {error}")
        host = FunctionsHost(
            functions,
            folder=folder,
            settings=host_settings(folder, os.environ),
            keys=LOCAL_KEYS if arguments.keys else None,
        )
        if arguments.timers:
            host.start_timers()
        handler = host.handle
        server.start(allowing_origin(handler, arguments.cors) if arguments.cors else handler)
        announce(server.port)
        wait_for_parent()
    host.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.local_stack.functions_host")
    parser.add_argument("folder", type=Path, help="where function_app.py and host.json are")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--cors", metavar="ORIGIN", help="let pages of this origin call")
    parser.add_argument(
        "--keys",
        action="store_true",
        help=f"ask for keys: {LOCAL_KEYS.function!r}, for /admin {LOCAL_KEYS.master!r}",
    )
    parser.add_argument("--timers", action="store_true", help="let timers fire by themselves")
    return parser.parse_args()


if __name__ == "__main__":
    main()
