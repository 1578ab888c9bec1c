"""Child processes of the stack: each announces its port, and ends when its stdin is closed."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
END_SECONDS = 10
LOOK_EVERY_SECONDS = 0.2
PYTHON_MODULE = (sys.executable, "-m")


class ChildFailedError(Exception):
    """A child ended, or did not start to serve in time. Its own words are on stderr."""


class InterruptedStartError(Exception):
    """The stack was told to stop while a child was starting."""


def _inherited() -> dict[str, str]:
    """Return our own environment, less what would lead calls away from this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHT_")}
    return {**kept, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


class Child:
    """``python -m MODULE ARGUMENTS``, started at once; ``port`` waits until it serves.

    ``runtime`` is what runs a program that is no Python module.
    """

    def __init__(
        self,
        program: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        runtime: Sequence[str] = PYTHON_MODULE,
    ) -> None:
        self._program = program
        self._process = subprocess.Popen(
            [*runtime, program, *arguments],
            cwd=ROOT,
            env={**_inherited(), **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C in the terminal is the parent's business: it ends the children in order.
            start_new_session=True,
        )
        self._announced: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def port(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Return the port the child serves on.

        Raises:
            ChildFailedError: it does not.
            InterruptedStartError: the stack is stopping.
        """
        give_up_at = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up_at:
            if stopping():
                raise InterruptedStartError
            with contextlib.suppress(queue.Empty):
                line = self._announced.get(timeout=LOOK_EVERY_SECONDS)
                if not line:
                    raise ChildFailedError(f"{self._program} ended before it served")
                return int(json.loads(line)["port"])
        raise ChildFailedError(f"{self._program} did not serve within {START_SECONDS} s")

    def check(self) -> None:
        """Raise ``ChildFailedError`` if the child has ended."""
        if self._process.poll() is not None:
            raise ChildFailedError(f"{self._program} ended with code {self._process.returncode}")

    def tell(self, line: str) -> None:
        """Write a line to the stdin of a child that listens there."""
        if self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def close(self) -> None:
        """End the child: ask, then insist."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _listen(self) -> None:
        """Take the announcement; what a function prints later belongs with the other messages."""
        if self._process.stdout is not None:
            self._announced.put(self._process.stdout.readline())
            for line in self._process.stdout:
                sys.stderr.write(line.decode(errors="replace"))
