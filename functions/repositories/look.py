"""The two halves of a look: what is asked as the caller, and what as the application user."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from dataverse_client import AccessDenied
from functions.repositories import automatic_time, cases, figures, representatives, segments
from functions.repositories import settings as setting_rows
from functions.repositories.questions import Answers, Question
from functions.timekeeping.cases import Case
from functions.timekeeping.days import days_touched
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
        return _wanted(self._cases, self._segments, self._recorded)

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


class AskedAsService:
    """Who the caller is and what is set, where that is not known yet, and a case's figures."""

    def __init__(
        self,
        look: Look,
        *,
        sign_in: UUID,
        known: RepresentativeId | None,
        settings: SettingsBook | None,
    ) -> None:
        self._known = known
        self._known_settings = settings
        self._user = None if known else Question(representatives.with_sign_in(sign_in))
        self._definitions = None if settings else Question(setting_rows.DEFINITIONS)
        self._apps = None if settings else Question(setting_rows.APPS)
        of = figures.queries(look.figures_of) if look.figures_of else ()
        self._figures = [Question(query) for query in of]

    @property
    def questions(self) -> list[Question]:
        return _wanted(self._user, self._definitions, self._apps, *self._figures)

    def representative(self, answers: Answers) -> RepresentativeId:
        """Return the caller's id.

        Raises:
            NotARepresentative: no enabled user has her sign-in.
        """
        if self._user is None:
            assert self._known is not None  # noqa: S101 - one or the other, see __init__
            return self._known
        return representatives.the_one(self._user.rows(answers))

    def settings(self, answers: Answers) -> SettingsBook:
        if self._definitions is None or self._apps is None:
            assert self._known_settings is not None  # noqa: S101 - likewise
            return self._known_settings
        return setting_rows.settings_book(self._definitions.rows(answers), self._apps.rows(answers))

    def figures(self, answers: Answers) -> Mapping[RepresentativeId, Contribution]:
        if not self._figures:
            return {}
        return figures.contributions(*(question.rows(answers) for question in self._figures))


def days_of(spans: Iterable[Span], settings: SettingsBook | None) -> frozenset[date]:
    """Return the days that the spans touch, in any zone as long as the settings are unknown."""
    if settings is not None:
        return frozenset(days_touched(spans, settings.environment.reporting_zone))
    moments = [moment for span in spans for moment in (span.start, span.end)]
    return frozenset(
        (moment + offset).date() for moment in moments for offset in (FURTHEST_WEST, FURTHEST_EAST)
    )


def _wanted(*questions: Question | None) -> list[Question]:
    return [question for question in questions if question is not None]
