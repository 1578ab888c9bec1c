"""One read of the settings, as parts of a batch: from their tables, or one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from dataverse_client import Operation, RequestRejected, Row
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[T_co]):
    """What was told of the environment's settings, or of those of apps.

    Args:
        by_table: what the table holds.
        one_by_one: the effective values, where the table did not tell.
        refused: why the table did not tell.
        unread: why neither way told.
    """

    by_table: T_co | None = None
    one_by_one: Values | None = None
    refused: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one read told; one by one, only the settings of ``app`` are asked for."""

    app: str | None
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
    """What is asked to know the settings of the environment and of an app."""

    def __init__(self, app: str | None, *, environment: Ways, apps: Ways) -> None:
        self._app = app
        queries = (setting_rows.DEFINITIONS, setting_rows.OF_ENVIRONMENT)
        self._tables = [Question(query) for query in queries if environment.by_table]
        self._app_tables = [Question(setting_rows.OF_APPS)] if apps.by_table else []
        self._values = _values(None) if environment.one_by_one else []
        self._app_values = _values(app) if apps.one_by_one and app is not None else []

    @property
    def questions(self) -> list[Question | ValueQuestion]:
        return [*self._tables, *self._app_tables, *self._values, *self._app_values]

    def read(self, answers: Answers) -> Reading:
        """Return what was told.

        Raises:
            DataverseUnavailable: a part has no usable answer; it may have one later.
        """
        return Reading(
            app=self._app,
            environment=_told(setting_rows.environment_values, self._tables, self._values, answers),
            apps=_told(setting_rows.app_values, self._app_tables, self._app_values, answers),
        )


def _values(app: str | None) -> list[ValueQuestion]:
    return [ValueQuestion(name, app) for name in NAMES]


def _told(
    parse: Callable[..., T], tables: list[Question], values: list[ValueQuestion], answers: Answers
) -> Told[T]:
    found, refused = None, ""
    if tables:
        found, refused = _attempt(lambda: parse(*(table.rows(answers) for table in tables)))
    if found is not None or not values:
        return Told(by_table=found, refused=refused, unread=refused)
    effective, unread = _attempt(lambda: {value.name: value.value(answers) for value in values})
    return Told(one_by_one=effective, refused=refused, unread=unread)


def _attempt(read: Callable[[], T]) -> tuple[T | None, str]:
    """Return what was read, or why it could not be."""
    try:
        return read(), ""
    except RequestRejected as error:
        return None, f"{error.context.status} {error.context.code or ''}".strip()
    except ValidationError:
        return None, "rows of another shape"
