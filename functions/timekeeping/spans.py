"""Half-open spans of UTC time in whole seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in UTC, both on a whole second. ``start == end`` is allowed and empty."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError(f"a span needs UTC datetimes, got {self.start!r}, {self.end!r}")
        if self.start.microsecond or self.end.microsecond:
            raise ValueError(f"a span has whole seconds, got {self.start!r}, {self.end!r}")
        if self.end < self.start:
            raise ValueError(f"a span cannot end before it starts: {self.start} > {self.end}")

    @property
    def seconds(self) -> int:
        return (self.end - self.start) // SECOND


def rounded_down(moment: datetime) -> datetime:
    """Return the whole second that contains the moment, in UTC.

    Both bounds of a span are rounded this way, so adjoining spans stay adjoining and no drift
    builds up.
    """
    return moment.astimezone(UTC).replace(microsecond=0)
