"""The one clock of a scenario: it stands still until somebody moves it."""

import threading
from datetime import UTC, datetime, timedelta

from tests.local_stack.office.clock import OfficeClock

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""When every scenario begins: a Tuesday morning."""


class SteppedClock(OfficeClock):
    """Tells the same moment to every thread until it is moved, and only moves forward."""

    def __init__(self, now: datetime = START) -> None:
        super().__init__()
        self._now = now
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        return self._shown or self._now

    def seconds(self) -> float:
        return self().timestamp()

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def follow(self, moment: datetime) -> None:
        """Catch up with a moment at which something was sent; never goes back."""
        with self._lock:
            self._now = max(self._now, moment)
