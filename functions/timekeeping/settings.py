"""What administrators set: ranges, defaults, and what is wrong with a value."""

import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from functions.timekeeping.segments import TIMER_TOLERANCE, Limits
from functions.timekeeping.totals import Scope

ENABLED = "cht_HandlingTimeEnabled"
UPDATE_INTERVAL = "cht_UpdateIntervalMinutes"
MY_TIME_VISIBLE = "cht_MyTimeVisible"
TIME_LOGS_ALLOWED = "cht_TimeLogsAllowed"
IDLE_LIMIT = "cht_IdleLimitMinutes"
REPORTING_ZONE = "cht_ReportingTimeZone"
RETENTION = "cht_SegmentRetentionDays"

NAMES = (
    ENABLED,
    UPDATE_INTERVAL,
    MY_TIME_VISIBLE,
    TIME_LOGS_ALLOWED,
    IDLE_LIMIT,
    REPORTING_ZONE,
    RETENTION,
)

COORDINATED = ZoneInfo("UTC")

LEAST_INTERVAL_MINUTES, MOST_INTERVAL_MINUTES = 10, 60
MOST_RETENTION_DAYS = 3650

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A value that could not be taken as it is: which setting, what it says, what is used."""

    setting: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The effective settings for one app."""

    handling_time_enabled: bool = True
    update_interval_minutes: int = 10
    my_time_visible: bool = True
    time_logs_allowed: bool = True
    idle_limit_minutes: int = 0
    reporting_zone: ZoneInfo = COORDINATED
    retention_days: int = 90
    problems: tuple[SettingProblem, ...] = ()

    @property
    def update_interval(self) -> timedelta:
        return timedelta(minutes=self.update_interval_minutes)

    @property
    def scope(self) -> Scope:
        return Scope.EVERYONE if self.my_time_visible else Scope.MINE

    def guarded(self) -> "Settings":
        """Return them without what an administrator may have forbidden."""
        return replace(self, my_time_visible=False, time_logs_allowed=False)


DEFAULTS = Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsBook:
    """The settings of the environment and of each app that overrides some.

    Args:
        environment: the environment's.
        apps: by the names of apps in small letters.
        environment_is_known: False as long as Dataverse refused to tell the environment's.
        apps_are_known: an app that ``apps`` does not name overrides nothing.
        unread: what Dataverse refused to tell when it was asked last.
    """

    environment: Settings = field(default_factory=Settings)
    apps: Mapping[str, Settings] = field(default_factory=dict)
    environment_is_known: bool = True
    apps_are_known: bool = True
    unread: tuple[SettingProblem, ...] = ()

    def for_app(self, app: str | None) -> Settings:
        """Return an app's settings; names of apps are the same in capitals.

        What could not be read may forbid what the defaults allow, so it is not allowed then.
        """
        if app is None:
            return self.environment if self.environment_is_known else self.environment.guarded()
        known = self.apps.get(app.casefold())
        if known is None:
            return self.environment if self.apps_are_known else self.environment.guarded()
        return known

    @property
    def problems(self) -> tuple[SettingProblem, ...]:
        """What is wrong with any value, each told once."""
        books = (self.environment, *self.apps.values())
        return tuple(dict.fromkeys(problem for each in books for problem in each.problems))

    def tracks_in(self, app: str | None) -> bool:
        """Tell whether tracking may be on; where the app is not told, whether it may be in any.

        An app whose settings are not known may have it on where the environment has it off.
        """
        if app and app.casefold() in self.apps:
            return self.for_app(app).handling_time_enabled
        others = () if app else tuple(self.apps.values())
        known = (self.environment, *others)
        return not self.apps_are_known or any(settings.handling_time_enabled for settings in known)

    def limits_at(self, now: datetime) -> Limits:
        """Return what a segment may be that is received now.

        It may come from any app, so the longest interval counts; where the settings of some app or
        of the environment are not known, the widest that they can set.
        """
        widest = widest_limits(now)
        longest = max(each.update_interval for each in (self.environment, *self.apps.values()))
        kept = timedelta(days=self.environment.retention_days)
        return Limits(
            now=now,
            longest=longest + TIMER_TOLERANCE if self.apps_are_known else widest.longest,
            oldest=now - kept if self.environment_is_known else widest.oldest,
        )


def widest_limits(now: datetime) -> Limits:
    """Return limits that refuse only what every possible setting would refuse."""
    return Limits(
        now=now,
        longest=timedelta(minutes=MOST_INTERVAL_MINUTES) + TIMER_TOLERANCE,
        oldest=now - timedelta(days=MOST_RETENTION_DAYS),
    )


def effective_settings(values: Mapping[str, str | None], *, base: Settings = DEFAULTS) -> Settings:
    """Return the settings that stored texts amount to.

    A missing value means that of ``base``; one that cannot be read too, and one outside its range
    means the nearest bound: both are told in ``problems``.

    Args:
        values: the texts by the settings' names.
        base: what holds where they say nothing: of an app, the environment's settings.
    """
    problems: list[SettingProblem] = []

    def read(name: str, default: T, reader: Callable[[str, T], tuple[T, str]]) -> T:
        text = values.get(name)
        if text is None or not text.strip():
            return default
        value, complaint = reader(text.strip(), default)
        if complaint:
            problems.append(SettingProblem(name, text[:100], complaint))
        return value

    return Settings(
        handling_time_enabled=read(ENABLED, base.handling_time_enabled, _yes_or_no),
        update_interval_minutes=read(
            UPDATE_INTERVAL,
            base.update_interval_minutes,
            _number(LEAST_INTERVAL_MINUTES, MOST_INTERVAL_MINUTES),
        ),
        my_time_visible=read(MY_TIME_VISIBLE, base.my_time_visible, _yes_or_no),
        time_logs_allowed=read(TIME_LOGS_ALLOWED, base.time_logs_allowed, _yes_or_no),
        idle_limit_minutes=read(IDLE_LIMIT, base.idle_limit_minutes, _number(0, 1440)),
        reporting_zone=read(REPORTING_ZONE, base.reporting_zone, _zone),
        retention_days=read(RETENTION, base.retention_days, _number(1, MOST_RETENTION_DAYS)),
        problems=tuple(problems),
    )


def _yes_or_no(text: str, default: bool) -> tuple[bool, str]:  # noqa: FBT001 - see effective_settings
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() in known:
        return known[text.lower()], ""
    return default, f"not yes or no; {'yes' if default else 'no'} is used"


def _number(least: int, most: int) -> Callable[[str, int], tuple[int, str]]:
    def read(text: str, default: int) -> tuple[int, str]:
        if not re.fullmatch(r"[+-]?\d{1,10}", text):
            return default, f"not a whole number; {default} is used"
        nearest = min(max(int(text), least), most)
        outside = nearest != int(text)
        return nearest, f"outside {least} to {most}; {nearest} is used" if outside else ""

    return read


def _zone(text: str, default: ZoneInfo) -> tuple[ZoneInfo, str]:
    if text in _known_zones():
        return ZoneInfo(text), ""
    return default, f"not an IANA time zone; {default.key} is used"


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
