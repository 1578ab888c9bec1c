"""Days as the service would mend them: everything is asked, nothing written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dataverse_client import AccessDenied, RowNotFound
from dataverse_client import operations as op
from functions.repositories import automatic_time
from functions.repositories import cases as case_rows
from functions.repositories.availability import as_service, in_time
from functions.repositories.ledger import MAY_NOT_ACT_FOR_OTHERS
from functions.repositories.questions import Question, ask
from functions.repositories.work_days import MOST_NAMED, WorkDays
from functions.timekeeping.daily import DayChange, RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.usecases.ledger import Evidence, ServiceNotAllowed
from functions.usecases.portions import portions
from functions.usecases.reconcile_days import DaysWritten
from functions.usecases.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedDays(WorkDays):
    """Days of everybody for the time of one portion; what would be written is noted instead."""

    rehearsal: Rehearsal
    _seen: dict[tuple[RepresentativeId, str], RecordedDay] = field(default_factory=dict)

    def look(
        self, days: Mapping[RepresentativeId, Collection[date]]
    ) -> Mapping[RepresentativeId, Evidence]:
        found = WorkDays.look(self, days)
        for whose, evidence in found.items():
            for each in evidence.recorded:
                self._seen[whose, each.version] = each
        return found

    @in_time
    def write(
        self, due: Collection[DayChange], sign_ins: Mapping[RepresentativeId, UUID | None]
    ) -> DaysWritten:
        """Tell what could not be written, as far as reading tells.

        Whoever may read days as herself has the role that lets her have some.
        """
        new = [each for each in due if each.version is None]
        placed = {each.time.case for each in due if each.version is None or each.put_back}
        there = self._there(placed) if placed else frozenset()
        known = self._known(sign_ins) if new else {}
        shut_out = {
            whose
            for whose in {each.time.representative for each in new}
            if not self._may_have_days(known[whose])
        }
        refused = frozenset(each for each in new if each.time.representative in shut_out)
        gone = frozenset(each for each in due if each.time.case in placed - there) - refused
        displaced = self._displaced([each for each in new if each not in refused | gone])
        for each in due:
            if each in displaced:
                self.rehearsal.note_day(replace(each, put_back=True), displaced[each])
            elif each not in refused | gone:
                before = self._seen.get((each.time.representative, each.version or ""))
                self.rehearsal.note_day(each, before)
        return DaysWritten(gone=gone, refused=refused)

    @as_service
    def _displaced(self, new: Collection[DayChange]) -> Mapping[DayChange, RecordedDay]:
        """Return what rows say that are in the place of new days, and would be written over."""
        said: dict[DayChange, RecordedDay] = {}
        for some in portions(new, MOST_NAMED):
            question = Question(automatic_time.in_place_of(some))
            with self.pace.request():
                answers = ask(self.service, [question])
            said |= automatic_time.displaced(some, question.rows(answers))
        return said

    @as_service
    def _there(self, cases: Collection[CaseId]) -> frozenset[CaseId]:
        there: set[CaseId] = set()
        for some in portions(sorted(cases), MOST_NAMED):
            question = Question(case_rows.named(some))
            with self.pace.request():
                answers = ask(self.service, [question])
            there |= case_rows.to_named(question.rows(answers)).keys()
        return frozenset(there)

    def _may_have_days(self, sign_in: UUID | None) -> bool:
        if sign_in is None:
            return False
        try:
            with self.pace.request():
                self.service.acting_as(sign_in).send(op.read_rows(automatic_time.ANY))
        except (AccessDenied, RowNotFound) as error:
            if error.context.code == MAY_NOT_ACT_FOR_OTHERS:
                raise ServiceNotAllowed(str(error)) from error
            return False
        return True
