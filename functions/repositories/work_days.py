"""Days of any representative as the service sees and mends them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dataverse_client import (
    AccessDenied,
    BatchAnswers,
    DataverseClient,
    Operation,
    PreconditionFailed,
    RowNotFound,
)
from functions.repositories import automatic_time, representatives, segments
from functions.repositories.availability import as_service, in_time
from functions.repositories.ledger import MAY_NOT_ACT_FOR_OTHERS
from functions.repositories.merges import Merges
from functions.repositories.pace import Pace
from functions.repositories.questions import Question, ask
from functions.repositories.settings import SettingsCache
from functions.timekeeping.daily import DayChange
from functions.timekeeping.identifiers import RepresentativeId
from functions.timekeeping.settings import SettingsBook
from functions.usecases.ledger import Evidence, ServiceNotAllowed
from functions.usecases.portions import portions
from functions.usecases.reconcile_days import DaysWritten

MOST_WRITES = 500
"""What one batch holds; Dataverse takes 1,000 operations."""

MOST_NAMED = 100
"""Rows that one question names by their ids: an address holds about 1,400."""

SignIns = dict[RepresentativeId, UUID | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """Evidence and recorded days of everybody, for the time of one message."""

    service: DataverseClient
    cache: SettingsCache
    pace: Pace
    _sign_ins: SignIns = field(default_factory=dict)

    @in_time
    @as_service
    def settings(self) -> SettingsBook:
        book = self.cache.fresh_for(None)
        if book is None:
            asked = self.cache.questions(None)
            with self.pace.request():
                answers = ask(self.service, asked.questions)
            book = self.cache.keep(asked.read(answers))
        return book

    @in_time
    @as_service
    def look(
        self, days: Mapping[RepresentativeId, Collection[date]]
    ) -> Mapping[RepresentativeId, Evidence]:
        """Ask for all of it in one request, recorded days first; long days have further pages."""
        recorded = Question(automatic_time.of_work_days(days))
        evidence = {whose: Question(segments.of_days(of, whose)) for whose, of in days.items()}
        with self.pace.request():
            answers = ask(self.service, [recorded, *evidence.values()])
            rows = automatic_time.to_recorded_days(recorded.rows(answers))
            seen = {
                whose: segments.evidence_of(whose, question.rows(answers))
                for whose, question in evidence.items()
            }
        found = Merges(self.service, self.pace).checked(rows)
        return {
            whose: Evidence(
                days=frozenset(days[whose]),
                segments=of,
                recorded=tuple(each for each in found if each.time.representative == whose),
            )
            for whose, of in seen.items()
        }

    @in_time
    def write(
        self, due: Collection[DayChange], sign_ins: Mapping[RepresentativeId, UUID | None]
    ) -> DaysWritten:
        written = DaysWritten()
        for some in portions((each for each in due if each.version is not None), MOST_WRITES):
            written = _both(written, self._write_over(some))
        new: defaultdict[RepresentativeId, list[DayChange]] = defaultdict(list)
        for each in due:
            if each.version is None:
                new[each.time.representative].append(each)
        known = self._known(sign_ins) if new else {}
        for whose, changes in new.items():
            for some in portions(changes, MOST_WRITES):
                written = _both(written, self._write_new(some, known[whose]))
        return self._put_back(written)

    @as_service
    def _write_over(self, changes: Collection[DayChange]) -> DaysWritten:
        writes = {each: automatic_time.write(each) for each in changes}
        with self.pace.request():
            parts = self.service.batch(writes.values())
        overtaken, gone = set(), set()
        for change, operation in writes.items():
            match parts.error(operation):
                case None:
                    pass
                case RowNotFound() if change.put_back:
                    gone.add(change)
                case PreconditionFailed() | RowNotFound():
                    overtaken.add(change)
                case error:
                    raise error
        return DaysWritten(overtaken=frozenset(overtaken), gone=frozenset(gone))

    def _write_new(self, changes: Collection[DayChange], sign_in: UUID | None) -> DaysWritten:
        """Write one representative's new days as herself, so that they are hers."""
        if sign_in is None:
            return DaysWritten(refused=frozenset(changes))
        writes = {each: automatic_time.write(each) for each in changes}
        try:
            with self.pace.request():
                parts = self.service.acting_as(sign_in).batch(writes.values())
        except (AccessDenied, RowNotFound) as error:
            if error.context.code == MAY_NOT_ACT_FOR_OTHERS:
                raise ServiceNotAllowed(str(error)) from error
            return DaysWritten(refused=frozenset(changes))
        return _new_written(writes, parts)

    @as_service
    def _put_back(self, written: DaysWritten) -> DaysWritten:
        """Write over rows that have the ids of new days and say to be somebody else's or empty.

        No look at the days finds them, and they stand in the way.
        """
        new = [each for each in written.overtaken if each.version is None]
        for some in portions(new, MOST_NAMED):
            written = self._some_put_back(some, written)
        return written

    def _some_put_back(self, new: Collection[DayChange], written: DaysWritten) -> DaysWritten:
        question = Question(automatic_time.in_place_of(new))
        with self.pace.request():
            answers = ask(self.service, [question])
        found = automatic_time.put_back(new, question.rows(answers))
        again = self._write_over(found.values()) if found else DaysWritten()
        done = {each for each, change in found.items() if change not in again.overtaken}
        gone = {each for each, change in found.items() if change in again.gone}
        return replace(written, overtaken=written.overtaken - done, gone=written.gone | gone)

    @as_service
    def _known(
        self, given: Mapping[RepresentativeId, UUID | None]
    ) -> Mapping[RepresentativeId, UUID | None]:
        """Return everybody's sign-in; all that are not given are found with one question."""
        known = self._sign_ins
        unknown = [whose for whose, sign_in in given.items() if not sign_in and whose not in known]
        if unknown:
            question = Question(representatives.with_ids(unknown))
            with self.pace.request():
                answers = ask(self.service, [question])
            found = representatives.to_sign_ins(question.rows(answers))
            known |= {whose: found.get(whose) for whose in unknown}
        return {whose: sign_in or known[whose] for whose, sign_in in given.items()}


def _new_written(writes: Mapping[DayChange, Operation[None]], parts: BatchAnswers) -> DaysWritten:
    overtaken, gone, refused = set(), set(), set()
    for change, operation in writes.items():
        match parts.error(operation):
            case None:
                pass
            case PreconditionFailed():
                overtaken.add(change)
            case RowNotFound():
                gone.add(change)
            case AccessDenied():
                refused.add(change)
            case error:
                raise error
    return DaysWritten(
        overtaken=frozenset(overtaken), gone=frozenset(gone), refused=frozenset(refused)
    )


def _both(one: DaysWritten, other: DaysWritten) -> DaysWritten:
    return DaysWritten(
        overtaken=one.overtaken | other.overtaken,
        gone=one.gone | other.gone,
        refused=one.refused | other.refused,
    )
