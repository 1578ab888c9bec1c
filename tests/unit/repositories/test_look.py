from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.repositories.look import days_of
from functions.timekeeping.days import days_touched
from functions.timekeeping.settings import Settings, SettingsBook
from functions.timekeeping.spans import Span

ZONES = ("Etc/GMT+12", "Pacific/Honolulu", "UTC", "Asia/Kolkata", "Pacific/Kiritimati")


def ten_minutes_from(start: datetime) -> Span:
    return Span(start, start + timedelta(minutes=10))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 - made aware
def test_while_the_zone_is_unknown_the_days_of_every_zone_are_asked_for(moment: datetime) -> None:
    span = ten_minutes_from(moment.replace(tzinfo=UTC, microsecond=0))

    days = days_of([span], None)

    assert all(days_touched([span], ZoneInfo(zone)) <= days for zone in ZONES)
    assert len(days) <= 3


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", date(2026, 3, 11)), ("America/New_York", date(2026, 3, 10))]
)
def test_when_the_zone_is_known_only_its_days_are_asked_for(zone: str, day: date) -> None:
    settings = SettingsBook(environment=Settings(reporting_zone=ZoneInfo(zone)))
    span = ten_minutes_from(datetime(2026, 3, 10, 20, tzinfo=UTC))

    assert days_of([span], settings) == {day}
