"""Storage queues in memory: visibility, dequeue counts and poison, as the platform has them."""

import base64
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MOST_WIRE_BYTES = 64 * 1024
POISON = "-poison"
FOREVER = float("inf")

Monotonic = Callable[[], float]


class MessageTooLargeError(ValueError):
    """A message is over 64 KiB as it would go over the wire, which is base64."""


@dataclass(slots=True)
class Message:
    """One message; ``visible_at`` is by the monotonic clock, ``dequeue_count`` counts takes."""

    body: bytes
    visible_at: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    inserted_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    dequeue_count: int = 0


class Queue:
    """One queue. A message that was taken is hidden until it is deleted or given back."""

    def __init__(self, clock: Monotonic = time.monotonic) -> None:
        self._clock = clock
        self._messages: list[Message] = []
        self._changed = threading.Condition()
        self._closed = False

    def put(self, body: bytes) -> None:
        """Add a message that can be taken at once.

        Raises:
            MessageTooLargeError: storage would refuse it.
        """
        if len(base64.b64encode(body)) > MOST_WIRE_BYTES:
            raise MessageTooLargeError(f"{len(body)} bytes do not fit into a message")
        with self._changed:
            self._messages.append(Message(body, self._clock()))
            self._changed.notify()

    def take(self, *, within_seconds: float = FOREVER) -> Message | None:
        """Return the next visible message, hidden from now on; wait for one if need be.

        ``None`` means that the queue was closed, or that none came in time.
        """
        give_up_at = self._clock() + within_seconds
        with self._changed:
            while not self._closed:
                message = self._visible()
                if message is not None:
                    message.visible_at = FOREVER
                    message.dequeue_count += 1
                    return message
                wait_until = min([give_up_at, *(each.visible_at for each in self._messages)])
                seconds = wait_until - self._clock()
                if give_up_at == wait_until and seconds <= 0:
                    break
                self._changed.wait(None if seconds == FOREVER else max(0.0, seconds))
        return None

    def delete(self, message: Message) -> None:
        with self._changed:
            self._messages.remove(message)

    def give_back(self, message: Message, after: timedelta) -> None:
        """Let a taken message be taken again, after a while."""
        with self._changed:
            message.visible_at = self._clock() + after.total_seconds()
            self._changed.notify()

    def bodies(self) -> list[str]:
        """Return what waits, the taken ones included, as text."""
        with self._changed:
            return [message.body.decode("utf-8", "replace") for message in self._messages]

    def close(self) -> None:
        """Let everyone who waits go away empty-handed."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _visible(self) -> Message | None:
        now = self._clock()
        return next((each for each in self._messages if each.visible_at <= now), None)


class Queues:
    """All queues of the host by name; a queue exists as soon as it is named."""

    def __init__(self, names: Iterable[str] = (), clock: Monotonic = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._queues = {name: Queue(clock) for name in names}

    def __getitem__(self, name: str) -> Queue:
        with self._lock:
            return self._queues.setdefault(name, Queue(self._clock))

    def bury(self, name: str, message: Message) -> None:
        """Move a message that failed too often to the poison queue."""
        self[name + POISON].put(message.body)
        self[name].delete(message)

    def listing(self) -> dict[str, dict[str, object]]:
        """Return for each queue how many messages wait and what its poison queue holds."""
        with self._lock:
            queues = dict(self._queues)
        return {
            name: {
                "waiting": len(queue.bodies()),
                "poison": queues[name + POISON].bodies() if name + POISON in queues else [],
            }
            for name, queue in sorted(queues.items())
            if not name.endswith(POISON)
        }

    def close(self) -> None:
        with self._lock:
            for queue in self._queues.values():
                queue.close()
