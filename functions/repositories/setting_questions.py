"""One read of the settings, as parts of a batch: from their tables, or one by one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Generic, TypeVar

from pydantic import ValidationError

from dataverse_client import DataverseUnavailable, Operation, RequestRejected, Row
from functions.repositories import setting_rows
from functions.repositories.questions import Answers, Question
from functions.repositories.setting_rows import Values
from functions.timekeeping.settings import NAMES

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How settings are asked for; both ways as long as nobody knows whether the table may be read.

    So what a call costs does not depend on what Dataverse refuses.
    """

    by_table: bool
    one_by_one: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was answered instead of settings."""

    status: int | None
    code: str | None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.status, self.code) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[T_co]):
    """What was told of the environment's settings, or of those of apps.

    Args:
        by_table: what the table holds.
        one_by_one: the effective values, as far as they were asked for and told.
        refused: why the table did not tell.
        unread: why neither way told all that was asked for.
    """

    by_table: T_co | None = None
    one_by_one: T_co | None = None
    refused: Refusal | None = None
    unread: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one read told.

    Args:
        asked: the apps whose settings were asked for one by one, if need be.
        environment: the environment's values, else the defaults.
        apps: the values of apps by their names in small letters: in their table those that an app
            sets itself, one by one all.
    """

    asked: tuple[str, ...] = ()
    environment: Told[Values]
    apps: Told[Mapping[str, Values]]

    @property
    def environment_values(self) -> Values | None:
        told = self.environment
        return told.one_by_one if told.by_table is None else told.by_table


class ValueQuestion:
    """The value of one setting as one part of a batch."""

    def __init__(self, name: str, app: str | None) -> None:
        self.name = name
        self.operation: Operation[Row] = setting_rows.retrieve(name, app)

    def value(self, answers: Answers) -> str | None:
        return setting_rows.retrieved(answers.parts[self.operation])


class SettingsQuestions:
    """What is asked to know the settings of the environment and of some apps."""

    def __init__(self, asked: Iterable[str], *, environment: Ways, apps: Ways) -> None:
        self._asked = tuple(asked)
        queries = (setting_rows.DEFINITIONS, setting_rows.OF_ENVIRONMENT)
        self._tables = [Question(query) for query in queries if environment.by_table]
        self._app_tables = [Question(setting_rows.OF_APPS)] if apps.by_table else []
        self._values = _values(None) if environment.one_by_one else []
        self._app_values = {app: _values(app) for app in self._asked} if apps.one_by_one else None

    @property
    def questions(self) -> list[Question | ValueQuestion]:
        of_apps = [value for values in (self._app_values or {}).values() for value in values]
        return [*self._tables, *self._app_tables, *self._values, *of_apps]

    def read(self, answers: Answers) -> Reading:
        """Return what was told.

        Raises:
            DataverseUnavailable: a part has no usable answer; it may have one later.
        """
        return Reading(
            asked=self._asked, environment=self._environment(answers), apps=self._apps(answers)
        )

    def _environment(self, answers: Answers) -> Told[Values]:
        found, refused = _from_tables(setting_rows.environment_values, self._tables, answers)
        if found is not None or not self._values:
            return Told(by_table=found, refused=refused, unread=refused)
        values, unread = _attempt(lambda: _effective(self._values, answers))
        return Told(one_by_one=values, refused=refused, unread=unread)

    def _apps(self, answers: Answers) -> Told[Mapping[str, Values]]:
        found, refused = _from_tables(setting_rows.app_values, self._app_tables, answers)
        if found is not None or self._app_values is None:
            return Told(by_table=found, refused=refused, unread=refused)
        told, unread = {}, None
        for app, questions in self._app_values.items():
            values, why = _attempt(partial(_effective, questions, answers))
            unread = unread or why
            if values is not None:
                told[app.casefold()] = values
        return Told(one_by_one=told, refused=refused, unread=unread)


def _values(app: str | None) -> list[ValueQuestion]:
    return [ValueQuestion(name, app) for name in NAMES]


def _effective(questions: Iterable[ValueQuestion], answers: Answers) -> Values:
    return {question.name: question.value(answers) for question in questions}


def _from_tables(
    parse: Callable[..., T], tables: Sequence[Question], answers: Answers
) -> tuple[T | None, Refusal | None]:
    if not tables:
        return None, None
    return _attempt(lambda: parse(*(table.rows(answers) for table in tables)))


def _attempt(read: Callable[[], T]) -> tuple[T | None, Refusal | None]:
    """Return what was read, or why it could not be.

    A batch that was answered and a part of it that is 500 is a fault at this question, which may
    last: who cannot ask about a table or an app might get it instead of a refusal.
    """
    try:
        return read(), None
    except DataverseUnavailable as error:
        if error.context.status != HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return None, Refusal(error.context.status, error.context.code)
    except RequestRejected as error:
        return None, Refusal(error.context.status, error.context.code)
    except ValidationError:
        return None, Refusal(None, "rows of another shape")
