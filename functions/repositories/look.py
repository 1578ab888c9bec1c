"""The two halves of a look: what is asked as the caller, and what as the application user."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from dataverse_client import AccessDenied
from functions.repositories import automatic_time, cases, figures, representatives, segments
from functions.repositories.availability import as_service
from functions.repositories.questions import Answers, IsAsked, Question
from functions.repositories.setting_questions import Reading, SettingsQuestions
from functions.repositories.sums import SumQuestion
from functions.timekeeping.cases import Case
from functions.timekeeping.days import ONE_DAY, days_touched
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.spans import Span
from functions.timekeeping.totals import Contribution
from functions.usecases.ledger import Evidence, Look

FURTHEST_WEST, FURTHEST_EAST = timedelta(hours=-12), timedelta(hours=14)


class AskedAsCaller:
    """Cases, and the caller's own evidence: Dataverse's roles decide what comes back."""

    def __init__(self, look: Look, days: frozenset[date], known: RepresentativeId | None) -> None:
        self._days = days
        self._cases = Question(cases.with_ids(sorted(look.cases))) if look.cases else None
        self._segments = Question(segments.of_days(days, known)) if days else None
        self._recorded = Question(automatic_time.of_days(days, known)) if days else None

    @property
    def questions(self) -> list[Question]:
        asked = (self._cases, self._segments, self._recorded)
        return [question for question in asked if question is not None]

    def cases(self, answers: Answers) -> Mapping[CaseId, Case]:
        """Return the cases the caller may read; without the right to read any, none."""
        if self._cases is None:
            return {}
        try:
            return cases.to_cases(self._cases.rows(answers))
        except AccessDenied:
            return {}

    def evidence(self, answers: Answers) -> Evidence | None:
        """Return her evidence, or ``None`` when she lacks the right to have any."""
        if self._segments is None or self._recorded is None:
            return Evidence()
        try:
            return Evidence(
                days=self._days,
                segments=segments.to_segments(self._segments.rows(answers)),
                recorded=automatic_time.to_recorded_days(self._recorded.rows(answers)),
            )
        except AccessDenied:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the application user's half of a look found; settings that were known or were read."""

    representative: RepresentativeId
    settings: SettingsBook | Reading
    figures: Mapping[RepresentativeId, Contribution]


class AskedAsService:
    """Who the caller is and what is set, where that is not known yet, and a case's figures."""

    def __init__(
        self,
        look: Look,
        *,
        sign_in: UUID,
        known: RepresentativeId | None,
        settings: SettingsBook | SettingsQuestions,
    ) -> None:
        self._who = known or Question(representatives.with_sign_in(sign_in))
        self._settings = settings
        of = figures.queries(look.figures_of) if look.figures_of else ()
        self._figures = [SumQuestion(query) for query in of]

    @property
    def questions(self) -> list[IsAsked]:
        who = [self._who] if isinstance(self._who, Question) else []
        asked = self._settings
        settings = asked.questions if isinstance(asked, SettingsQuestions) else []
        return [*who, *settings, *self._figures]

    @as_service
    def found(self, answers: Answers) -> Found:
        """Return what was asked for, and what was known before.

        Raises:
            NotARepresentative: no enabled user has the caller's sign-in.
            ServiceNotAllowed: the application user lacks a privilege.
        """
        who, settings = self._who, self._settings
        if isinstance(who, Question):
            who = representatives.the_one(who.rows(answers))
        rows = [question.rows(answers) for question in self._figures]
        return Found(
            representative=who,
            settings=settings.read(answers)
            if isinstance(settings, SettingsQuestions)
            else settings,
            figures=figures.contributions(*rows) if rows else {},
        )


def days_of(spans: Iterable[Span], settings: SettingsBook | None) -> frozenset[date]:
    """Return the days that the spans touch, in any zone as long as the settings are unknown."""
    if settings is not None:
        return frozenset(days_touched(spans, settings.environment.reporting_zone))
    return frozenset(day for span in spans for day in _days_anywhere(span))


def _days_anywhere(span: Span) -> Iterator[date]:
    day, last = (span.start + FURTHEST_WEST).date(), (span.end + FURTHEST_EAST).date()
    while day <= last:
        yield day
        day += ONE_DAY
