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
from tests.local_stack.functions_host.memory_queues import memory_queues
from tests.local_stack.functions_host.queues import Queues
from tests.local_stack.functions_host.settings import HostSettings, host_settings
from tests.local_stack.http_messages import allowing_origin
from tests.local_stack.http_server import HttpServer
from tests.local_stack.lifeline import announce, log_to_stderr, wait_for_parent

HIDDEN_SECONDS = 600
"""As on the platform."""

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
        settings = host_settings(folder, os.environ)
        host = FunctionsHost(
            functions,
            folder=folder,
            settings=settings,
            keys=LOCAL_KEYS if arguments.keys else None,
            queues=_queues(arguments, settings),
        )
        if arguments.timers:
            host.start_timers()
        handler = host.handle
        server.start(allowing_origin(handler, arguments.cors) if arguments.cors else handler)
        announce(server.port)
        wait_for_parent()
    host.close()


def _queues(arguments: argparse.Namespace, settings: HostSettings) -> Queues:
    if not arguments.storage:
        return memory_queues()
    # Only who keeps messages in storage waits for its library to load.
    from tests.local_stack.functions_host.storage_queues import (  # noqa: PLC0415
        Timing,
        storage_queues,
    )

    timing = Timing(
        hidden_seconds=arguments.hidden_seconds,
        longest_poll_seconds=settings.max_polling_interval.total_seconds(),
    )
    return storage_queues(arguments.storage, timing)


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
    parser.add_argument(
        "--storage",
        metavar="CONNECTION_STRING",
        help="keep queues in this storage account instead of in memory",
    )
    parser.add_argument(
        "--hidden-seconds",
        type=int,
        default=HIDDEN_SECONDS,
        help="how long a message in storage is hidden once its host died (default: %(default)s)",
    )
    parser.add_argument("--timers", action="store_true", help="let timers fire by themselves")
    return parser.parse_args()


if __name__ == "__main__":
    main()
