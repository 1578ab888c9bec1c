"""The pace of work that nobody waits for: it leaves as much time to people as it takes itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from functions.usecases.ledger import StorageUnavailable

LONGEST_REST_SECONDS = 10.0

MOST_IN_LINE = 8
"""How many threads such work may take from calls that people wait for.

As many as the host takes messages of a queue at once (``host.json``): the rest of a burst then
waits in the queue, and not for retries.
"""

LONGEST_WAIT_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class Pace:
    """After each request, a rest of the same length.

    Requests with all their waits count, so that one which was throttled is followed by a long rest.

    Args:
        seconds: counts seconds.
        rest: waits for so many.
    """

    seconds: Callable[[], float]
    rest: Callable[[float], None]

    @contextmanager
    def request(self) -> Iterator[None]:
        started = self.seconds()
        yield
        taken = self.seconds() - started
        if taken > 0:
            self.rest(min(taken, LONGEST_REST_SECONDS))


class Turns:
    """One at a time in each process, and a short line behind it; the rest stays in the queue."""

    def __init__(self) -> None:
        self._line = threading.BoundedSemaphore(MOST_IN_LINE)
        self._turn = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and have it.

        Raises:
            StorageUnavailable: the line is too long, or takes too long.
        """
        if not self._line.acquire(blocking=False):
            raise StorageUnavailable("enough is being reconciled already")
        try:
            if not self._turn.acquire(timeout=LONGEST_WAIT_SECONDS):
                raise StorageUnavailable("what is being reconciled takes long")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._line.release()
