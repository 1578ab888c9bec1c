"""Put poison messages back on the queues they were meant for."""

from collections.abc import Callable
from dataclasses import dataclass

from functions.contracts.poison import poison_queue_of
from operations.poison.messages import PoisonMessage, about
from operations.poison.storage import StorageAccount

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which messages to put back: all, or those with an id or with some words in their reason."""

    id: str | None = None
    reason: str | None = None

    def includes(self, message: PoisonMessage) -> bool:
        fits_id = self.id is None or message.id == self.id
        reason = (message.reason or "").casefold()
        return fits_id and (self.reason is None or self.reason.casefold() in reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of a poison queue: how many were chosen, and how many nobody could look at."""

    chosen: int
    hidden: int


def replay(
    account: StorageAccount, name: str, choice: Choice, *, dry_run: bool, say: Say
) -> Replayed:
    """Put the chosen poison messages of a queue back on it, oldest first.

    Each is put back before it is deleted. If this ends in between, it is in both places; it may be
    put back again, as whatever our queues ask for is the same when it is done twice.

    What becomes poison meanwhile stays: else a message that cannot be read would go in circles.
    """
    queue, poison = account[name], account[poison_queue_of(name)]
    counted = poison.count()
    with poison.taken() as taken:
        seen = [(stored, PoisonMessage.of(stored)) for stored in taken.values()]
        chosen = [(stored, message) for stored, message in seen if choice.includes(message)]
        for stored, message in chosen:
            if not dry_run:
                queue.put(message.original)
                poison.delete(stored)
                del taken[stored.id]
            done = "would put" if dry_run else "put"
            say(f"  {done} back {message.id}: {about(name, message.original)}")
    return Replayed(chosen=len(chosen), hidden=max(0, counted - len(seen)))
