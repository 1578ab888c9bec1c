"""The pace of work that nobody waits for: it leaves people their threads, time and room.

Such work goes in *lanes*: one request at a time in each, and after it a rest of the same length.
How many lanes are open follows what Dataverse tells::

    it suggests       1   4   8  12  16  52
    lanes             1   1   2   3   4   4    a quarter, one at least, four at most

    429 to anybody, or less than half of the allowance left    one lane, at once
    a calm minute                                              one lane more
    less than a quarter left                                   a request every ten seconds
"""

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dataverse_client import Load
from functions.usecases.ledger import StorageUnavailable

SHARE = 4
"""One of so many of the requests that Dataverse suggests to have under way may be ours."""

MOST_LANES = 4
"""Each takes half of a lane's time: 10 of the 20 minutes that Dataverse allows in five."""

PLENTY = 0.5
"""With less of the allowance left than this, one lane is enough."""

LEFT_TO_PEOPLE = 0.25
"""With less than this, we do the least that still gets on: people may need all of it at once."""

CALM_SECONDS = 60.0

LONGEST_REST_SECONDS = 10.0

MOST_IN_LINE = 8
"""How many threads such work may take from calls that people wait for.

As many as the host takes messages of a queue at once (``host.json``): the rest of a burst then
waits in the queue, and not for retries.
"""

LONGEST_WAIT_SECONDS = 150.0
LONGEST_WAIT_FOR_A_LANE_SECONDS = 120.0
"""All of a process that can stand in line come to their request, also where every rest is the
longest: else a burst would begin, give up and begin again, and end nothing."""


class Lanes:
    """How many lanes are open; remembers only when it last was too much for Dataverse."""

    def __init__(self) -> None:
        self._throttled = 0
        self._strained_at = -math.inf

    def open(self, load: Load, now: float) -> int:
        """Return how many, at least one, at a moment in seconds that only goes up."""
        if load.throttled > self._throttled or load.room < PLENTY:
            self._throttled = load.throttled
            self._strained_at = now
        share = max(1, min((load.parallelism or 1) // SHARE, MOST_LANES))
        calm_seconds = now - self._strained_at
        return min(share, 1 + int(min(calm_seconds / CALM_SECONDS, MOST_LANES)))


def rest_seconds(taken_seconds: float, load: Load) -> float:
    """Return how long a lane rests after a request, whatever became of it."""
    scarce = load.room < LEFT_TO_PEOPLE
    return LONGEST_REST_SECONDS if scarce else min(taken_seconds, LONGEST_REST_SECONDS)


class Pace:
    """Requests in lanes, first come first served, shared by all background work of a process.

    Args:
        seconds: counts seconds, and only goes up.
        rest: waits for so many.
        load: what Dataverse last told.
    """

    def __init__(
        self,
        seconds: Callable[[], float],
        rest: Callable[[float], object],
        load: Callable[[], Load] = Load,
    ) -> None:
        self._seconds = seconds
        self._rest = rest
        self._load = load
        self._lanes = Lanes()
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._taken = 0

    @property
    def lanes(self) -> int:
        """How many lanes are open now."""
        with self._changed:
            return self._open()

    @contextmanager
    def request(self) -> Iterator[None]:
        """Have a lane for one request, its repetitions and waits, and the rest after it.

        Raises:
            StorageUnavailable: none was free for a long time.
        """
        self._take()
        try:
            started = self._seconds()
            try:
                yield
            finally:
                self._rest_after(self._seconds() - started)
        finally:
            self._give_back()

    def _take(self) -> None:
        place = object()
        with self._changed:
            self._waiting.append(place)
            try:
                # Each lane that is given back wakes those who wait, and one is always open.
                if not self._changed.wait_for(
                    lambda: self._taken < self._open() and self._waiting[0] is place,
                    timeout=LONGEST_WAIT_FOR_A_LANE_SECONDS,
                ):
                    raise StorageUnavailable("what is asked in the background takes long")
                self._taken += 1
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()

    def _give_back(self) -> None:
        with self._changed:
            self._taken -= 1
            self._changed.notify_all()

    def _open(self) -> int:
        return self._lanes.open(self._load(), self._seconds())

    def _rest_after(self, taken_seconds: float) -> None:
        seconds = rest_seconds(taken_seconds, self._load())
        if seconds > 0:
            self._rest(seconds)


class Turns:
    """One message at a time for each lane, and a short line behind; the rest stays in the queue.

    Where lanes are closed, the messages that are under way share those that are left.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._changed = threading.Condition()
        self._in_line = 0
        self._at_work = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and have it.

        Raises:
            StorageUnavailable: the line is too long, or takes too long.
        """
        with self._changed:
            if self._in_line >= MOST_IN_LINE:
                raise StorageUnavailable("enough is being reconciled already")
            self._in_line += 1
        try:
            with self._changed:
                if not self._changed.wait_for(
                    lambda: self._at_work < self._pace.lanes, timeout=LONGEST_WAIT_SECONDS
                ):
                    raise StorageUnavailable("what is being reconciled takes long")
                self._at_work += 1
            try:
                yield
            finally:
                with self._changed:
                    self._at_work -= 1
                    self._changed.notify_all()
        finally:
            with self._changed:
                self._in_line -= 1
