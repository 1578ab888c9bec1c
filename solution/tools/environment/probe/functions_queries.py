"""Every query the functions make, about a case, a day and people that nobody has."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from dataverse_client import Query
from functions.repositories import (
    activities,
    adjustments,
    automatic_time,
    case_totals,
    cases,
    changes,
    figures,
    inventory,
    merges,
    representatives,
    resolutions,
    segments,
    setting_rows,
    snapshots,
    sums,
    time_logs,
)
from functions.repositories.paging import Cursor, Place
from functions.timekeeping.daily import DailyTime, DayChange
from functions.timekeeping.identifiers import CaseId, RepresentativeId, TimeLogId
from functions.usecases.show_history import Section
from solution.model.identity import stable_id

CASE = CaseId(stable_id("probe", "case"))
OTHER_CASE = CaseId(stable_id("probe", "other case"))
REPRESENTATIVE = RepresentativeId(stable_id("probe", "representative"))
SIGN_IN: UUID = stable_id("probe", "sign-in")
LOG = TimeLogId(stable_id("probe", "log"))
DAY = date(2026, 1, 2)
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CURSOR = Cursor(section=Section.TIME_LOGS, place=Place(day=DAY, created=MOMENT), seen="")


def queries() -> Iterator[tuple[str, Query]]:
    """Yield each query with a name; of one that can be narrowed in several ways, each way."""
    yield "settings", setting_rows.DEFINITIONS
    yield "settings of the environment", setting_rows.OF_ENVIRONMENT
    yield "settings of apps", setting_rows.OF_APPS
    yield "some app", setting_rows.SOME_APP
    yield from _of_cases()
    yield from _of_people()
    yield from _of_days()
    yield from _of_lists()
    yield from _of_sums()
    yield from _of_reconciliation()


def _of_cases() -> Iterator[tuple[str, Query]]:
    yield "any case", cases.ANY
    yield "cases", cases.with_ids([CASE])
    yield "what was last merged into a case", cases.last_merged_into(CASE)
    yield "named cases", cases.named([CASE])
    yield "totals of cases", case_totals.of_cases([CASE])
    yield "resolutions of a case", resolutions.of_case(CASE)
    yield "snapshots of a case", snapshots.of_case(CASE)
    for table, query in merges.of_case(CASE).items():
        yield f"{table} of a merged case", query


def _of_people() -> Iterator[tuple[str, Query]]:
    yield "representative by sign-in", representatives.with_sign_in(SIGN_IN)
    yield "representative by either id", representatives.by_either_id(SIGN_IN)
    yield "sign-ins", representatives.with_ids([REPRESENTATIVE])
    yield "names", representatives.named([REPRESENTATIVE])


def _of_days() -> Iterator[tuple[str, Query]]:
    time = DailyTime(
        case=CASE, representative=REPRESENTATIVE, day=DAY, tracked_seconds=0, segment_count=0
    )
    yield "any segment", segments.SEGMENTS
    yield "segments of days", segments.of_days([DAY], REPRESENTATIVE)
    yield "segments of the caller's days", segments.of_days([DAY], None)
    yield "automatic time of days", automatic_time.of_days([DAY], REPRESENTATIVE)
    yield "automatic time of the caller's days", automatic_time.of_days([DAY], None)
    yield "automatic time of work days", automatic_time.of_work_days({REPRESENTATIVE: [DAY]})
    yield "automatic time in place", automatic_time.in_place_of([DayChange(time, None)])
    yield "any automatic time", automatic_time.ANY


def _of_lists() -> Iterator[tuple[str, Query]]:
    for only, whose in ((None, "everybody's"), (REPRESENTATIVE, "one's own")):
        yield f"{whose} corrections", adjustments.of_case(CASE, only)
        for cursor, page in ((None, "first"), (CURSOR, "next")):
            yield f"{whose} time logs, {page} page", time_logs.of_case(CASE, only, cursor)
            yield f"{whose} activities, {page} page", activities.of_case(CASE, only, cursor)
    yield "one time log", time_logs.of_log(CASE, LOG)


def _of_sums() -> Iterator[tuple[str, Query]]:
    columns = figures.CASE_COLUMNS
    of_one = figures.queries(CASE)
    of_several = figures.queries_of_all([CASE, OTHER_CASE])
    for column, one, several in zip(columns, of_one, of_several, strict=True):
        table = f"{one.entity_set} by {column}"
        yield f"sums of {table}", one
        yield f"sums of several {table}", several
        yield f"rows of sums of {table}", sums.of_rows(one)
    spent = activities.spent_on_all([CASE, OTHER_CASE])
    yield "minutes of activities by case", spent
    yield "rows of minutes of activities by case", sums.of_rows(spent)


def _of_reconciliation() -> Iterator[tuple[str, Query]]:
    for query in changes.of_work_days(MOMENT):
        yield f"work days since, {query.entity_set}", query
    yield "work days put in last", changes.of_days_put_in_last(MOMENT)
    for query in changes.of_work_days_on(CASE):
        yield f"work days on a case, {query.entity_set}", query
    for _, query in changes.of_cases(MOMENT):
        yield f"cases since, {query.entity_set}", query
    yield "totals with activities since", case_totals.with_activities(MOMENT)
    yield "activities since", changes.of_activities(MOMENT)
    yield "resolutions since", changes.of_resolutions(MOMENT)
    yield "snapshots since", changes.of_snapshots(MOMENT)
    for query in inventory.of_work_days(DAY, DAY):
        yield f"work days between, {query.entity_set}", query
    for _, query in inventory.of_cases():
        yield f"all cases, {query.entity_set}", query
