"""Queues of a storage account, such as Azurite's: messages outlive the process that took them.

As on the platform, messages are text in base64, a message is hidden while its function runs, and
an empty queue is looked at less and less often.
"""

import base64
import binascii
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from azure.core.exceptions import AzureError, HttpResponseError, ResourceExistsError
from azure.storage.queue import QueueClient, QueueMessage

from tests.local_stack.functions_host.queues import (
    FOREVER,
    MOST_PEEKED,
    MOST_WIRE_BYTES,
    Message,
    MessageTooLargeError,
    Queues,
)

SHORTEST_POLL_SECONDS = 0.1
TAKEN_BY_ANOTHER = {"MessageNotFound", "PopReceiptMismatch"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long a taken message is hidden, and how seldom at least an empty queue is looked at.

    The platform hides messages for ten minutes: so long does one wait whose host was killed.
    """

    hidden_seconds: int
    longest_poll_seconds: float


class StorageQueue:
    """One queue of an account; it is created if it is not there."""

    def __init__(self, client: QueueClient, timing: Timing) -> None:
        self._client = client
        self._timing = timing
        self._news = threading.Event()
        self._closed = False
        try:
            client.create_queue()
        except ResourceExistsError:
            log.debug("%s is there already", client.queue_name)

    def put(self, body: bytes) -> None:
        text = base64.b64encode(body).decode()
        if len(text) > MOST_WIRE_BYTES:
            raise MessageTooLargeError(f"{len(body)} bytes do not fit into a message")
        self._client.send_message(text)
        self._news.set()

    def take(self, at_most: int, *, within_seconds: float = FOREVER) -> list[Message]:
        give_up_at = time.monotonic() + within_seconds
        pause = SHORTEST_POLL_SECONDS
        while not self._closed:
            self._news.clear()
            messages = self._received(at_most)
            seconds = give_up_at - time.monotonic()
            if messages or seconds <= 0:
                return messages
            self._news.wait(min(pause, seconds))
            pause = min(2 * pause, self._timing.longest_poll_seconds)
        return []

    @contextmanager
    def held(self, message: Message) -> Iterator[None]:
        over = threading.Event()
        holder = threading.Thread(target=self._hold, args=(message, over), daemon=True)
        holder.start()
        try:
            yield
        finally:
            over.set()
            holder.join()

    def delete(self, message: Message) -> None:
        with _unless_taken_by_another(message):
            self._client.delete_message(message.id, message.pop_receipt)

    def give_back(self, message: Message, after: timedelta) -> None:
        # Storage counts in whole seconds.
        seconds = -(-after // timedelta(seconds=1))
        with _unless_taken_by_another(message):
            self._client.update_message(message.id, message.pop_receipt, visibility_timeout=seconds)

    def count(self) -> int:
        return int(self._client.get_queue_properties().approximate_message_count or 0)

    def peek(self) -> list[str]:
        found = self._client.peek_messages(MOST_PEEKED)
        return [_body(each.content).decode("utf-8", "replace") for each in found]

    def close(self) -> None:
        self._closed = True
        self._news.set()

    def _received(self, at_most: int) -> list[Message]:
        try:
            found = self._client.receive_messages(
                messages_per_page=at_most,
                max_messages=at_most,
                visibility_timeout=self._timing.hidden_seconds,
            )
            return [_message(each) for each in found]
        except AzureError:
            log.warning("%s cannot be looked at", self._client.queue_name, exc_info=True)
            return []

    def _hold(self, message: Message, over: threading.Event) -> None:
        """Hide the message again and again, each time well before it would be seen."""
        while not over.wait(self._timing.hidden_seconds / 2):
            try:
                held = self._client.update_message(
                    message.id, message.pop_receipt, visibility_timeout=self._timing.hidden_seconds
                )
            except AzureError:
                log.warning("message %s could not be held", message.id, exc_info=True)
            else:
                message.pop_receipt = str(held.pop_receipt)


def storage_queues(connection: str, timing: Timing) -> Queues:
    """Return the queues of the account that a connection string names.

    Nothing is tried again by the client: a poll has its own next time, and a function whose
    messages cannot be sent has failed. No proxy stands between: the account is on this machine.
    """

    def opened(name: str) -> StorageQueue:
        client = QueueClient.from_connection_string(
            connection, name, retry_total=0, use_env_settings=False
        )
        return StorageQueue(client, timing)

    return Queues(opened)


@contextmanager
def _unless_taken_by_another(message: Message) -> Iterator[None]:
    """Let a message be that is somebody else's by now: it will be worked on twice."""
    try:
        yield
    except HttpResponseError as error:
        if error.error_code not in TAKEN_BY_ANOTHER:  # type: ignore[attr-defined]
            raise
        log.warning("message %s was taken by another", message.id)


def _message(received: QueueMessage) -> Message:
    return Message(
        id=str(received.id),
        body=_body(received.content),
        dequeue_count=int(received.dequeue_count or 0),
        inserted_at=received.inserted_on or datetime.now(UTC),
        pop_receipt=str(received.pop_receipt),
    )


def _body(text: str) -> bytes:
    """Return what a message says; one that is not in base64 is left for its function to refuse."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return text.encode()
