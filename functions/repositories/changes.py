"""Rows that changed since a moment, read page by page; only whose and when is kept of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    AccessDenied,
    DataverseClient,
    Operation,
    Page,
    Query,
    RequestRejected,
    Row,
    eq,
    ge,
    lt,
)
from dataverse_client import operations as op
from functions.repositories import (
    activities,
    adjustments,
    automatic_time,
    case_totals,
    resolutions,
    segments,
    snapshots,
    time_logs,
)
from functions.repositories import cases as case_rows
from functions.repositories.availability import as_service, in_time
from functions.repositories.columns import RowModel
from functions.repositories.figures import SECONDS_A_MINUTE
from functions.repositories.pace import Pace
from functions.repositories.sums import added_up, has_too_many_rows, of_rows
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId, ResolutionId, snapshot_id
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.portions import portions

ENTITY_SET = segments.ENTITY_SET
"""The table whose columns ``WorkDayRow`` names; recorded days have them too."""

MOST_RESTORED = 500
"""Days a night at most, beside the 3,000 that a thousand representatives write in three days."""

CASES_COMPARED_AT_ONCE = 100
"""They share one sum, whose address stays below 8 KiB."""

LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname"


class WorkDayRow(RowModel):
    """Whose day a row is about."""

    representative_id: UUID = Field(alias="_cht_representativeid_value")
    day: date = Field(alias="cht_day")


def work_days(rows: Iterable[Row]) -> frozenset[WorkDay]:
    """Return the days that rows are about; one that names nobody or no day is about none.

    Dataverse asks its forms for these columns and lets a console leave them out. Such a row must
    keep nobody else's day from being found.
    """
    known = (row for row in rows if all(row.get(name) for name in WorkDayRow.columns()))
    return frozenset(
        WorkDay(RepresentativeId(row.representative_id), row.day)
        for row in map(WorkDayRow.model_validate, known)
    )


def of_work_days(since: datetime) -> tuple[Query, Query]:
    """Ask for the days of new segments, and for those of changed days."""
    created = segments.SEGMENTS.where(ge("createdon", since))
    written = Query(automatic_time.ENTITY_SET).where(ge("modifiedon", since))
    columns = WorkDayRow.columns()
    return created.select(*columns), written.select(*columns)


def of_work_days_on(case: CaseId) -> tuple[Query, Query]:
    """Ask for the days on which a case has segments, and for those on which it has a record."""
    worked = segments.SEGMENTS.where(eq(automatic_time.CASE, case))
    recorded = Query(automatic_time.ENTITY_SET).where(eq(automatic_time.CASE, case))
    columns = WorkDayRow.columns()
    return worked.select(*columns), recorded.select(*columns)


def of_days_put_in_last(written_before: datetime) -> Query:
    """Ask for the days of old records, latest version first.

    The version is new for a record that was restored, ``modifiedon`` is not.
    """
    before = Query(automatic_time.ENTITY_SET).where(lt("modifiedon", written_before))
    latest_first = before.order_by("versionnumber", descending=True).top(MOST_RESTORED)
    return latest_first.select(*WorkDayRow.columns())


def of_cases(since: datetime) -> tuple[tuple[str, Query], ...]:
    """Ask each table for the cases of its changed rows; each comes with its case's column."""
    columns = {
        case_rows.ENTITY_SET: "incidentid",
        time_logs.ENTITY_SET: time_logs.CASE,
        adjustments.ENTITY_SET: adjustments.CASE,
    }
    changed = ge("modifiedon", since)
    return tuple(
        (column, Query(table).select(column).where(changed)) for table, column in columns.items()
    )


def of_activities(since: datetime) -> Query:
    """Ask what changed activities regard, and of which table that is."""
    query = Query(activities.ENTITY_SET).select(activities.REGARDING)
    return query.where(ge("modifiedon", since)).annotated(LOOKUP_TABLE)


def of_resolutions(since: datetime) -> Query:
    query = Query(resolutions.ENTITY_SET).select(resolutions.ID, resolutions.CASE)
    return query.where(ge("createdon", since))


def of_snapshots(since: datetime) -> Query:
    return Query(snapshots.ENTITY_SET).select(snapshots.ID).where(ge("createdon", since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that changed, read as the application user."""

    service: DataverseClient
    pace: Pace

    @in_time
    @as_service
    def work_days_since(self, moment: datetime) -> frozenset[WorkDay]:
        return self._work_days(of_work_days(moment))

    @in_time
    @as_service
    def work_days_of(self, cases: Iterable[CaseId]) -> frozenset[WorkDay]:
        """Return the days on which cases have segments or a record."""
        return self._work_days(query for case in cases for query in of_work_days_on(case))

    @in_time
    @as_service
    def work_days_put_in_last(self, written_before: datetime) -> frozenset[WorkDay]:
        """Return the days of records that were written before and have the latest versions."""
        try:
            return self._work_days([of_days_put_in_last(written_before)])
        except AccessDenied:
            raise
        except RequestRejected as error:
            raise StorageUnavailable(str(error)) from error

    @in_time
    @as_service
    def cases_since(self, moment: datetime) -> frozenset[CaseId]:
        found = {row.get(column) for column, query in of_cases(moment) for row in self._rows(query)}
        found |= {
            row.get(activities.REGARDING)
            for row in self._rows(of_activities(moment))
            if row.get(f"{activities.REGARDING}@{LOOKUP_TABLE}") == "incident"
        }
        return frozenset(CaseId(UUID(each)) for each in found if each)

    @in_time
    @as_service
    def cases_with_other_activities(self, written_since: datetime) -> frozenset[CaseId]:
        """Compare sums: neither a deletion nor a move leaves a row that says so."""
        recorded = {
            CaseId(UUID(row[case_totals.ID])): row[case_totals.ACTIVITIES]
            for row in self._rows(case_totals.with_activities(written_since))
        }
        found: set[CaseId] = set()
        for some in portions(recorded, CASES_COMPARED_AT_ONCE):
            sums = self._sums(activities.spent_on_all(some))
            spent = {row[activities.REGARDING]: row["minutes"] or 0 for row in sums}
            found |= {
                case
                for case in some
                if spent.get(str(case), 0) * SECONDS_A_MINUTE != recorded[case]
            }
        return frozenset(found)

    @in_time
    @as_service
    def unkept_since(self, moment: datetime) -> frozenset[CaseId]:
        """Compare ids alone; resolutions come first, so that one kept meanwhile is seen as kept."""
        resolved, kept = of_resolutions(moment), of_snapshots(moment)
        found = {
            snapshot_id(ResolutionId(UUID(row[resolutions.ID]))): CaseId(
                UUID(row[resolutions.CASE])
            )
            for row in self._rows(resolved)
            if row.get(resolutions.CASE)
        }
        for row in self._rows(kept):
            found.pop(UUID(row[snapshots.ID]), None)
        return frozenset(found.values())

    def _work_days(self, queries: Iterable[Query]) -> frozenset[WorkDay]:
        return work_days(row for query in queries for row in self._rows(query))

    def _rows(self, query: Query) -> Iterator[Row]:
        return rows_from(self._page_of(op.read_rows(query)), query, self._page_of)

    def _sums(self, query: Query) -> list[Row]:
        """Return a row for each group; of too many rows, they are added up here."""
        try:
            return list(self._rows(query))
        except RequestRejected as error:
            if not has_too_many_rows(error):
                raise
        return added_up(query, self._rows(of_rows(query)))

    def _page_of(self, operation: Operation[Page]) -> Page:
        with self.pace.request():
            return self.service.send(operation)


def rows_from(
    page: Page, query: Query, page_of: Callable[[Operation[Page]], Page]
) -> Iterator[Row]:
    """Yield the rows of a page and of all after it, each page when it is needed."""
    yield from page.rows
    while page.next_link:
        page = page_of(op.read_next(page.next_link, query))
        yield from page.rows
