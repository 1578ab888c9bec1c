"""Totals per case, read and written as the application user: one row under the case's own id."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pydantic import Field

from dataverse_client import (
    DataverseClient,
    Operation,
    PreconditionFailed,
    Query,
    RequestRejected,
    RowNotFound,
    all_of,
    ge,
    gt,
    link,
    one_of,
)
from dataverse_client import operations as op
from functions.repositories import cases as case_rows
from functions.repositories import figures
from functions.repositories.availability import as_service, in_time
from functions.repositories.columns import RowModel, cut
from functions.repositories.merges import Merges
from functions.repositories.pace import Pace
from functions.repositories.questions import Question, ask
from functions.repositories.sums import SumQuestion, has_too_many_rows
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.totals import TimeByKind
from functions.usecases.portions import portions
from functions.usecases.total_cases import (
    CaseFigures,
    CaseTotal,
    RecordedTotal,
    TotalChange,
)

ENTITY_SET = "cht_casehandlingtimes"
ID = "cht_casehandlingtimeid"
ACTIVITIES = "cht_activitiesseconds"
MOST_SECONDS = 2_000_000_000
LONGEST_NAME = 200
"""What the columns hold."""


class TotalRow(RowModel):
    """A case's totals as Dataverse sends them."""

    etag: str = Field(alias="@odata.etag")
    id: UUID = Field(alias=ID)
    name: str | None = Field(alias="cht_name", default=None)
    automatic_seconds: int | None = Field(alias="cht_automaticseconds", default=None)
    time_logs_seconds: int | None = Field(alias="cht_timelogsseconds", default=None)
    activities_seconds: int | None = Field(alias=ACTIVITIES, default=None)
    total_seconds: int | None = Field(alias="cht_totalseconds", default=None)

    def to_recorded(self) -> RecordedTotal:
        """Return the total; one that is not whole, or no sum of its parts, is like none of ours."""
        parts = (self.automatic_seconds, self.time_logs_seconds, self.activities_seconds)
        time = TimeByKind(
            automatic=self.automatic_seconds or 0,
            time_logs=self.time_logs_seconds or 0,
            activities=self.activities_seconds or 0,
        )
        if None in parts or _held(time.total) != self.total_seconds:
            time = TimeByKind(automatic=-1)
        return RecordedTotal(
            CaseTotal(case=CaseId(self.id), title=self.name or "", time=time), self.etag
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTotals:
    """The totals of all cases; as a rule one request to look, and one to write."""

    service: DataverseClient
    pace: Pace

    @in_time
    @as_service
    def look(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseFigures]:
        """Read totals before sums: whoever writes over a version has seen all that made it."""
        try:
            return self._seen(cases)
        except RequestRejected as error:
            if not has_too_many_rows(error):
                raise
        # They are too many together; what a case alone has too many of is read row by row.
        halves = portions(cases, (len(cases) + 1) // 2)
        return {case: each for half in halves for case, each in self.look(half).items()}

    def _seen(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseFigures]:
        recorded = Question(of_cases(cases))
        named = Question(case_rows.named(cases))
        question = Question if len(cases) > 1 else SumQuestion
        sums = [question(query) for query in figures.queries_of_all(cases)]
        with self.pace.request():
            answers = ask(self.service, [recorded, named, *sums])
            spent_on = figures.contributions_of_all(*(each.rows(answers) for each in sums))
        known = case_rows.to_named(named.rows(answers))
        rows = map(TotalRow.model_validate, recorded.rows(answers))
        total_of = {row.id: row.to_recorded() for row in rows}
        return {
            case: CaseFigures(
                title=cut(known[case].title or "", LONGEST_NAME),
                merged_into=_case(known[case].merged_into),
                recorded=total_of.get(case),
                contributions=spent_on.get(case, {}),
            )
            for case in cases
            if case in known
        }

    @in_time
    @as_service
    def move(self, merged: Mapping[CaseId, CaseId]) -> None:
        merges = Merges(self.service, self.pace)
        for case, surviving in merged.items():
            merges.move(case, surviving)

    @in_time
    @as_service
    def write(self, changes: Collection[TotalChange]) -> frozenset[CaseId]:
        writes = {each.total.case: write(each) for each in changes}
        with self.pace.request():
            parts = self.service.batch(writes.values())
        errors = {case: error for case, each in writes.items() if (error := parts.error(each))}
        for error in errors.values():
            if not isinstance(error, PreconditionFailed | RowNotFound):
                raise error
        return frozenset(errors)


def _case(row_id: UUID | None) -> CaseId | None:
    return CaseId(row_id) if row_id else None


def of_cases(cases: Collection[CaseId]) -> Query:
    return Query(ENTITY_SET).select(*TotalRow.columns()).where(one_of(ID, cases))


def with_activities(written_since: datetime) -> Query:
    """Ask for the totals that count activities and were written since a moment."""
    condition = all_of(gt(ACTIVITIES, 0), ge("modifiedon", written_since))
    return Query(ENTITY_SET).select(ID, ACTIVITIES).where(condition)


def write(change: TotalChange) -> Operation[None]:
    """Write totals only over the version they were worked out from.

    Safe to repeat after a lost answer: it then meets its own change and is refused, and the case is
    looked at again.
    """
    time, case = change.total.time, change.total.case
    columns = {"cht_name": change.total.title, **seconds_of(time)}
    if change.version is not None:
        update = op.update(ENTITY_SET, case, columns, if_match=change.version)
        return replace(update, repeatable=True)
    row = {"cht_CaseId@odata.bind": link(case_rows.ENTITY_SET, case), **columns}
    return op.merge_or_create(ENTITY_SET, case, row, only_create=True)


def seconds_of(time: TimeByKind) -> dict[str, int]:
    """Return the four columns of seconds, which snapshots have too."""
    return {
        "cht_totalseconds": _held(time.total),
        "cht_automaticseconds": _held(time.automatic),
        "cht_timelogsseconds": _held(time.time_logs),
        ACTIVITIES: _held(time.activities),
    }


def _held(seconds: int) -> int:
    """Return as many seconds as a column holds."""
    return min(seconds, MOST_SECONDS)
