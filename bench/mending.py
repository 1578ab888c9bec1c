"""Reconciliation of made-up evidence, and the least that would be done for the same rows.

``python -m bench.mending WORK --people N --dataverse URL`` does one of them in a process of its
own, with Dataverse in another, and prints what it took as JSON.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from bench.made_up import (
    CASES_EACH,
    DAYS,
    NOW,
    SECONDS_A_DAY,
    SEGMENTS_A_DAY,
    SEGMENTS_EACH,
    cases_of,
    number_of,
    sign_in_of,
    work_days,
)
from dataverse_client import BatchAnswers, DataverseClient, Operation, StaticToken, connect
from functions import wiring
from functions.contracts.reconcile import MOST_IN_A_MESSAGE
from functions.repositories import automatic_time, case_totals, segments
from functions.repositories.pace import Pace
from functions.repositories.settings import SettingsCache
from functions.timekeeping.daily import DailyTime, DayChange, WorkDay
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.totals import TimeByKind
from functions.usecases.portions import portions
from functions.usecases.reconcile_days import reconcile_days
from functions.usecases.total_cases import CaseTotal, TotalChange
from tests.mock_dataverse.limits import Limits

MOST_IN_A_BATCH = Limits().batch_parts

Work = Callable[[DataverseClient, int], None]


def client(url: str) -> DataverseClient:
    """Return a client of a Dataverse that takes any token for the service's."""
    return connect(url, StaticToken("token"))


def mend(dataverse: DataverseClient, people: int) -> None:
    """Make every day, a hundred to a message as the queue brings them, without the rests."""
    cache, pace = SettingsCache(), Pace(time.monotonic, rest=lambda _: None)
    for some in portions(work_days(people), MOST_IN_A_MESSAGE):
        storage = wiring.reconciliation(dataverse, cache=cache, pace=pace)
        done = reconcile_days(
            dict.fromkeys(some), now=NOW, days=storage.days, totals=storage.totals
        )
        if done.waiting or done.refused or done.gone or done.too_old:
            raise RuntimeError(f"not all was done: {done}")


def only_read(dataverse: DataverseClient, people: int) -> None:
    """Read the same segments and do nothing else."""
    for whose, days in groupby(work_days(people), key=lambda each: each.representative):
        query = segments.of_days([each.day for each in days], whose)
        found = sum(1 for _ in dataverse.rows(query))
        if found != SEGMENTS_EACH:
            raise RuntimeError(f"{found} segments")


def only_write(dataverse: DataverseClient, people: int) -> None:
    """Write the same rows and do nothing else: each one's days as herself, and the totals."""
    for whose, days in groupby(work_days(people), key=lambda each: each.representative):
        person = number_of(whose)
        rows = [_day(each, case) for each in days for case in cases_of(person)]
        _written(rows, dataverse.acting_as(sign_in_of(person)).batch(rows))
    totals = (_total(case) for person in range(people) for case in cases_of(person))
    for some in portions(totals, MOST_IN_A_BATCH):
        _written(some, dataverse.batch(some))


WORK: dict[str, Work] = {
    "mend": mend,
    "only_read": only_read,
    "only_write": only_write,
}


def _written(rows: Iterable[Operation[None]], answers: BatchAnswers) -> None:
    for row in rows:
        _ = answers[row]


def _day(work_day: WorkDay, case: CaseId) -> Operation[None]:
    time_of_day = DailyTime(
        case=case,
        representative=work_day.representative,
        day=work_day.day,
        tracked_seconds=SECONDS_A_DAY,
        segment_count=SEGMENTS_A_DAY // CASES_EACH,
    )
    return automatic_time.write(DayChange(time_of_day, None))


def _total(case: CaseId) -> Operation[None]:
    seconds = TimeByKind(automatic=SECONDS_A_DAY * DAYS)
    return case_totals.write(TotalChange(CaseTotal(case=case, title="", time=seconds), None))


def _peak_kib() -> int:
    """Return the most memory this process has had; `getrusage` counts its parent's on Linux."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # bytes on macOS
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.mending")
    parser.add_argument("work", choices=WORK)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--dataverse", required=True)
    arguments = parser.parse_args()
    with client(arguments.dataverse) as dataverse:
        started, before = time.process_time(), _peak_kib()
        WORK[arguments.work](dataverse, arguments.people)
        taken = {
            "cpuSeconds": time.process_time() - started,
            "peakKib": _peak_kib(),
            "peakKibBefore": before,
        }
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
