"""Half-open spans of UTC time in whole seconds."""

from collections.abc import Iterable
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


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same covered time as disjoint spans that do not touch, earliest first."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        elif span.start < span.end:
            result.append(span)
    return result


def union_seconds(spans: Iterable[Span]) -> int:
    """Return the seconds covered by at least one span.

    Overlaps count once, gaps count nothing, touching spans join::

        first   |-----60-----|
        second         |-----60-----|
        union   |--------90---------|
    """
    return sum(span.seconds for span in merged(spans))
