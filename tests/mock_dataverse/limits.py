"""Service protection: three limits per user, answered with 429 and Retry-After."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tests.mock_dataverse.errors import (
    TOO_MANY_AT_ONCE,
    TOO_MANY_REQUESTS,
    TOO_MUCH_TIME,
    DataverseError,
)

PAGE_ROWS, ELASTIC_PAGE_ROWS = 5_000, 500


@dataclass(slots=True)
class Limits:
    """What an environment allows; the defaults are the documented ones."""

    requests: int = 6_000
    execution_ms: float = 1_200_000
    concurrent: int = 52
    window_seconds: float = 300
    parallelism_hint: int = 10
    aggregate_rows: int = 50_000
    page_rows: int = PAGE_ROWS
    elastic_page_rows: int = ELASTIC_PAGE_ROWS
    batch_parts: int = 1_000
    execution_ms_per_request: float | None = None  # None: what it really took


@dataclass(frozen=True, slots=True)
class Spent:
    """One request of a user: when, and for how long."""

    at: datetime
    milliseconds: float


class Budget:
    """What each user has used of the sliding window."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._spent: dict[UUID, deque[Spent]] = defaultdict(deque)
        self._used_ms: dict[UUID, float] = defaultdict(float)
        self._running: dict[UUID, int] = defaultdict(int)

    def enter(self, user: UUID, now: datetime) -> None:
        """Count a request in.

        Raises:
            DataverseError: 429, and the request is not counted.
        """
        window = self._window(user, now)
        if self._running[user] >= self._limits.concurrent:
            raise _throttled(TOO_MANY_AT_ONCE, "concurrent requests", 1)
        if len(window) >= self._limits.requests:
            raise _throttled(TOO_MANY_REQUESTS, "requests", self._wait(window, now))
        if self._used_ms[user] >= self._limits.execution_ms:
            raise _throttled(TOO_MUCH_TIME, "execution time", self._wait(window, now))
        self._running[user] += 1

    def leave(self, user: UUID, now: datetime, milliseconds: float) -> None:
        fixed = self._limits.execution_ms_per_request
        spent = Spent(now, milliseconds if fixed is None else fixed)
        self._running[user] -= 1
        self._spent[user].append(spent)
        self._used_ms[user] += spent.milliseconds

    def headers(self, user: UUID, now: datetime) -> dict[str, str]:
        requests, milliseconds = self.left(user, now)
        return {
            "x-ms-ratelimit-burst-remaining-xrm-requests": str(requests),
            "x-ms-ratelimit-time-remaining-xrm-requests": f"{milliseconds:.2f}",
            "x-ms-dop-hint": str(self._limits.parallelism_hint),
        }

    def left(self, user: UUID, now: datetime) -> tuple[int, float]:
        """Return how many requests and milliseconds a user may still take of the window."""
        window = self._window(user, now)
        return (
            max(0, self._limits.requests - len(window)),
            max(0.0, self._limits.execution_ms - self._used_ms[user]),
        )

    def _window(self, user: UUID, now: datetime) -> deque[Spent]:
        spent, begins = self._spent[user], now - timedelta(seconds=self._limits.window_seconds)
        while spent and spent[0].at <= begins:
            self._used_ms[user] -= spent.popleft().milliseconds
        if not spent:
            self._used_ms[user] = 0.0  # what rounding left
        return spent

    def _wait(self, window: deque[Spent], now: datetime) -> int:
        free_at = (window[0].at if window else now) + timedelta(seconds=self._limits.window_seconds)
        return max(1, math.ceil((free_at - now).total_seconds()))


def _throttled(code: str, what: str, retry_after_seconds: int) -> DataverseError:
    return DataverseError(
        429,
        code,
        f"The limit of {what} is reached.",
        headers={"Retry-After": str(retry_after_seconds)},
    )
