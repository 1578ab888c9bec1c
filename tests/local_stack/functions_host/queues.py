"""What the host needs of Storage queues, whoever keeps the messages."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

MOST_WIRE_BYTES = 64 * 1024
MOST_PEEKED = 32
POISON = "-poison"
FOREVER = float("inf")


class MessageTooLargeError(ValueError):
    """A message is over 64 KiB as it would go over the wire, which is base64."""


@dataclass(slots=True, kw_only=True)
class Message:
    """One message that was taken; ``dequeue_count`` counts takes.

    ``pop_receipt`` proves that nobody has taken it since; it changes when the message is held on.
    """

    id: str
    body: bytes
    dequeue_count: int
    inserted_at: datetime
    pop_receipt: str


class Queue(Protocol):
    """One queue. A message that was taken is hidden until it is deleted or given back.

    Where messages outlive the process it also comes back by itself, a while after its holder died.
    """

    def put(self, body: bytes) -> None:
        """Add a message that can be taken at once.

        Raises:
            MessageTooLargeError: storage would refuse it.
        """

    def take(self, at_most: int, *, within_seconds: float = FOREVER) -> list[Message]:
        """Return the next visible messages, hidden from now on; wait for some if need be.

        None means that the queue was closed, or that none came in time.
        """

    def held(self, message: Message) -> AbstractContextManager[None]:
        """Keep a taken message hidden for as long as the block lasts."""

    def delete(self, message: Message) -> None: ...

    def give_back(self, message: Message, after: timedelta) -> None:
        """Let a taken message be taken again, after a while."""

    def count(self) -> int:
        """Return how many messages there are, the hidden ones included."""

    def peek(self) -> list[str]:
        """Return the first visible messages as text and leave them where they are."""

    def close(self) -> None:
        """Let everyone who waits go away empty-handed."""


class Queues:
    """All queues of the host by name; a queue exists as soon as it is named."""

    def __init__(self, opened: Callable[[str], Queue]) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._queues: dict[str, Queue] = {}

    def __getitem__(self, name: str) -> Queue:
        with self._lock:
            if name not in self._queues:
                self._queues[name] = self._opened(name)
            return self._queues[name]

    def bury(self, name: str, message: Message) -> None:
        """Move a message that was delivered too often to the poison queue."""
        self[name + POISON].put(message.body)
        self[name].delete(message)

    def listing(self) -> dict[str, dict[str, object]]:
        """Return for each queue how many messages it has and what its poison queue holds."""
        with self._lock:
            names = sorted(name for name in self._queues if not name.endswith(POISON))
        return {
            name: {"waiting": self[name].count(), "poison": self[name + POISON].peek()}
            for name in names
        }

    def close(self) -> None:
        with self._lock:
            for queue in self._queues.values():
                queue.close()
