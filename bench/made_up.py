"""Evidence by formula: each person worked ten days, a hundred segments a day on ten cases in turn.

A minute each, written through a form's own session, so that everything about them has to be judged.
Whatever is known of a person, case or segment follows from its number, which its id ends with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId

SEGMENTS_A_DAY, CASES_EACH, DAYS = 100, 10, 10
SEGMENTS_EACH = SEGMENTS_A_DAY * DAYS
SECONDS_A_DAY = SEGMENTS_A_DAY // CASES_EACH * 60
"""Of each of her cases."""

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def representative_id(person: int) -> RepresentativeId:
    return RepresentativeId(UUID(f"d0000000-0000-4000-8000-{person:012d}"))


def sign_in_of(person: int) -> UUID:
    return UUID(f"e0000000-0000-4000-8000-{person:012d}")


def case_id(number: int) -> CaseId:
    return CaseId(UUID(f"c0000000-0000-4000-8000-{number:012d}"))


def number_of(row_id: UUID | str) -> int:
    """Return the number that an id ends with."""
    return int(str(row_id)[-12:])


def cases_of(person: int) -> list[CaseId]:
    return [case_id(person * CASES_EACH + number) for number in range(CASES_EACH)]


def day_before(number: int) -> date:
    return (NOW - timedelta(days=number)).date()


def work_days(people: int) -> Iterator[WorkDay]:
    """Yield every day of everybody, those of one person together."""
    for person in range(people):
        for number in range(1, DAYS + 1):
            yield WorkDay(representative_id(person), day_before(number))


@dataclass(frozen=True, slots=True)
class MadeUpSegment:
    """A minute of somebody's day."""

    id: UUID
    person: int
    case: CaseId
    start: datetime

    @property
    def end(self) -> datetime:
        return self.start + MINUTE


def segments_on(person: int, day: date) -> Iterator[MadeUpSegment]:
    """Yield one person's segments of a day, from eight o'clock on."""
    days_ago = (NOW.date() - day).days
    if not 1 <= days_ago <= DAYS:
        return
    start = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    for minute in range(SEGMENTS_A_DAY):
        number = person * SEGMENTS_EACH + (days_ago - 1) * SEGMENTS_A_DAY + minute
        yield MadeUpSegment(
            id=UUID(f"5e000000-0000-4000-8000-{number:012d}"),
            person=person,
            case=case_id(person * CASES_EACH + minute % CASES_EACH),
            start=start + minute * MINUTE,
        )
