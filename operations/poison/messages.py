"""The messages of our poison queues: why they are there, and what they are about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import ValidationError

from functions.contracts import case_events, message, reconcile
from functions.contracts.poison import put_aside_of
from operations.poison.storage import StoredMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class PoisonMessage:
    """One message that could not be worked on.

    Args:
        id: its own, in the poison queue.
        original: the message as it was on its queue.
        reason: why it is here; None if the process died at the last delivery, and nobody knows.
        deliveries: how often it was tried; None if nobody knows.
        failed_at: when it was given up.
        expires_at: when storage forgets it.
    """

    id: str
    original: str
    reason: str | None
    deliveries: int | None
    failed_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, stored: StoredMessage) -> Self:
        aside = put_aside_of(stored.body)
        return cls(
            id=stored.id,
            original=aside.message if aside else stored.body,
            reason=aside.reason if aside else None,
            deliveries=aside.deliveries if aside else None,
            failed_at=aside.failed_at if aside else stored.inserted_at,
            expires_at=stored.expires_at,
        )


def about(queue: str, original: str) -> str:
    """Return in a line what a message of a queue is about."""
    try:
        return QUEUES[queue](original)
    except ValidationError:
        return f"unreadable, {len(original)} characters"


def _segments(text: str) -> str:
    waiting = message.WaitingSegments.model_validate_json(text)
    cases = {each.case_id for each in waiting.segments}
    return (
        f"{_many(len(waiting.segments), 'segment')} of {_many(len(cases), 'case')}, "
        f"received {waiting.received_at:%Y-%m-%d %H:%M} UTC from the sign-in {waiting.sign_in}"
    )


def _days_or_cases(text: str) -> str:
    match reconcile.message_of(text):
        case reconcile.DaysMessage(days=days):
            whose = {each.representative for each in days}
            people = _named_or_many(whose, "representative")
            return f"{_many(len(days), 'day')} of {people}"
        case reconcile.CasesMessage(cases=cases):  # pragma: no branch - there is no other kind
            return f"the total of {_named_or_many(cases, 'case')}"


def _case_event(text: str) -> str:
    match case_events.message_of(text):
        case case_events.CaseMessage() | case_events.RestoredMessage() as told:
            cases = _named_or_many(told.cases, "case")
            return f"what happened at {told.happened_at:%Y-%m-%d %H:%M} UTC to {cases}"
        case case_events.ActivityMessage() as told:  # pragma: no branch - there is no other kind
            which = f"activity {told.activity}" if told.activity else "an activity"
            return f"{which} regarding {_named_or_many(told.cases, 'case')}"


QUEUES: Mapping[str, Callable[[str], str]] = {
    message.QUEUE: _segments,
    reconcile.QUEUE: _days_or_cases,
    case_events.QUEUE: _case_event,
}
"""Our queues, and how to tell what their messages are about."""


def _named_or_many(ids: Collection[UUID], word: str) -> str:
    return f"{word} {next(iter(ids))}" if len(ids) == 1 else _many(len(ids), word)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
