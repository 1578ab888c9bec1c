"""Activities regarding the cases: what representatives did besides having the form open."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import NamedTuple

from tests.local_stack.office.cases import BUSIEST, RESOLVED, case_id
from tests.local_stack.office.people import AMIRA, BEN, CHLOE, Person
from tests.local_stack.office.work import SeedRow, at, seeded_id, wire


class Kind(NamedTuple):
    """A table of activities, what such a thing is called, and its statuses when done and open."""

    table: str
    subject: str
    done: tuple[int, int]
    open: tuple[int, int]


KINDS = (
    Kind("phonecall", "Call with the customer", done=(1, 2), open=(0, 1)),
    Kind("email", "Reply with the next steps", done=(1, 3), open=(0, 1)),
    Kind("task", "Check the measurements", done=(1, 5), open=(0, 3)),
    Kind("appointment", "Visit on site", done=(1, 3), open=(3, 5)),
)
PEOPLE = (BEN, AMIRA, CHLOE)
MANY = 40
EVERY_FEW = 8
"""One in so many activities is still open and took no time yet."""


def activity_rows(today: date) -> Iterator[SeedRow]:
    """Yield 40 activities of the busiest case and a few of others."""
    for number in range(MANY):
        yield _activity(BUSIEST, number, PEOPLE[number % len(PEOPLE)], today)
    yield _activity(1, 0, AMIRA, today)
    yield _activity(1, 1, BEN, today)
    yield _activity(5, 0, CHLOE, today)
    yield _activity(RESOLVED, 2, CHLOE, today)


def _activity(case: int, number: int, person: Person, today: date) -> SeedRow:
    kind = KINDS[number % len(KINDS)]
    unfinished = number % EVERY_FEW == EVERY_FEW - 1
    minutes = None if unfinished else 5 + 5 * (number % 5)
    began = at(today, 1 + number // 4, time(9 + number % 4 * 2, 10))
    state, status = kind.open if unfinished else kind.done
    values: dict[str, object] = {
        "activityid": seeded_id(f"activity/{case}/{number}"),
        "subject": f"{kind.subject} ({number + 1})",
        "regardingobjectid": str(case_id(case)),
        "ownerid": str(person.systemuserid),
        "actualdurationminutes": minutes,
        "scheduledstart": wire(began),
        "scheduledend": wire(began + timedelta(minutes=30)),
        "statecode": state,
        "statuscode": status,
    }
    if minutes is not None:
        values["actualstart"] = wire(began)
        values["actualend"] = wire(began + timedelta(minutes=minutes))
    return SeedRow(began, kind.table, values)
