"""Messages of the poison queues: what could not be worked on, and why."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import to_json

from functions.contracts.wire import Body, Moment

MOST_BYTES = 48 * 1024
"""Storage Queues take 64 KiB, and the host sends text as base64."""

MOST_IN_A_REASON = 300
ENVELOPE_BYTES = 2 * 1024
"""All that is added to a message: a reason takes at most six bytes a character."""

SUFFIX = "-poison"


class PutAside(Body):
    """A message that was put aside: as it was, why, at which delivery and when."""

    message: str
    reason: Annotated[str, StringConstraints(max_length=MOST_IN_A_REASON)]
    deliveries: Annotated[int, Field(ge=1)]
    failed_at: Moment


def poison_queue_of(queue: str) -> str:
    """Return where the platform, too, puts what was delivered in vain."""
    return queue + SUFFIX


def fits_when_put_aside(message: str) -> bool:
    """Tell whether a queue takes a message with a reason around it, whatever the reason."""
    return len(to_json(message)) + ENVELOPE_BYTES <= MOST_BYTES


def put_aside(message: PutAside) -> str:
    """Return what to put onto the poison queue; without the reason if that is too much."""
    envelope = message.model_dump_json(by_alias=True)
    return envelope if len(envelope.encode()) <= MOST_BYTES else message.message


def put_aside_of(text: str) -> PutAside | None:
    """Return what is in a poison message; None if it is nothing but the message.

    So are those that the platform put there, because the process died at the last delivery.
    """
    try:
        return PutAside.model_validate_json(text)
    except ValidationError:
        return None
