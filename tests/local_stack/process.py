"""The one command as a program from outside runs it: started, asked for its addresses, ended."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.local_stack.addresses import Addresses
from tests.local_stack.children import END_SECONDS, ROOT, START_SECONDS

MODULE = "tests.local_stack"


@dataclass(frozen=True, slots=True)
class StackProcess:
    """A running stack."""

    addresses: Addresses
    process: subprocess.Popen[bytes]

    def stop(self) -> int:
        """End the stack as a supervisor would and return its exit code."""
        self.process.terminate()
        return self.process.wait(2 * END_SECONDS)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", MODULE, *arguments]


@contextmanager
def stack_process(*arguments: str) -> Iterator[StackProcess]:
    """Run the stack on free ports until the block ends.

    Raises:
        RuntimeError: it did not start; why is on stderr.
    """
    process = subprocess.Popen(
        command("--port", "0", "--json", *arguments), cwd=ROOT, stdout=subprocess.PIPE
    )
    with process:
        patience = threading.Timer(START_SECONDS, process.kill)
        patience.start()
        line = process.stdout.readline() if process.stdout else b""
        patience.cancel()
        try:
            if not line:
                raise RuntimeError("the local stack did not start")
            yield StackProcess(Addresses(**json.loads(line)), process)
        finally:
            process.terminate()
