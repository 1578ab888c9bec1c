"""All there is that figures are made of, found page by page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dataverse_client import DataverseClient, Operation, Page, Query, all_of, ge, le
from dataverse_client import operations as op
from functions.repositories import adjustments, automatic_time, case_totals, segments, time_logs
from functions.repositories.availability import as_service, in_time
from functions.repositories.changes import WorkDayRow, rows_from, work_days
from functions.repositories.pace import Pace
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from functions.usecases.rebuild import CasePage

PAGE_SECONDS = 120.0

TABLES_OF_CASES = (
    (automatic_time.ENTITY_SET, automatic_time.ID, automatic_time.CASE),
    (adjustments.ENTITY_SET, adjustments.ID, adjustments.CASE),
    (time_logs.ENTITY_SET, time_logs.ID, time_logs.CASE),
    (case_totals.ENTITY_SET, case_totals.ID, case_totals.ID),
)
"""Where cases have figures of ours, by which id to read on, and where the case is named."""


def of_work_days(first: date, last: date | None) -> tuple[Query, ...]:
    """Ask for the days that there are segments or days of."""
    span = (
        ge("cht_day", first) if last is None else all_of(ge("cht_day", first), le("cht_day", last))
    )
    return tuple(
        rows.select(*WorkDayRow.columns()).where(span)
        for rows in (segments.SEGMENTS, Query(automatic_time.ENTITY_SET))
    )


def of_cases() -> tuple[tuple[str, Query], ...]:
    """Ask for the cases of all rows, table by table; each comes with its case's column."""
    return tuple(
        (column, Query(table).select(column).order_by(key))
        for table, key, column in TABLES_OF_CASES
    )


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far the tables of cases were read: which one, and the link to its next page."""

    table: int
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything, read as whoever runs a rebuild; each page has its own time."""

    dataverse: DataverseClient
    pace: Pace

    @in_time
    @as_service
    def work_days(self, first: date, last: date | None) -> frozenset[WorkDay]:
        asked = {op.read_rows(query): query for query in of_work_days(first, last)}
        with self.pace.request():
            answers = self._client().batch(asked)
        return work_days(
            row
            for operation, query in asked.items()
            for row in rows_from(answers[operation], query, self._page_of)
        )

    @in_time
    @as_service
    def cases(self, rest: object) -> CasePage:
        """Return the cases that one page of a table names."""
        place = rest if isinstance(rest, Bookmark) else Bookmark(0, None)
        column, query = of_cases()[place.table]
        page = self._page_of(op.read_next(place.link, query) if place.link else op.read_rows(query))
        named = frozenset(CaseId(UUID(row[column])) for row in page.rows if row.get(column))
        if page.next_link:
            return CasePage(named, Bookmark(place.table, page.next_link))
        is_last = place.table + 1 == len(of_cases())
        return CasePage(named, None if is_last else Bookmark(place.table + 1, None))

    def _page_of(self, operation: Operation[Page]) -> Page:
        with self.pace.request():
            return self._client().send(operation)

    def _client(self) -> DataverseClient:
        return self.dataverse.within(PAGE_SECONDS)
