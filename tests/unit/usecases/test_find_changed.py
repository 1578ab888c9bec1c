from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from functions.usecases.find_changed import (
    Changed,
    find_changed,
    find_other_activities,
    find_restored,
)
from tests.builders import AMIRA, BORIS, CASE, NOON, OTHER_CASE, TODAY

YESTERDAY = TODAY - timedelta(days=1)


@dataclass(slots=True)
class Seen:
    """What changed, and since when somebody asked."""

    asked: list[datetime] = field(default_factory=list)

    def work_days_since(self, moment: datetime) -> frozenset[WorkDay]:
        self.asked.append(moment)
        return frozenset({WorkDay(BORIS, TODAY), WorkDay(AMIRA, TODAY), WorkDay(AMIRA, YESTERDAY)})

    def work_days_put_in_last(self, written_before: datetime) -> frozenset[WorkDay]:
        return self.work_days_since(written_before)

    def cases_since(self, moment: datetime) -> frozenset[CaseId]:
        self.asked.append(moment)
        return frozenset({OTHER_CASE, CASE})

    def cases_with_other_activities(self, written_since: datetime) -> frozenset[CaseId]:
        self.asked.append(written_since)
        return frozenset({OTHER_CASE, CASE})


def test_cases_with_other_activities_stand_in_order() -> None:
    seen = Seen()

    assert find_other_activities(NOON, changes=seen) == (CASE, OTHER_CASE)
    assert seen.asked == [NOON]


def test_days_that_may_have_been_restored_stand_together_by_representative() -> None:
    seen = Seen()

    days = find_restored(NOON, changes=seen)

    assert days == (WorkDay(AMIRA, YESTERDAY), WorkDay(AMIRA, TODAY), WorkDay(BORIS, TODAY))
    assert seen.asked == [NOON]


def test_days_of_one_representative_stand_together() -> None:
    seen = Seen()

    changed = find_changed(NOON, changes=seen)

    assert changed == Changed(
        days=(WorkDay(AMIRA, YESTERDAY), WorkDay(AMIRA, TODAY), WorkDay(BORIS, TODAY)),
        cases=(CASE, OTHER_CASE),
    )
    assert seen.asked == [NOON, NOON]
