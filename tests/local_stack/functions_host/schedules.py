"""NCRONTAB expressions of timer triggers, all times UTC: when does a timer fire next?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

FIELDS = (
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day", 1, 31),
    ("month", 1, 12),
    ("weekday", 0, 6),
)
DAYS_AHEAD = 366 * 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """The allowed values of the six fields; weekday 0 is Sunday."""

    seconds: frozenset[int]
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read six fields of ``*``, numbers, ranges, steps and lists.

        Raises:
            ValueError: it is something else; names of days and months are not read.
        """
        parts = text.split()
        if len(parts) != len(FIELDS):
            raise ValueError(f"a schedule has {len(FIELDS)} fields: {text!r}")
        fields = zip(parts, FIELDS, strict=True)
        return cls(*(_values(part, low, high) for part, (_, low, high) in fields))

    def next_after(self, moment: datetime) -> datetime:
        """Return the first moment later than the given one.

        Raises:
            ValueError: there is none within five years.
        """
        start = moment.replace(microsecond=0) + timedelta(seconds=1)
        for days in range(DAYS_AHEAD):
            day = (
                start
                if days == 0
                else (start + timedelta(days=days)).replace(hour=0, minute=0, second=0)
            )
            if self._falls_on(day):
                found = self._on_day_from(day)
                if found is not None:
                    return found
        raise ValueError("the schedule never comes due")

    def _falls_on(self, day: datetime) -> bool:
        weekday = (day.weekday() + 1) % 7
        return day.month in self.months and day.day in self.days and weekday in self.weekdays

    def _on_day_from(self, moment: datetime) -> datetime | None:
        earliest = (moment.hour, moment.minute, moment.second)
        times = (
            (hour, minute, second)
            for hour in sorted(self.hours)
            if hour >= moment.hour
            for minute in sorted(self.minutes)
            for second in sorted(self.seconds)
        )
        found = next((time for time in times if time >= earliest), None)
        if found is None:
            return None
        return moment.replace(hour=found[0], minute=found[1], second=found[2])


def _values(text: str, low: int, high: int) -> frozenset[int]:
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        start = low if first == "*" else int(first)
        end = high if first == "*" or (step and not dash) else int(last or first)
        if not low <= start <= end <= high:
            raise ValueError(f"{part!r} is outside {low} to {high}")
        values.update(range(start, end + 1, int(step or 1)))
    return frozenset(values)
