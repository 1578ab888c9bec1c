"""Days of the reporting time zone: where they begin, and cutting spans at midnight."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from functions.timekeeping.spans import Span

ONE_DAY = timedelta(days=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which a day begins.

    Where clocks are put forward at midnight the day begins with the change, at 01:00 local time.
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day that contains the moment."""
    return moment.astimezone(zone).date()


def cut_at_midnight(span: Span, zone: ZoneInfo) -> Iterator[tuple[date, Span]]:
    """Yield the parts of a span with the day each lies in, earliest first.

    A span within one day comes back whole; every part is longer than zero.
    """
    start = span.start
    while start < span.end:
        day = day_of(start, zone)
        end = min(span.end, midnight(day + ONE_DAY, zone))
        yield day, Span(start, end)
        start = end


def days_touched(spans: Iterable[Span], zone: ZoneInfo) -> set[date]:
    """Return the days that have a second of any of the spans."""
    return {day for span in spans for day, _ in cut_at_midnight(span, zone)}
