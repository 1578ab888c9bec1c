"""One look is one round trip, one entry another: the batches that the use cases stand on."""

import logging
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from uuid import UUID

from dataverse_client import (
    AccessDenied,
    BatchAnswers,
    DataverseClient,
    DataverseError,
    DataverseUnavailable,
    DuplicateRow,
    NotRun,
    Operation,
    PreconditionFailed,
    RequestRejected,
    RowNotFound,
    Unauthenticated,
)
from functions.repositories import automatic_time, segments
from functions.repositories.availability import in_time
from functions.repositories.look import AskedAsCaller, AskedAsService, days_of
from functions.repositories.questions import Answers, Question, ask
from functions.repositories.representatives import KnownPeople, KnownRepresentatives
from functions.repositories.setting_questions import Reading
from functions.repositories.settings import SettingsCache
from functions.timekeeping.daily import DayChange
from functions.timekeeping.errors import NotARepresentative
from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId
from functions.timekeeping.segments import Refusal
from functions.usecases.ledger import (
    Entered,
    Entry,
    Evidence,
    Look,
    ServiceNotAllowed,
    Snapshot,
    StorageUnavailable,
)

log = logging.getLogger(__name__)

MAY_NOT_ACT_FOR_OTHERS = "0x8004a110"
"""The application user lacks ``prvActOnBehalfOfAnotherUser``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the ledgers of all callers of a process share: nothing that must outlive it."""

    settings: SettingsCache
    representatives: KnownRepresentatives
    people: KnownPeople
    executor: Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class DataverseLedger:
    """Storage as one person may use it, for one call.

    Args:
        service: acts as the application user.
        person: acts as the person.
        sign_in: the person's Entra object id.
    """

    service: DataverseClient
    person: DataverseClient
    sign_in: UUID
    shared: Shared

    @in_time
    def look(self, look: Look) -> Snapshot:
        """Ask both halves at the same time; figures go to nobody who may not read the case."""
        known = self.shared.representatives.get(self.sign_in)
        cache = self.shared.settings
        settings = cache.fresh_for(look.app) or cache.questions(look.app)
        days = days_of(look.spans, cache.last_known)
        as_caller = AskedAsCaller(look, days, known)
        general = AskedAsService(look, sign_in=self.sign_in, known=known, settings=settings)
        asked = self.shared.executor.submit(ask, self.service, general.questions)
        try:
            callers = ask(self.person, as_caller.questions)
        except (AccessDenied, RowNotFound) as error:
            if error.context.code == MAY_NOT_ACT_FOR_OTHERS:
                raise ServiceNotAllowed(str(error)) from error
            raise NotARepresentative("not a user of this environment") from error
        found = general.found(asked.result())
        if known is None:
            self.shared.representatives.keep(self.sign_in, found.representative)
        book = cache.keep(found.settings) if isinstance(found.settings, Reading) else found.settings
        evidence = as_caller.evidence(callers)
        return Snapshot(
            representative=found.representative,
            settings=book,
            cases=as_caller.cases(callers),
            may_track=evidence is not None,
            evidence=evidence or Evidence(),
            figures=found.figures,
        )

    @in_time
    def enter(self, entry: Entry) -> Entered:
        """Send one batch; where days are to be written, it stops at the first failure.

        So no day is ever recorded with a segment that is not evidence.
        """
        creates = {
            each: segments.create(each, retention_days=entry.retention_days)
            for each in entry.segments
        }
        writes = {each: automatic_time.write(each) for each in entry.changes}
        recorded = Question(automatic_time.of_days(entry.days, entry.representative))
        evidence = Question(segments.of_days(entry.days, entry.representative))
        looked_up = [segments.read(each, entry.representative) for each in entry.look_up]
        parts = self.person.batch(
            [
                *creates.values(),
                *writes.values(),
                recorded.operation,
                evidence.operation,
                *looked_up,
            ],
            continue_on_error=not entry.changes,
        )
        entered = self._segments_entered(
            {segment.id: create for segment, create in creates.items()}, parts, entry
        )
        gone = _cases_gone(writes, parts)
        if isinstance(parts.error(recorded.operation), NotRun):
            return replace(entered, gone=gone)
        answers = Answers(self.person, parts)
        # In their order: what failed first says why, all behind it only that it was not run.
        days = recorded.rows(answers)
        rows = evidence.rows(answers)
        rows += [
            parts[each] for each in looked_up if not isinstance(parts.error(each), RowNotFound)
        ]
        return replace(
            entered,
            evidence=Evidence(
                days=entry.days,
                segments=segments.to_segments(rows),
                recorded=automatic_time.to_recorded_days(days),
            ),
        )

    def _segments_entered(
        self, creates: Mapping[SegmentId, Operation[UUID]], parts: BatchAnswers, entry: Entry
    ) -> Entered:
        """Return what became of new segments.

        How a repeated one is refused is not public, so what was refused is looked up: if it is
        there, it was repeated.
        """
        errors = {segment: parts.error(operation) for segment, operation in creates.items()}
        stored = {segment for segment, error in errors.items() if error is None}
        taken = {segment for segment, error in errors.items() if isinstance(error, DuplicateRow)}
        unclear = {
            segment: error
            for segment, error in errors.items()
            if error is not None and not isinstance(error, DuplicateRow | NotRun)
        }
        if unclear:
            taken |= self._there(unclear, entry.representative)
        refused = {
            segment: _refusal(error) for segment, error in unclear.items() if segment not in taken
        }
        return Entered(stored=frozenset(stored), taken=frozenset(taken), refused=refused)

    def _there(
        self, refused: Mapping[SegmentId, DataverseError], representative: RepresentativeId
    ) -> AbstractSet[SegmentId]:
        """Return which of the refused segments can be read."""
        reads = {
            segment: segments.read(segment, representative)
            for segment, error in refused.items()
            if isinstance(error, RequestRejected) and not isinstance(error, Unauthenticated)
        }
        parts = self.person.batch(reads.values())
        errors = {segment: parts.error(read) for segment, read in reads.items()}
        for error in errors.values():
            if isinstance(error, DataverseUnavailable):
                raise error
        return {segment for segment, error in errors.items() if error is None}


def _refusal(error: DataverseError) -> Refusal:
    """Return why a segment cannot be evidence.

    Raises:
        StorageUnavailable: the segment is not there as far as can be seen, and the refusal does not
            say why. A copy of an elastic table may lag, so it may be there all the same.
        DataverseError: the error says nothing about the segment.
    """
    match error:
        case AccessDenied():
            return Refusal.NOT_ALLOWED
        case RowNotFound():
            return Refusal.CASE_NOT_FOUND
        case RequestRejected() if not isinstance(error, Unauthenticated):
            log.error("a segment was refused and cannot be read, it waits: %s", error)
            raise StorageUnavailable(str(error)) from error
        case _:
            raise error


def _cases_gone(
    writes: Mapping[DayChange, Operation[None]], parts: BatchAnswers
) -> frozenset[CaseId]:
    """Return the cases whose day found no case; a day that changed meanwhile is just read again."""
    gone = set()
    for change, operation in writes.items():
        match parts.error(operation):
            case None | NotRun() | PreconditionFailed():
                pass
            case RowNotFound():
                gone.add(change.time.case)
            case error:
                raise error
    return frozenset(gone)
