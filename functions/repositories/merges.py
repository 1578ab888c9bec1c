"""Time recorded on a case that was merged into another: it counts for the surviving case.

Each row keeps where it was recorded, so that its day can still be made from its segments, which
nobody touches.
"""

from collections.abc import Iterator
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
from functions.timekeeping.identifiers import CaseId
from functions.usecases.portions import portions

CASE = "_cht_caseid_value"
RECORDED_ON = "cht_recordedoncase"
IDS = {
    automatic_time.ENTITY_SET: automatic_time.ID,
    adjustments.ENTITY_SET: adjustments.ID,
    time_logs.ENTITY_SET: time_logs.ID,
}
ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Merges:
    """The rows of merged cases, as the application user sees them."""

    service: DataverseClient
    pace: Pace

    def move(self, merged: CaseId, surviving: CaseId) -> None:
        """Let all rows of a case count for another.

        A row that somebody writes meanwhile is left for the next look.
        """
        asked = {
            table: Question(Query(table).select(key, RECORDED_ON).where(eq(CASE, merged)))
            for table, key in IDS.items()
        }
        with self.pace.request():
            answers = ask(self.service, asked.values())
        rows = ((table, row) for table, each in asked.items() for row in each.rows(answers))
        for some in portions(_moves(rows, merged, surviving), ROWS_AT_ONCE):
            with self.pace.request():
                parts = self.service.batch(some)
            for error in filter(None, map(parts.error, some)):
                if not isinstance(error, PreconditionFailed | RowNotFound):
                    raise error


def _moves(
    rows: Iterator[tuple[str, Row]], merged: CaseId, surviving: CaseId
) -> Iterator[Operation[None]]:
    for table, row in rows:
        columns = {
            "cht_CaseId@odata.bind": link(case_rows.ENTITY_SET, surviving),
            RECORDED_ON: row.get(RECORDED_ON) or str(merged),
        }
        move = op.update(table, UUID(row[IDS[table]]), columns, if_match=row["@odata.etag"])
        # It then meets its own change and is refused, and the case is looked at again.
        yield replace(move, repeatable=True)
