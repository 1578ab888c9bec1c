"""The calls that the functions make of Dataverse, made once, to see what it answers.

The segment that is written has a partition of its own, and no day and no times: nothing that makes
days, totals or lists of segments takes it in. It is gone after half an hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from dataverse_client import (
    BatchAnswers,
    DataverseClient,
    DataverseError,
    DataverseUnavailable,
    ElasticKey,
    Operation,
    RequestRejected,
    RowNotFound,
    TokenUnavailable,
    link,
)
from dataverse_client import operations as op
from dataverse_client.operations import Columns
from functions.repositories import cases, representatives, segments, setting_rows
from functions.repositories.ledger import DataverseLedger, Shared
from functions.repositories.questions import Answers, Question, ask
from functions.repositories.representatives import UserRow
from functions.repositories.setting_questions import Told
from functions.repositories.settings import SettingsCache
from functions.timekeeping.errors import Refused
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.timekeeping.spans import Span, rounded_down
from functions.usecases.ledger import Look, ServiceNotAllowed, StorageUnavailable
from functions.usecases.self_check import Check, Fate, Outcome

PARTITION = "self-check"
LIFE_SECONDS = 1800
MARK = "self_check"

Outcomes = dict[Check, Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCalls:
    """The functions' calls, within the time of the client that they are made with."""

    service: DataverseClient
    shared: Shared
    now: datetime

    def outcomes(
        self, named: UUID, case: CaseId | None, *, app: str | None, segment: SegmentId
    ) -> Mapping[Check, Outcome]:
        """Try all of them, each group only if that before it went well."""
        outcomes = dict.fromkeys(Check, Outcome(Fate.SKIPPED))
        tried, person = self._as_application(named, app)
        outcomes |= tried
        if person is None:
            return outcomes
        sign_in = person.entra_object_id or named
        tried, found = self._as_person(person.id, sign_in, case)
        outcomes |= tried
        if outcomes[Check.ACTING].fate is Fate.DONE:
            outcomes |= self._write(_row(segment, person.id, found), sign_in)
            outcomes[Check.WIDGET_CALL] = self._call(sign_in, case or found)
        return outcomes

    def _as_application(self, named: UUID, app: str | None) -> tuple[Outcomes, UserRow | None]:
        """Read the settings and the representative; return the latter if they are enabled."""
        who = Question(representatives.by_either_id(named))
        try:
            app = app or self._some_app()
            settings = SettingsCache().questions(app)
            answers = ask(self.service, [*settings.questions, who])
            reading = settings.read(answers)
        except DataverseError as error:
            checks = (Check.SETTINGS, Check.APP_SETTINGS, Check.REPRESENTATIVE)
            return dict.fromkeys(checks, _failed(error)), None
        outcome, enabled = _of(answers.parts, who.operation), None
        if outcome.fate is Fate.DONE:
            enabled = representatives.first_enabled(who.rows(answers))
            outcome = outcome if enabled else Outcome(Fate.ABSENT, outcome.status)
        tried = {
            Check.SETTINGS: _told(reading.environment),
            Check.APP_SETTINGS: _told_of_apps(reading.apps, app),
            Check.REPRESENTATIVE: outcome,
        }
        return tried, enabled

    def _some_app(self) -> str | None:
        """Return the name of an app; whether one is needed, only the settings tell."""
        some = Question(setting_rows.SOME_APP)
        try:
            rows = some.rows(ask(self.service, [some]))
        except RequestRejected:
            return None
        return rows[0][setting_rows.UNIQUE_NAME] if rows else None

    def _as_person(
        self, person: UUID, sign_in: UUID, case: CaseId | None
    ) -> tuple[Outcomes, CaseId | None]:
        """Act for the representative and read a case as them; return its id if they see it."""
        who = op.call_function("WhoAmI")
        read = Question(cases.ANY if case is None else cases.with_ids([case]))
        client = self.service.acting_as(sign_in)
        try:
            parts = client.batch([who, read.operation])
        except DataverseError as error:
            return {Check.ACTING: _failed(error)}, None
        acting, reading, found = _of(parts, who), _of(parts, read.operation), None
        if acting.fate is Fate.DONE and parts[who].get("UserId") != str(person):
            acting = Outcome(Fate.WRONG, acting.status)
        if reading.fate is Fate.DONE:
            ids = [CaseId(UUID(row["incidentid"])) for row in read.rows(Answers(client, parts))]
            found = ids[0] if ids else None
            if not found:
                reading = Outcome(Fate.NONE_YET if case is None else Fate.ABSENT, reading.status)
        return {Check.ACTING: acting, Check.CASE: reading}, found

    def _write(self, row: Columns, sign_in: UUID) -> Outcomes:
        """Write a segment twice, as a lost answer would have it, and read it back."""
        first, second = (
            op.create(segments.ENTITY_SET, row, id_column=segments.ID) for _ in range(2)
        )
        key = ElasticKey(segments.ID, UUID(row[segments.ID]), PARTITION)
        back = op.read_row(segments.ENTITY_SET, key, select=["cht_endreason"])
        checks = (Check.NEW_SEGMENT, Check.REPEATED_SEGMENT, Check.SEGMENT_READ)
        try:
            parts = self.service.acting_as(sign_in).batch([first, second, back])
        except DataverseError as error:
            return dict.fromkeys(checks, _failed(error))
        new, repeated, read = (_of(parts, operation) for operation in (first, second, back))
        is_there = read.fate is Fate.DONE
        if repeated.fate is Fate.DONE:
            repeated = Outcome(Fate.WRONG, repeated.status)
        elif is_there:
            repeated = _as_done(repeated)
        if is_there:
            # Also the first may be refused: the batch came twice, and its first answer was lost.
            new = _as_done(new)
            same = parts[back].get("cht_endreason") == row["cht_endreason"]
            read = read if same else Outcome(Fate.WRONG, read.status)
        return dict(zip(checks, (new, repeated, read), strict=True))

    def _call(self, sign_in: UUID, case: CaseId | None) -> Outcome:
        """Ask for all that a call of the widget asks for before it writes."""
        ledger = DataverseLedger(
            service=self.service,
            person=self.service.acting_as(sign_in),
            sign_in=sign_in,
            shared=self.shared,
        )
        now = rounded_down(self.now)
        look = Look(
            cases=frozenset({case} if case else ()),
            figures_of=case,
            spans=(Span(now - timedelta(minutes=1), now),),
        )
        try:
            seen = ledger.look(look)
        except (Refused, ServiceNotAllowed, StorageUnavailable, DataverseError) as error:
            cause = error if isinstance(error, DataverseError) else error.__cause__
            if isinstance(cause, DataverseError):
                return _failed(cause)
            return Outcome(Fate.REFUSED, HTTPStatus.OK)
        allowed = seen.may_track and look.cases <= seen.cases.keys()
        return Outcome(Fate.DONE if allowed else Fate.REFUSED, HTTPStatus.OK)


def _row(segment: SegmentId, person: UUID, case: CaseId | None) -> Columns:
    """Return a segment that no figure reads: of the representative and of a case they see."""
    bound = {"cht_RepresentativeId@odata.bind": link(representatives.ENTITY_SET, person)}
    if case is not None:
        bound["cht_CaseId@odata.bind"] = link(cases.ENTITY_SET, case)
    return {
        segments.ID: str(segment),
        "partitionid": PARTITION,
        "ttlinseconds": LIFE_SECONDS,
        "cht_name": "Self-check",
        "cht_endreason": MARK,
        **bound,
    }


def _as_done(outcome: Outcome) -> Outcome:
    return Outcome(Fate.DONE, outcome.status, outcome.code)


def _told(told: Told[object]) -> Outcome:
    refusal = told.unread or told.refused
    if refusal is None:
        return Outcome(Fate.DONE, HTTPStatus.OK)
    fate = Fate.REFUSED if told.unread else Fate.OTHERWISE
    return Outcome(fate, refusal.status, refusal.code)


def _told_of_apps(told: Told[object], app: str | None) -> Outcome:
    """Return what was told; without an app, nothing was asked one by one."""
    outcome = _told(told)
    if outcome.fate is Fate.OTHERWISE and app is None:
        return Outcome(Fate.ABSENT, outcome.status, outcome.code)
    return outcome


def _of(parts: BatchAnswers, operation: Operation[object]) -> Outcome:
    """Return what became of a part of a batch."""
    error = parts.error(operation)
    if error is not None:
        return _failed(error)
    statuses = [answer.status for asked, answer in parts.answered if asked is operation]
    return Outcome(Fate.DONE, statuses[0])


def _failed(error: DataverseError) -> Outcome:
    status, code = error.context.status, error.context.code
    match error:
        case TokenUnavailable():
            return Outcome(Fate.NO_TOKEN, status, code)
        case DataverseUnavailable():
            return Outcome(Fate.NO_ANSWER, status, code)
        case RowNotFound():
            return Outcome(Fate.ABSENT, status, code)
        case _:
            return Outcome(Fate.REFUSED, status, code)
