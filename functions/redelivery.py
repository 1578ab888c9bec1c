"""Between queues and use cases: a message that fails is delivered again, or put aside with why.

The platform delivers a message again when its function raises. After the last time it moves it to
the poison queue, and nobody knows why; so we do that ourselves, a moment earlier. What only waits
for Dataverse is no poison: it is sent anew, and so waits for as long as that takes.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

import azure.functions as func
from pydantic import ValidationError

from functions.contracts.poison import MOST_IN_A_REASON, PutAside, put_aside
from functions.contracts.wire import place_of
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable
from functions.web import named_like

MOST_DELIVERIES = 576
"""``maxDequeueCount`` of ``host.json``: every five minutes for two days."""

log = logging.getLogger(__name__)
T = TypeVar("T")


class UnreadableMessage(Exception):  # noqa: N818 - it says what the message is
    """The message is none of ours, and will not become one by being delivered again."""


def parse(read: Callable[[bytes], T], message: func.QueueMessage) -> T:
    """Return what a contract reads in a message.

    Raises:
        UnreadableMessage: it is not what the contract says; names each place.
    """
    try:
        return read(message.get_body())
    except ValidationError as error:
        # Not "from error": logs would show what is in the message.
        raise UnreadableMessage(_complaints(error)) from None


def puts_aside(
    handler: Callable[[func.QueueMessage], None],
) -> Callable[[func.QueueMessage, func.Out[str], func.Out[str]], None]:
    """Make a queue function of a handler: what it cannot work on goes to ``poison``.

    ``again`` is its own queue. The runtime reads the signature of what it finds, so the handler's
    own must not show.
    """

    def function(message: func.QueueMessage, again: func.Out[str], poison: func.Out[str]) -> None:
        with _or_elsewhere(message, again, poison, handler.__name__):
            handler(message)

    return named_like(handler, function)


def puts_aside_and_queues(
    handler: Callable[[func.QueueMessage], Iterable[str]],
) -> Callable[[func.QueueMessage, func.Out[str], func.Out[str], func.Out[str]], None]:
    """Make a queue function that also sends the messages that its handler returns."""

    def function(
        message: func.QueueMessage,
        waiting: func.Out[str],
        again: func.Out[str],
        poison: func.Out[str],
    ) -> None:
        with _or_elsewhere(message, again, poison, handler.__name__):
            messages = list(handler(message))
            if messages:
                waiting.set(messages)  # type: ignore[arg-type]  # as in `web.answers_json_and_queues`

    return named_like(handler, function)


@contextmanager
def _or_elsewhere(
    message: func.QueueMessage, again: func.Out[str], poison: func.Out[str], function: str
) -> Iterator[None]:
    """Let errors have the message delivered again, unless that is in vain or was the last time."""
    deliveries = message.dequeue_count or 1
    try:
        yield
    except UnreadableMessage as error:
        poison.set(_put_aside(message, error))
        _tell("message put aside", message, function, error)
    except (StorageUnavailable, ServiceNotAllowed) as error:
        if deliveries < MOST_DELIVERIES:
            raise
        again.set(message.get_body().decode())
        _tell("message sent anew", message, function, error)
    except Exception as error:
        if deliveries < MOST_DELIVERIES:
            raise
        poison.set(_put_aside(message, error))
        _tell("message put aside", message, function, error)


def _put_aside(message: func.QueueMessage, error: Exception) -> str:
    aside = PutAside.model_construct(
        message=message.get_body().decode("utf-8", "backslashreplace"),
        reason=reason_of(error),
        deliveries=message.dequeue_count or 1,
        failed_at=datetime.now(UTC),  # not by the services: they may be what fails
    )
    return put_aside(aside)


def _tell(what: str, message: func.QueueMessage, function: str, error: Exception) -> None:
    """Log an error; alerts look for its first words."""
    log.error(
        "%s: %s of %s, delivery %d, %s",
        what,
        message.id,
        function,
        message.dequeue_count or 1,
        reason_of(error),
        exc_info=None if isinstance(error, UnreadableMessage) else error,
    )


def reason_of(error: Exception) -> str:
    """Return the class of an error and what it says, without the values that it is about."""
    text = _complaints(error) if isinstance(error, ValidationError) else str(error)
    return f"{type(error).__name__}: {' '.join(text.split())}"[:MOST_IN_A_REASON]


def _complaints(error: ValidationError) -> str:
    """Return each place and the kind of its fault: the words beside it can show values."""
    return ", ".join(
        f"{place_of(each['loc']) or 'message'}: {each['type']}"
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    )
