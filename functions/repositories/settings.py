"""The administrators' settings as last read, and how they are read next.

They are read from their tables. A table that Dataverse refuses (that of apps is private) is left
alone for an hour, and its settings are asked for one by one in the same batch. What can be read in
neither way ends no call: the last values known hold.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from functions.repositories.setting_questions import Reading, SettingsQuestions, Told, Ways
from functions.timekeeping.settings import SettingProblem, SettingsBook, effective_settings

FRESH_SECONDS = 60
REFUSED_SECONDS = 3600
MOST_ASKED, MOST_KEPT = 6, 200
"""Of how many apps settings are asked for one by one at a time, and of how many they are kept then:
callers name the apps."""

NOTHING_KNOWN = SettingsBook(environment_is_known=False, apps_are_known=False)
ENVIRONMENT, APPS = "settings of the environment", "settings of apps"
UNREAD = (
    "Dataverse does not tell them: the values known last are used; where none are known, nobody "
    "sees the time of others or may log time by hand"
)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Table:
    """Whether a table of settings tells; neither as long as it was not asked."""

    tells: bool = False
    refused_at: float = -math.inf

    def ways(self, now: float) -> Ways:
        rested = now - self.refused_at >= REFUSED_SECONDS
        return Ways(by_table=rested, one_by_one=not self.tells)

    def note(self, told: Told[Any], now: float) -> None:
        if told.by_table is not None:
            self.tells = True
        elif told.refused:
            self.tells, self.refused_at = False, now


@dataclass(slots=True)
class SettingsCache:
    """The last settings read, shared by all calls of a process.

    They are fresh for 60 seconds; after that they are still the best known while Dataverse does
    not answer.
    """

    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _book: SettingsBook | None = None
    _read_at: float = -math.inf
    _asked: dict[str, tuple[str, float]] = field(default_factory=dict)
    _environment: _Table = field(default_factory=_Table)
    _apps: _Table = field(default_factory=_Table)

    @property
    def last_known(self) -> SettingsBook | None:
        with self._lock:
            return self._book

    @property
    def readable(self) -> bool | None:
        """Tell whether the last read told everything it was asked; ``None`` before the first."""
        known = self.last_known
        return None if known is None else not known.unread

    def fresh_for(self, app: str | None) -> SettingsBook | None:
        """Return the settings unless those of the app or of the environment are to be read."""
        with self._lock:
            read_at = self._read_at
            if app is not None and not self._apps.tells:
                _, asked_at = self._asked.get(app.casefold(), (app, -math.inf))
                read_at = min(read_at, asked_at)
            return self._book if self.clock() - read_at < FRESH_SECONDS else None

    def questions(self, app: str | None) -> SettingsQuestions:
        """Return what to ask, to know the settings of the environment and of an app.

        One by one, those of the apps that were told before are asked for again as well: else what
        an administrator forbids in an app would be seen later than where tables tell.
        """
        with self._lock:
            now, told = self.clock(), self._book.apps if self._book else {}
            again = [name for key, (name, _) in self._asked.items() if key in told and name != app]
            return SettingsQuestions(
                [*again, *([app] if app else [])][-MOST_ASKED:],
                environment=self._environment.ways(now),
                apps=self._apps.ways(now),
            )

    def invalidate(self) -> None:
        """Read them again at the next call: an administrator changed one."""
        with self._lock:
            self._read_at = -math.inf

    def keep(self, reading: Reading) -> SettingsBook:
        """Take in what was read, and return the settings that now hold."""
        with self._lock:
            before, now = self._book, self.clock()
            book = self._book = resolved(reading, before or NOTHING_KNOWN)
            self._environment.note(reading.environment, now)
            self._apps.note(reading.apps, now)
            self._read_at = now
            for app in reading.asked:
                self._asked.pop(app.casefold(), None)
                self._asked[app.casefold()] = (app, now)
            _forget_oldest(self._asked)
        _tell(reading, book, before)
        return book


def resolved(reading: Reading, before: SettingsBook) -> SettingsBook:
    """Return what holds after a read: what it told, and before that what was known."""
    values = reading.environment_values
    environment = before.environment if values is None else effective_settings(values)
    environment_is_known = values is not None or before.environment_is_known
    apps, apps_are_known = dict(before.apps), before.apps_are_known
    if environment_is_known and reading.apps.by_table is not None:
        overrides, apps_are_known = reading.apps.by_table, True
        apps = {app: effective_settings(own, base=environment) for app, own in overrides.items()}
    for app, effective in (reading.apps.one_by_one or {}).items():
        apps.pop(app, None)
        apps[app] = effective_settings(effective)
        _forget_oldest(apps)
    return SettingsBook(
        environment=environment,
        apps=apps,
        environment_is_known=environment_is_known,
        apps_are_known=apps_are_known,
        unread=tuple(_unread(reading)),
    )


def _unread(reading: Reading) -> Iterator[SettingProblem]:
    for name, told in ((ENVIRONMENT, reading.environment), (APPS, reading.apps)):
        if told.unread:
            yield SettingProblem(name, str(told.unread), UNREAD)


def _forget_oldest(known: dict[str, Any]) -> None:
    for app in list(islice(known, max(0, len(known) - MOST_KEPT))):
        del known[app]


def _tell(reading: Reading, book: SettingsBook, before: SettingsBook | None) -> None:
    for problem in book.unread:
        log.error("%s: refused with %s. %s", problem.setting, problem.value, problem.detail)
    for name, told in ((ENVIRONMENT, reading.environment), (APPS, reading.apps)):
        if told.refused and told.one_by_one is not None:
            log.warning("%s are asked for one by one: refused with %s", name, told.refused)
    if before is None or before.problems != book.problems:
        for problem in book.problems:
            log.warning("%s is %r: %s", problem.setting, problem.value, problem.detail)
