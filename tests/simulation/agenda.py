"""What is to happen when: virtual time goes from one entry to the next."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.api.harness import Clock

BEGINNING = datetime(2026, 3, 9, tzinfo=UTC)
"""Midnight before a Monday: second 0 of every story."""

ENDS, CRASHES, CHANGES, BEGINS, DELIVERIES = range(5)
"""What comes first in one second: who stops working when her case is closed has stopped."""

Action = Callable[[], None]


@dataclass(slots=True)
class Agenda:
    """Entries by moment, then rank, then the order in which they were made."""

    clock: Clock
    _entries: list[tuple[int, int, int, Action]] = field(default_factory=list)
    _made: int = 0

    @property
    def now(self) -> int:
        return int((self.clock.now - BEGINNING).total_seconds())

    def add(self, at: int, action: Action, *, rank: int = DELIVERIES) -> None:
        """Enter an action; one in the past is due now."""
        self._made += 1
        heapq.heappush(self._entries, (max(at, self.now), rank, self._made, action))

    def run(self, *, until: int | None = None, after_each: Action) -> None:
        """Do what is due up to a moment, or all there is.

        Raises:
            EndlessError: there is always something more.
        """
        done = 0
        while self._entries and (until is None or self._entries[0][0] <= until):
            at, *_, action = heapq.heappop(self._entries)
            self.clock.now = BEGINNING + timedelta(seconds=at)
            action()
            after_each()
            done += 1
            if done > MOST_ENTRIES:
                raise EndlessError("there is no end to what follows from what")
        if until is not None:
            self.clock.now = BEGINNING + timedelta(seconds=max(until, self.now))

    def next_delivery(self) -> Action | None:
        """Take out the next entry that people and their devices do not notice, if there is one."""
        movable = [each for each in self._entries if each[1] == DELIVERIES]
        if not movable:
            return None
        first = min(movable)
        self._entries.remove(first)
        heapq.heapify(self._entries)
        return first[-1]


MOST_ENTRIES = 50_000


class EndlessError(Exception):
    """Each thing brings about another."""
