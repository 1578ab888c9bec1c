"""The functions on their local host, in one life after another: each line on stdin ends one by -9.

Everything is imported once, before there is any thread; then each life is a fork of this process.
So a restart costs milliseconds, and yet nothing of what a life knew is left to the next. All lives
listen on the same port: who connects between two lives waits for the next one.

Prints ``{"port": ...}`` when the first life begins and ends when its stdin does.
"""

import logging
import os
import signal
import sys
import threading
from dataclasses import dataclass

from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.app import Function, load
from tests.local_stack.functions_host.host import FunctionsHost
from tests.local_stack.functions_host.settings import host_settings
from tests.local_stack.functions_host.storage_queues import Timing, storage_queues
from tests.local_stack.http_server import HttpServer
from tests.local_stack.lifeline import announce

HIDDEN_SECONDS = 2
"""How long a message waits whose life is over."""


def main(storage: str) -> None:
    logging.disable(logging.CRITICAL)  # failing is what a life is here for
    functions = load(ROOT)
    server = HttpServer()
    if threading.active_count() != 1:
        sys.exit("a process with threads cannot be forked")
    life = _begun(functions, server, storage)
    announce(server.port)
    for _ in sys.stdin:
        life.end()
        life = _begun(functions, server, storage)
    life.end()


@dataclass(frozen=True, slots=True)
class _Life:
    """A process that serves; it also ends when the other side of ``lifeline`` is closed."""

    pid: int
    lifeline: int

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.lifeline)
        if not os.WIFSIGNALED(status):
            sys.exit(f"a life ended by itself, with {os.waitstatus_to_exitcode(status)}")


def _begun(functions: dict[str, Function], server: HttpServer, storage: str) -> _Life:
    alive, lifeline = os.pipe()
    pid = os.fork()
    if pid:
        os.close(alive)
        return _Life(pid, lifeline)
    os.close(lifeline)
    settings = host_settings(ROOT, os.environ)
    timing = Timing(
        hidden_seconds=HIDDEN_SECONDS,
        longest_poll_seconds=settings.max_polling_interval.total_seconds(),
    )
    host = FunctionsHost(
        functions, folder=ROOT, settings=settings, queues=storage_queues(storage, timing)
    )
    server.start(host.handle)
    os.read(alive, 1)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
