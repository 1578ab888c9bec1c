"""Messages of the queue ``case-events``: what webhooks told, where something follows from it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from functions.contracts.webhook import ACTIVITIES, CASE, DELETE, RESTORE, DataverseEvent
from functions.contracts.wire import Body, Moment
from functions.timekeeping.identifiers import ActivityId, CaseId

QUEUE = "case-events"


class CaseMessage(Body):
    """Cases that were closed, cancelled, reactivated, merged or deleted, and when."""

    kind: Literal["case"] = "case"
    cases: tuple[UUID, ...]
    happened_at: Moment

    def case_ids(self) -> tuple[CaseId, ...]:
        return tuple(map(CaseId, self.cases))


class RestoredMessage(Body):
    """A case that came back from the recycle bin as it was deleted, with the days it had then.

    A kind of its own, so that an older version of the functions never meets an unknown member in a
    message that it could work on.
    """

    kind: Literal["restored"] = "restored"
    cases: tuple[UUID, ...]
    happened_at: Moment

    def case_ids(self) -> tuple[CaseId, ...]:
        return tuple(map(CaseId, self.cases))


class ActivityMessage(Body):
    """Cases that an activity counts for, or counted for.

    ``activity`` is to be read to find what it regards; null when the webhook told, or it is gone.
    """

    kind: Literal["activity"] = "activity"
    activity: UUID | None
    cases: tuple[UUID, ...]

    def case_ids(self) -> tuple[CaseId, ...]:
        return tuple(map(CaseId, self.cases))

    def activity_id(self) -> ActivityId | None:
        return ActivityId(self.activity) if self.activity else None


Message = CaseMessage | RestoredMessage | ActivityMessage
_MESSAGE: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])


def message_of(text: str | bytes) -> Message:
    """Return what a message tells.

    Raises:
        pydantic.ValidationError: it is none of ours.
    """
    return _MESSAGE.validate_json(text)


def messages_about(event: DataverseEvent) -> Iterator[str]:
    """Yield the message that an event is worth; none where no case's time can have changed."""
    cases = tuple(sorted(event.cases))
    if event.table == CASE:
        kind = RestoredMessage if event.message == RESTORE else CaseMessage
        message: Body = kind.model_construct(cases=cases, happened_at=event.happened_at)
        yield message.model_dump_json(by_alias=True)
    if event.table in ACTIVITIES:
        unknown = not event.tells_case and event.message != DELETE
        if unknown or cases:
            activity = event.row if unknown else None
            message = ActivityMessage.model_construct(activity=activity, cases=cases)
            yield message.model_dump_json(by_alias=True)


def case_messages(cases: Iterable[CaseId], *, happened_at: datetime) -> Iterator[str]:
    """Yield a message for each case to which something happened that nobody told of."""
    for case in cases:
        message = CaseMessage.model_construct(cases=(case,), happened_at=happened_at)
        yield message.model_dump_json(by_alias=True)
