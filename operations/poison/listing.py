"""What waits in our queues, and what ended in their poison queues."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Self

from functions.contracts.poison import poison_queue_of
from functions.contracts.wire import Moment, View
from operations.poison.messages import PoisonMessage, about
from operations.poison.storage import StorageAccount


class PoisonMessageView(View):
    """One poison message; ``message`` is what was on the queue."""

    id: str
    failed_at: Moment
    expires_at: Moment
    deliveries: int | None
    reason: str | None
    about: str
    message: str

    @classmethod
    def of(cls, queue: str, poison: PoisonMessage) -> Self:
        return cls(
            id=poison.id,
            failed_at=poison.failed_at,
            expires_at=poison.expires_at,
            deliveries=poison.deliveries,
            reason=poison.reason,
            about=about(queue, poison.original),
            message=poison.original,
        )


class QueueView(View):
    """A queue: about how many messages wait, and how many are poison; some or all of these."""

    name: str
    waiting: int
    poison: int
    messages: tuple[PoisonMessageView, ...]


class ListingView(View):
    """What ``poison list --json`` prints."""

    queues: tuple[QueueView, ...]


def listing(account: StorageAccount, names: Iterable[str], *, complete: bool) -> ListingView:
    """Return what is in queues; of poison only the first 32 unless it shall be complete.

    Then every message is taken and given back: for that long nobody else gets it.
    """
    return ListingView(queues=tuple(_queue(account, name, complete=complete) for name in names))


def _queue(account: StorageAccount, name: str, *, complete: bool) -> QueueView:
    waiting, poison = account[name], account[poison_queue_of(name)]
    count = poison.count()
    if complete:
        with poison.taken() as taken:
            stored = list(taken.values())
    else:
        stored = poison.first()
    return QueueView(
        name=name,
        waiting=waiting.count(),
        poison=max(count, len(stored)),
        messages=tuple(PoisonMessageView.of(name, PoisonMessage.of(each)) for each in stored),
    )


def lines(view: QueueView) -> Iterator[str]:
    """Yield a queue as people read it."""
    yield f"{view.name}: {view.waiting} waiting, {view.poison} poison"
    for each in view.messages:
        yield f"  {each.id}"
        yield f"    {each.about}"
        yield f"    failed {_minute(each.failed_at)}{_tries(each)}"
        yield f"    is kept until {_minute(each.expires_at)}"
        yield f"    {each.reason or NOBODY_KNOWS}"
    hidden = view.poison - len(view.messages)
    if hidden:
        yield f"  and {hidden} more"


NOBODY_KNOWS = "no reason is known: the process ended at the last delivery"


def _tries(view: PoisonMessageView) -> str:
    return f" at delivery {view.deliveries}" if view.deliveries else ""


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
