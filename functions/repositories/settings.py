"""The administrators' settings: definitions, environment overrides and app overrides."""

import logging
import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from pydantic import Field

from dataverse_client import Expand, Query, Row, one_of
from functions.repositories.columns import RowModel
from functions.timekeeping.settings import NAMES, SettingsBook, effective_settings

FRESH_SECONDS = 60

log = logging.getLogger(__name__)

DEFINITION_SET = "settingdefinitions"
APP_SET = "appmodules"


class OverrideRow(RowModel):
    """The environment's value of a setting."""

    value: str | None = Field(alias="value")


class AppOverrideRow(RowModel):
    """An app's value of a setting."""

    value: str | None = Field(alias="value")
    app_id: UUID | None = Field(alias="_parentappmoduleid_value")


class DefinitionRow(RowModel):
    """A setting with its default and every value that replaces it."""

    name: str = Field(alias="uniquename")
    default: str | None = Field(alias="defaultvalue")
    environment: list[OverrideRow] = Field(
        alias="settingdefinition_organizationsetting_settingdefinitionid"
    )
    apps: list[AppOverrideRow] = Field(alias="settingdefinition_appsetting_settingdefinitionId")


class AppRow(RowModel):
    """A model-driven app."""

    id: UUID = Field(alias="appmoduleid")
    name: str = Field(alias="uniquename")


DEFINITIONS = (
    Query(DEFINITION_SET)
    .select("uniquename", "defaultvalue")
    .where(one_of("uniquename", NAMES))
    .expand(
        Expand("settingdefinition_organizationsetting_settingdefinitionid").select(
            *OverrideRow.columns()
        ),
        Expand("settingdefinition_appsetting_settingdefinitionId").select(
            *AppOverrideRow.columns()
        ),
    )
)
APPS = Query(APP_SET).select(*AppRow.columns())


def settings_book(definitions: Iterable[Row], apps: Iterable[Row]) -> SettingsBook:
    """Resolve every setting as Dataverse does: app, then environment, then default."""
    app_names = {row.id: row.name for row in map(AppRow.model_validate, apps)}
    environment: dict[str, str | None] = {}
    overrides: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for definition in map(DefinitionRow.model_validate, definitions):
        values = [row.value for row in definition.environment if row.value is not None]
        environment[definition.name] = values[0] if values else definition.default
        for override in definition.apps:
            app = app_names.get(override.app_id) if override.app_id else None
            if app is not None and override.value is not None:
                overrides[app][definition.name] = override.value
    return SettingsBook(
        environment=effective_settings(environment),
        apps={
            app.casefold(): effective_settings({**environment, **own})
            for app, own in overrides.items()
        },
    )


class SettingsCache:
    """The last settings read, shared by all calls of a process.

    They are fresh for 60 seconds; after that they are still the best known while Dataverse does
    not answer.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._book: SettingsBook | None = None
        self._read_at = -math.inf

    @property
    def last_known(self) -> SettingsBook | None:
        with self._lock:
            return self._book

    @property
    def fresh(self) -> SettingsBook | None:
        with self._lock:
            is_fresh = self._clock() - self._read_at < FRESH_SECONDS
            return self._book if is_fresh else None

    def outdate(self) -> None:
        """Read them again at the next call: an administrator changed one."""
        with self._lock:
            self._read_at = -math.inf

    def keep(self, book: SettingsBook) -> None:
        with self._lock:
            before, self._book = self._book, book
            self._read_at = self._clock()
        if before is None or before.problems != book.problems:
            for problem in book.problems:
                log.warning("%s is %r: %s", problem.setting, problem.value, problem.detail)
