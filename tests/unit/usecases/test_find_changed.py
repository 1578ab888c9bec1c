from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from functions.usecases.find_changed import Changed, find_changed
from tests.builders import AMIRA, BORIS, CASE, NOON, OTHER_CASE, TODAY

YESTERDAY = TODAY - timedelta(days=1)


@dataclass(slots=True)
class Seen:
    """What changed, and since when somebody asked."""

    asked: list[datetime] = field(default_factory=list)

    def work_days_since(self, moment: datetime) -> frozenset[WorkDay]:
        self.asked.append(moment)
        return frozenset({WorkDay(BORIS, TODAY), WorkDay(AMIRA, TODAY), WorkDay(AMIRA, YESTERDAY)})

    def cases_since(self, moment: datetime) -> frozenset[CaseId]:
        self.asked.append(moment)
        return frozenset({OTHER_CASE, CASE})


def test_days_of_one_representative_stand_together() -> None:
    seen = Seen()

    changed = find_changed(NOON, changes=seen)

    assert changed == Changed(
        days=(WorkDay(AMIRA, YESTERDAY), WorkDay(AMIRA, TODAY), WorkDay(BORIS, TODAY)),
        cases=(CASE, OTHER_CASE),
    )
    assert seen.asked == [NOON, NOON]
