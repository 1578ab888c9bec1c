"""The ten cases: eight active ones, a resolved and a cancelled one."""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID, uuid5

from tests.local_stack.office.people import AMIRA, BEN, CHLOE, OFFICE, Person


class State(IntEnum):
    """``incident.statecode``."""

    ACTIVE = 0
    RESOLVED = 1
    CANCELLED = 2


STATUS_OF = {State.ACTIVE: 1, State.RESOLVED: 5, State.CANCELLED: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededCase:
    """One case; ``parent`` is the number of the case it is a part of."""

    number: int
    title: str
    owner: Person
    state: State = State.ACTIVE
    parent: int | None = None

    @property
    def id(self) -> UUID:
        return case_id(self.number)

    @property
    def ticket_number(self) -> str:
        return f"CAS-{self.number:05}"


def case_id(number: int) -> UUID:
    return uuid5(OFFICE, f"incident/{number}")


BUSIEST = 2
"""The case with 40 activities."""

RESOLVED = 9

CASES = (
    SeededCase(number=1, title="Coffee machine grinds but does not brew", owner=AMIRA),
    SeededCase(number=2, title="Network in the branch office drops every hour", owner=BEN),
    SeededCase(number=3, title="Router of the branch office to be replaced", owner=BEN, parent=2),
    SeededCase(number=4, title="Invoice shows the old delivery address", owner=AMIRA),
    SeededCase(number=5, title="Warranty claim for a dented refrigerator", owner=CHLOE),
    SeededCase(number=6, title="Cannot sign in after changing the phone", owner=CHLOE),
    SeededCase(number=7, title="Spare part for the label printer not in stock", owner=BEN),
    SeededCase(number=8, title="Question about the service contract renewal", owner=AMIRA),
    SeededCase(
        number=RESOLVED,
        title="Parcel delivered to the neighbour",
        owner=CHLOE,
        state=State.RESOLVED,
    ),
    SeededCase(number=10, title="Refund asked for twice", owner=BEN, state=State.CANCELLED),
)
