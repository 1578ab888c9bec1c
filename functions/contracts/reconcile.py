"""Messages of the queue ``reconcile``: what is to be worked out again, a hundred at a time."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, TypeAdapter

from functions.contracts.wire import Body, from_full_date
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.usecases.portions import portions

QUEUE = "reconcile"
MOST_IN_A_MESSAGE = 100
"""About 13 KiB: a Storage Queue takes 48 KiB of text."""


class DayReport(Body):
    """A day of a representative; her Entra object id if the sender knows it."""

    representative: UUID
    entra_object_id: UUID | None = None
    day: Annotated[date, BeforeValidator(from_full_date)]


class DaysMessage(Body):
    """Days to be made again from their segments, and then the totals of their cases."""

    kind: Literal["days"] = "days"
    days: Annotated[tuple[DayReport, ...], Field(max_length=MOST_IN_A_MESSAGE)]

    def work_days(self) -> dict[WorkDay, UUID | None]:
        """Return the days, and by which sign-in the service acts for whose they are."""
        return {
            WorkDay(RepresentativeId(each.representative), each.day): each.entra_object_id
            for each in self.days
        }


class CasesMessage(Body):
    """Cases of which the totals are to be worked out again."""

    kind: Literal["cases"] = "cases"
    cases: Annotated[tuple[UUID, ...], Field(max_length=MOST_IN_A_MESSAGE)]

    def case_ids(self) -> tuple[CaseId, ...]:
        return tuple(map(CaseId, self.cases))


Message = DaysMessage | CasesMessage
_MESSAGE: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])


def message_of(text: str | bytes) -> Message:
    """Return what a message asks for.

    Raises:
        pydantic.ValidationError: it is none of ours.
    """
    return _MESSAGE.validate_json(text)


def day_messages(days: Iterable[WorkDay]) -> Iterator[str]:
    """Yield the messages that days take; none for none."""
    for some in portions(days, MOST_IN_A_MESSAGE):
        reports = tuple(
            DayReport.model_construct(representative=each.representative, day=each.day)
            for each in some
        )
        yield DaysMessage.model_construct(days=reports).model_dump_json(by_alias=True)


def case_messages(cases: Iterable[CaseId]) -> Iterator[str]:
    """Yield the messages that cases take; none for none."""
    for some in portions(cases, MOST_IN_A_MESSAGE):
        yield CasesMessage.model_construct(cases=some).model_dump_json(by_alias=True)
