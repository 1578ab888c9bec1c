"""Hosts over the queues of one account, and a queue function that does what a test wants."""

import queue
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import azure.functions as func

from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.app import Function, functions_of
from tests.local_stack.functions_host.host import FunctionsHost
from tests.local_stack.functions_host.queues import Queues
from tests.local_stack.functions_host.settings import OVERRIDE, host_settings
from tests.local_stack.functions_host.storage_queues import Timing, storage_queues

HIDDEN_SECONDS = 1
SOON = 20.0
"""Within so many seconds something must have come that does come."""

LOOK_EVERY_SECONDS = 0.05


def queues_of(storage: str) -> Queues:
    """Return the queues of an account as a host sees them that looks often."""
    return storage_queues(storage, Timing(hidden_seconds=HIDDEN_SECONDS, longest_poll_seconds=0.1))


@contextmanager
def running(
    functions: Mapping[str, Function], storage: str, **host_json: object
) -> Iterator[FunctionsHost]:
    """Run functions over an account until the block ends; ``host_json`` overrides its queues."""
    overrides = {f"{OVERRIDE}__extensions__queues__{k}": str(v) for k, v in host_json.items()}
    host = FunctionsHost(
        functions,
        folder=ROOT,
        settings=host_settings(ROOT, overrides),
        queues=queues_of(storage),
    )
    try:
        yield host
    finally:
        host.close()


def emptied(waiting: Callable[[], int]) -> bool:
    """Tell whether a count gets to nothing in time."""
    give_up_at = time.monotonic() + SOON
    while waiting():
        if time.monotonic() > give_up_at:
            return False
        time.sleep(LOOK_EVERY_SECONDS)
    return True


class Work:
    """A function of the queue ``work``: each delivery does the next thing, then nothing more."""

    def __init__(self, *things: Callable[[], object]) -> None:
        self._things = iter(things)
        self._deliveries: queue.SimpleQueue[tuple[bytes, int]] = queue.SimpleQueue()

    def delivery(self, *, within_seconds: float = SOON) -> tuple[bytes, int] | None:
        """Return body and dequeue count of the next delivery, or ``None`` if there is none."""
        try:
            return self._deliveries.get(timeout=within_seconds)
        except queue.Empty:
            return None

    @property
    def functions(self) -> dict[str, Function]:
        app = func.FunctionApp()

        @app.queue_trigger(arg_name="message", queue_name="work", connection="AzureWebJobsStorage")
        def work(message: func.QueueMessage) -> None:
            self._deliveries.put((message.get_body(), message.dequeue_count or 0))
            next(self._things, lambda: None)()

        return {each.name: each for each in functions_of(app)}


def fail() -> None:
    raise ValueError("it cannot be done now")
