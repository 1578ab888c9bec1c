"""Storage queues in memory: visibility and dequeue counts as the platform has them.

Messages live as long as the process.
"""

import base64
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.local_stack.functions_host.queues import (
    FOREVER,
    MOST_PEEKED,
    MOST_WIRE_BYTES,
    Message,
    MessageTooLargeError,
    Queues,
)

Monotonic = Callable[[], float]


@dataclass(slots=True)
class _Kept:
    """A message in the queue; ``visible_at`` is by the monotonic clock."""

    body: bytes
    visible_at: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    inserted_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    dequeue_count: int = 0

    def taken(self) -> Message:
        self.visible_at = FOREVER
        self.dequeue_count += 1
        return Message(
            id=self.id,
            body=self.body,
            dequeue_count=self.dequeue_count,
            inserted_at=self.inserted_at,
            pop_receipt=self.id,
        )


class MemoryQueue:
    """One queue. Who took a message has it until she deletes it or gives it back."""

    def __init__(self, clock: Monotonic = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._changed = threading.Condition()
        self._closed = False

    def put(self, body: bytes) -> None:
        if len(base64.b64encode(body)) > MOST_WIRE_BYTES:
            raise MessageTooLargeError(f"{len(body)} bytes do not fit into a message")
        with self._changed:
            kept = _Kept(body, self._clock())
            self._kept[kept.id] = kept
            self._changed.notify()

    def take(self, at_most: int, *, within_seconds: float = FOREVER) -> list[Message]:
        give_up_at = self._clock() + within_seconds
        with self._changed:
            while not self._closed:
                visible = self._visible()[:at_most]
                if visible:
                    return [each.taken() for each in visible]
                wait_until = min([give_up_at, *(each.visible_at for each in self._kept.values())])
                seconds = wait_until - self._clock()
                if give_up_at == wait_until and seconds <= 0:
                    break
                self._changed.wait(None if seconds == FOREVER else max(0.0, seconds))
        return []

    def held(self, message: Message) -> AbstractContextManager[None]:  # noqa: ARG002 - it is hers
        return nullcontext()

    def delete(self, message: Message) -> None:
        with self._changed:
            del self._kept[message.id]

    def give_back(self, message: Message, after: timedelta) -> None:
        with self._changed:
            self._kept[message.id].visible_at = self._clock() + after.total_seconds()
            self._changed.notify()

    def count(self) -> int:
        with self._changed:
            return len(self._kept)

    def peek(self) -> list[str]:
        with self._changed:
            return [each.body.decode("utf-8", "replace") for each in self._visible()[:MOST_PEEKED]]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _visible(self) -> list[_Kept]:
        now = self._clock()
        return [each for each in self._kept.values() if each.visible_at <= now]


def memory_queues(clock: Monotonic = time.monotonic) -> Queues:
    """Return queues that are empty at first and gone with the process."""
    return Queues(lambda _name: MemoryQueue(clock))
