"""When a request is sent again, and how long to wait first."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

from dataverse_client.errors import DataverseError, DataverseUnavailable, TokenUnavailable

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How stubborn the client is.

    Attributes:
        attempts: how often a request is sent at most, the first time included.
        first_wait_seconds: the wait before the second attempt; it doubles from there, give or
            take a random half.
        longest_wait_seconds: if Dataverse asks for a longer wait, the caller gets the error.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.3
    longest_wait_seconds: float = 60.0


@dataclass(slots=True)
class Retrying:
    """Decides after each failure of one request; `remaining_seconds` is the caller's time."""

    policy: RetryPolicy
    repeatable: bool
    remaining_seconds: Callable[[], float]
    failures: int = 0

    def call(self, attempt: Callable[[], T]) -> T:
        """Return what the attempt returns, which may run several times."""
        try:
            return attempt()
        except DataverseUnavailable as error:
            # Nearly every request succeeds at once, so the machinery starts with a failure.
            return self._call_again(attempt, first_error=error)

    def wait_seconds(self, error: Exception) -> float | bool:
        """Return how long to wait before the next attempt; False for no further attempt."""
        self.failures += 1
        if not isinstance(error, DataverseUnavailable) or not self._harmless(error):
            return False
        wait = error.retry_after
        if wait is None:
            spread = random.uniform(0.5, 1.5)  # noqa: S311  # spreads load, keeps no secret
            wait = self.policy.first_wait_seconds * 2 ** (self.failures - 1) * spread
        if wait > self.policy.longest_wait_seconds or wait >= self.remaining_seconds():
            return False
        if self.failures < self.policy.attempts:
            _log.info("attempt %d failed, next in %.1f s: %s", self.failures, wait, error)
        return wait

    def _harmless(self, error: DataverseUnavailable) -> bool:
        if isinstance(error, TokenUnavailable) and error.context.code is not None:
            return False  # the login service has answered, and said no
        return error.not_run or self.repeatable

    def _call_again(self, attempt: Callable[[], T], *, first_error: DataverseError) -> T:
        for one in stamina.retry_context(
            on=self.wait_seconds, attempts=self.policy.attempts, timeout=None
        ):
            with one:
                if one.num == 1:
                    raise first_error
                return attempt()
        raise AssertionError("stamina ends with a result or an error")  # pragma: no cover
