"""What reconciliation costs: requests for a thousand segments, and time beside writing the rows.

Everything runs in this process, Dataverse (the mock) included, so that what is asked of it counts
as well; the rests between requests are left out. More than ten thousand segments by
``python -m bench.reconciliation --people 100``.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from bench.table import Line, table
from dataverse_client import Operation
from functions.contracts.reconcile import MOST_IN_A_MESSAGE
from functions.repositories import automatic_time, case_totals, segments
from functions.timekeeping.daily import DailyTime, DayChange, WorkDay
from functions.timekeeping.identifiers import NAMESPACE, CaseId, RepresentativeId
from functions.timekeeping.totals import TimeByKind
from functions.usecases.portions import portions
from functions.usecases.reconcile_days import reconcile_days
from functions.usecases.total_cases import CaseTotal, TotalChange
from tests.api.harness import NOON, Api, Clock
from tests.api.reconciling import from_a_form
from tests.conftest import environment
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SEGMENTS_A_DAY, CASES_A_DAY, DAYS = 100, 10, 10
SEGMENTS_EACH = SEGMENTS_A_DAY * DAYS
PEOPLE = [1, 10]
LATENCY_SECONDS = 0.05
"""What each request takes beside the work, reckoned and not waited for."""


@dataclass(frozen=True, slots=True)
class Office:
    """People who worked ten days each, a hundred segments a day on ten cases in turn."""

    mock: MockDataverse
    api: Api
    people: tuple[User, ...]
    cases: tuple[UUID, ...]

    @property
    def work_days(self) -> dict[WorkDay, UUID | None]:
        return {
            WorkDay(RepresentativeId(each.systemuserid), (NOON - timedelta(days=day)).date()): None
            for each in self.people
            for day in range(1, DAYS + 1)
        }

    def measure(self, work: Callable[["Office"], None]) -> tuple[int, float]:
        """Return how many requests and seconds of CPU the work takes."""
        self.mock.clear_requests()
        started = time.process_time()
        work(self)
        return len(self.mock.requests), time.process_time() - started


@contextmanager
def office(people: int) -> Iterator[Office]:
    """Open an office in which every segment is stored and nothing is recorded."""
    clock = Clock()
    with environment(clock) as mock:
        users = tuple(mock.add_user(f"Person {number} (demo)") for number in range(people))
        cases = tuple(
            mock.add_row("incident", {"incidentid": uuid5(NAMESPACE, f"bench/{number}")})
            for number in range(CASES_A_DAY)
        )
        for user in users:
            for number in range(SEGMENTS_EACH):
                day, minute = divmod(number, SEGMENTS_A_DAY)
                base = NOON - timedelta(days=day + 1)
                case = cases[number % CASES_A_DAY]
                from_a_form(mock, user, case, minute * 60, minute * 60 + 60, base=base)
        api = Api(mock, clock)
        yield Office(mock, api, users, cases)
        api.services.shared.executor.shutdown()


def mend(of: Office) -> None:
    """Make every day, a hundred to a message as the queue brings them."""
    for some in portions(of.work_days, MOST_IN_A_MESSAGE):
        with of.api.services.reconciliation() as storage:
            done = reconcile_days(
                dict.fromkeys(some), now=NOON, days=storage.days, totals=storage.totals
            )
        if done.waiting or done.refused or done.gone:
            raise RuntimeError(f"not all was done: {done}")


def only_read(of: Office) -> None:
    """Read the same segments and do nothing else."""
    service = of.api.services.dataverse
    for user in of.people:
        days = (each.day for each in of.work_days if each.representative == user.systemuserid)
        whose = RepresentativeId(user.systemuserid)
        found = sum(1 for _ in service.rows(segments.of_days(days, whose)))
        if found != SEGMENTS_EACH:
            raise RuntimeError(f"{found} segments")


def only_write(of: Office) -> None:
    """Write the same rows and do nothing else: each one's days as herself, and the totals."""
    service = of.api.services.dataverse
    for user in of.people:
        days = [each for each in of.work_days if each.representative == user.systemuserid]
        rows = [_day(each, case) for each in days for case in of.cases]
        answers = service.acting_as(user.entra_object_id).batch(rows)
        for row in rows:
            _ = answers[row]
    seconds = TimeByKind(automatic=SEGMENTS_EACH // CASES_A_DAY * 60 * len(of.people))
    totals = [
        case_totals.write(TotalChange(CaseTotal(case=CaseId(case), title="", time=seconds), None))
        for case in of.cases
    ]
    answers = service.batch(totals)
    for total in totals:
        _ = answers[total]


def _day(work_day: WorkDay, case: UUID) -> Operation[None]:
    time_of_day = DailyTime(
        case=CaseId(case),
        representative=work_day.representative,
        day=work_day.day,
        tracked_seconds=600,
        segment_count=10,
    )
    return automatic_time.write(DayChange(time_of_day, None))


def measure() -> list[Line]:
    return [line for people in PEOPLE for line in _of(people)]


def _time(requests: int, cpu_seconds: float) -> float:
    return requests * LATENCY_SECONDS + cpu_seconds


def _of(people: int) -> list[Line]:
    number = people * SEGMENTS_EACH
    with office(people) as of:
        asked, taken = of.measure(mend)
        checked, checking = of.measure(mend)
        rows = len(of.mock.rows("cht_automatictime"))
    with office(people) as of:
        pages, reading = of.measure(only_read)
        writes, writing = of.measure(only_write)
    if rows != people * DAYS * CASES_A_DAY:
        raise RuntimeError(f"{rows} rows")
    a_thousand = 1000 / number
    size = f"reconciling {number:,} segments"
    return [
        Line(
            f"{size}, none recorded: requests per 1,000",
            f"{asked * a_thousand:.1f}",
            f"{(pages + writes) * a_thousand:.1f} (reading and writing the rows)",
            asked / (pages + writes),
            "≤ 2",
        ),
        Line(
            f"{size}, none recorded: CPU with the mock",
            f"{taken:.2f} s",
            f"{reading + writing:.2f} s (the same; {writing:.2f} s of it writing)",
            taken / (reading + writing),
        ),
        Line(
            f"{size}, none recorded: time, {LATENCY_SECONDS * 1000:.0f} ms on the way to Dataverse",
            f"{_time(asked, taken):.1f} s",
            f"{_time(pages + writes, reading + writing):.1f} s (the same)",
            _time(asked, taken) / _time(pages + writes, reading + writing),
            "≤ 1.5",
        ),
        Line(
            f"{size}, all recorded: requests per 1,000",
            f"{checked * a_thousand:.1f}, {checking:.2f} s CPU",
            f"{pages * a_thousand:.1f} (reading the rows)",
            checked / pages,
            "≤ 2",
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=PEOPLE, help="a thousand each")
    print(table([line for people in parser.parse_args().people for line in _of(people)]))


if __name__ == "__main__":
    main()
