from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.timekeeping.segments import judged
from functions.timekeeping.settings import (
    ENABLED,
    IDLE_LIMIT,
    MY_TIME_VISIBLE,
    NAMES,
    REPORTING_ZONE,
    RETENTION,
    TIME_LOGS_ALLOWED,
    UPDATE_INTERVAL,
    SettingProblem,
    Settings,
    SettingsBook,
    effective_settings,
    widest_limits,
)
from functions.timekeeping.spans import Span
from functions.timekeeping.totals import Scope
from tests.builders import NOON, at, reported

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [ZoneInfo(key) for key in ("UTC", "Europe/Berlin", "America/Santiago", "Pacific/Kiritimati")]
)
ATTRIBUTES = {
    ENABLED: "handling_time_enabled",
    UPDATE_INTERVAL: "update_interval_minutes",
    MY_TIME_VISIBLE: "my_time_visible",
    TIME_LOGS_ALLOWED: "time_logs_allowed",
    IDLE_LIMIT: "idle_limit_minutes",
    REPORTING_ZONE: "reporting_zone",
    RETENTION: "retention_days",
}
DEFAULTS = {
    ENABLED: True,
    UPDATE_INTERVAL: 10,
    MY_TIME_VISIBLE: True,
    TIME_LOGS_ALLOWED: True,
    IDLE_LIMIT: 0,
    REPORTING_ZONE: ZoneInfo("UTC"),
    RETENTION: 90,
}


def value_of(name: str, text: str | None) -> object:
    return getattr(effective_settings({name: text}), ATTRIBUTES[name])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [None, "", "  "])
def test_what_is_not_set_has_its_default(name: str, text: str | None) -> None:
    settings = effective_settings({name: text})

    assert getattr(settings, ATTRIBUTES[name]) == DEFAULTS[name]
    assert settings.problems == ()


def test_without_any_values_all_defaults_hold() -> None:
    assert effective_settings({}) == Settings()


@pytest.mark.parametrize("name", [ENABLED, MY_TIME_VISIBLE, TIME_LOGS_ALLOWED])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("True", True),
        ("YES", True),
        ("1", True),
        ("false", False),
        ("No", False),
        (" 0 ", False),
    ],
)
def test_yes_and_no_are_read(name: str, text: str, *, value: bool) -> None:
    settings = effective_settings({name: text})

    assert getattr(settings, ATTRIBUTES[name]) is value
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        (UPDATE_INTERVAL, "10", 10),
        (UPDATE_INTERVAL, "60", 60),
        (UPDATE_INTERVAL, " +25 ", 25),
        (IDLE_LIMIT, "0", 0),
        (IDLE_LIMIT, "1440", 1440),
        (RETENTION, "1", 1),
        (RETENTION, "3650", 3650),
        (REPORTING_ZONE, "Europe/Berlin", BERLIN),
    ],
)
def test_a_value_in_range_is_taken(name: str, text: str, value: object) -> None:
    settings = effective_settings({name: text})

    assert getattr(settings, ATTRIBUTES[name]) == value
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "value", "detail"),
    [
        (UPDATE_INTERVAL, "9", 10, "outside 10 to 60; 10 is used"),
        (UPDATE_INTERVAL, "61", 60, "outside 10 to 60; 60 is used"),
        (UPDATE_INTERVAL, "-2147483648", 10, "outside 10 to 60; 10 is used"),
        (IDLE_LIMIT, "-1", 0, "outside 0 to 1440; 0 is used"),
        (IDLE_LIMIT, "1441", 1440, "outside 0 to 1440; 1440 is used"),
        (RETENTION, "0", 1, "outside 1 to 3650; 1 is used"),
        (RETENTION, "3651", 3650, "outside 1 to 3650; 3650 is used"),
        (UPDATE_INTERVAL, "ten", 10, "not a whole number; 10 is used"),
        (UPDATE_INTERVAL, "20.5", 10, "not a whole number; 10 is used"),
        (UPDATE_INTERVAL, "+-20", 10, "not a whole number; 10 is used"),
        (UPDATE_INTERVAL, "-", 10, "not a whole number; 10 is used"),
        (RETENTION, "99999999999", 90, "not a whole number; 90 is used"),
        (ENABLED, "maybe", True, "not yes or no; yes is used"),
        (REPORTING_ZONE, "Europe/Berlim", ZoneInfo("UTC"), "not an IANA time zone; UTC is used"),
        (REPORTING_ZONE, "../etc/passwd", ZoneInfo("UTC"), "not an IANA time zone; UTC is used"),
    ],
)
def test_a_value_that_cannot_be_taken_is_replaced_and_told(
    name: str, text: str, value: object, detail: str
) -> None:
    assert value_of(name, text) == value
    assert effective_settings({name: text}).problems == (SettingProblem(name, text, detail),)


def test_of_a_long_text_only_the_beginning_is_told() -> None:
    problems = effective_settings({REPORTING_ZONE: "x" * 5000}).problems

    assert [problem.value for problem in problems] == ["x" * 100]


@given(st.sampled_from(NAMES), st.text())
def test_no_text_is_worse_than_a_problem(name: str, text: str) -> None:
    settings = effective_settings({name: text})

    assert len(settings.problems) <= 1
    assert 10 <= settings.update_interval_minutes <= 60


@pytest.mark.parametrize(("visible", "scope"), [(True, Scope.EVERYONE), (False, Scope.MINE)])
def test_the_scope_follows_from_my_time(scope: Scope, *, visible: bool) -> None:
    assert Settings(my_time_visible=visible).scope is scope


def test_an_app_has_its_own_settings_or_the_environments() -> None:
    hub = Settings(update_interval_minutes=30)
    book = SettingsBook(environment=Settings(update_interval_minutes=20), apps={"hub": hub})

    assert book.for_app("hub") is hub
    assert book.for_app("another") is book.environment
    assert book.for_app(None) is book.environment


UNKNOWN = SettingsBook(environment_is_known=False, apps_are_known=False)


def test_what_nobody_knows_to_be_allowed_is_not() -> None:
    own = Settings(update_interval_minutes=30)
    some_apps = SettingsBook(apps={"hub": own}, apps_are_known=False)

    guarded = [UNKNOWN.for_app(None), UNKNOWN.for_app("hub"), some_apps.for_app("another")]
    told = [some_apps.for_app("hub"), some_apps.for_app(None)]

    assert guarded == [Settings(my_time_visible=False, time_logs_allowed=False)] * 3
    assert told == [own, Settings()]


def test_what_nobody_knows_refuses_no_segment() -> None:
    some_apps = SettingsBook(environment=Settings(retention_days=2), apps_are_known=False)

    assert UNKNOWN.limits_at(NOON) == widest_limits(NOON)
    assert UNKNOWN.tracks_in(None)
    assert UNKNOWN.tracks_in("hub")
    assert some_apps.limits_at(NOON).longest == timedelta(minutes=62)
    assert some_apps.limits_at(NOON).oldest == NOON - timedelta(days=2)


def test_a_segment_may_be_as_long_as_the_longest_interval_of_any_app() -> None:
    book = SettingsBook(apps={"hub": Settings(update_interval_minutes=45)})

    assert book.limits_at(NOON).longest == timedelta(minutes=47)


def test_a_segment_may_be_as_old_as_the_retention() -> None:
    book = SettingsBook(environment=Settings(retention_days=2))

    assert book.limits_at(NOON).oldest == NOON - timedelta(days=2)


def test_the_widest_limits_hold_what_every_setting_allows() -> None:
    now = NOON
    most = SettingsBook(environment=Settings(update_interval_minutes=60, retention_days=3650))

    widest, allowed = widest_limits(now), most.limits_at(now)

    assert widest.longest == allowed.longest
    assert widest.oldest <= allowed.oldest
    assert judged(reported(-3720, 0), widest) == Span(at(-3720), at(0))
