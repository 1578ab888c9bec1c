"""Time recorded on a case that was merged into another: it counts for the surviving case.

Each row keeps where it was recorded, so that its day can still be made from its segments, which
nobody touches.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dataverse_client import (
    DataverseClient,
    Operation,
    PreconditionFailed,
    Query,
    Row,
    RowNotFound,
    eq,
    link,
)
from dataverse_client import operations as op
from functions.repositories import adjustments, automatic_time, time_logs
from functions.repositories import cases as case_rows
from functions.repositories.pace import Pace
from functions.repositories.questions import Question, ask
from functions.timekeeping.daily import RecordedDay
from functions.timekeeping.identifiers import CaseId
from functions.usecases.portions import portions

CASE = "_cht_caseid_value"
RECORDED_ON = automatic_time.RECORDED_ON
IDS = {
    automatic_time.ENTITY_SET: automatic_time.ID,
    adjustments.ENTITY_SET: adjustments.ID,
    time_logs.ENTITY_SET: time_logs.ID,
}
ROWS_AT_ONCE = 100
"""Also how many cases a question names: an address holds about 1,400."""


def of_case(case: CaseId) -> dict[str, Query]:
    """Ask each table for the rows that count for a case, and where they were recorded."""
    return {
        table: Query(table).select(key, RECORDED_ON).where(eq(CASE, case))
        for table, key in IDS.items()
    }


@dataclass(frozen=True, slots=True)
class Merges:
    """The rows of merged cases, as the application user sees them."""

    service: DataverseClient
    pace: Pace

    def checked(self, days: Sequence[RecordedDay]) -> Sequence[RecordedDay]:
        """Return the days; those that count for another case without a merge are misplaced.

        Representatives can write their own rows. Where no day counts for another case, nothing is
        asked.
        """
        moved = {each.time.case for each in days if each.counts_for and not each.stray}
        masters = self._masters(moved)
        return [
            replace(each, misplaced=True)
            if each.time.case in moved and each.counts_for and not _leads(each, masters)
            else each
            for each in days
        ]

    def _masters(self, cases: Iterable[CaseId]) -> Mapping[CaseId, CaseId | None]:
        """Return which cases these were merged into, and those again, to the end.

        Of what cannot be known, because a case is gone, there is no entry.
        """
        masters: dict[CaseId, CaseId | None] = {}
        due = set(cases)
        asked: set[CaseId] = set()
        while due:
            for some in portions(sorted(due), ROWS_AT_ONCE):
                masters |= self._masters_of(some)
            asked |= due
            due = {master for master in masters.values() if master} - asked
        return masters

    def _masters_of(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseId | None]:
        question = Question(case_rows.named(cases))
        with self.pace.request():
            answers = ask(self.service, [question])
            known = case_rows.to_named(question.rows(answers))
        return {
            case: CaseId(row.merged_into) if row.merged_into else None
            for case, row in known.items()
            if row.merged_into or not row.merged
        }

    def move(self, merged: CaseId, surviving: CaseId) -> None:
        """Let all rows of a case count for another.

        A row that somebody writes meanwhile is left for the next look.
        """
        asked = {table: Question(query) for table, query in of_case(merged).items()}
        with self.pace.request():
            answers = ask(self.service, asked.values())
            rows = [(table, row) for table, each in asked.items() for row in each.rows(answers)]
        for some in portions(_moves(rows, merged, surviving), ROWS_AT_ONCE):
            with self.pace.request():
                parts = self.service.batch(some)
            for error in filter(None, map(parts.error, some)):
                if not isinstance(error, PreconditionFailed | RowNotFound):
                    raise error


def _leads(day: RecordedDay, masters: Mapping[CaseId, CaseId | None]) -> bool:
    """Tell whether merges lead from where a day was worked on to where it counts, or may have."""
    case: CaseId | None = day.time.case
    for _ in range(len(masters) + 1):
        if case is None or case == day.counts_for:
            break
        if case not in masters:
            return True
        case = masters[case]
    return case == day.counts_for


def _moves(
    rows: Iterable[tuple[str, Row]], merged: CaseId, surviving: CaseId
) -> Iterator[Operation[None]]:
    for table, row in rows:
        columns = {
            "cht_CaseId@odata.bind": link(case_rows.ENTITY_SET, surviving),
            RECORDED_ON: row.get(RECORDED_ON) or str(merged),
        }
        move = op.update(table, UUID(row[IDS[table]]), columns, if_match=row["@odata.etag"])
        # It then meets its own change and is refused, and the case is looked at again.
        yield replace(move, repeatable=True)
