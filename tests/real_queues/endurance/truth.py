"""What the functions should have recorded, counted second by second from what was sent.

Nothing of theirs is used here: no domain, no contract, no id they derive.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A segment as a widget sent it, in whole seconds since 1970; ``window`` is its alone."""

    id: UUID
    window: str
    person: UUID
    case: UUID
    focus_started: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    """Whose time it is, of which case, on which day."""

    person: UUID
    case: UUID
    day: date


def day_of(second: int) -> date:
    return datetime.fromtimestamp(second, UTC).date()


def seconds_of(segments: Iterable[Sent]) -> Counter[Day]:
    """Return the seconds of each day: each goes to the segment whose focus began last."""
    winners: dict[tuple[UUID, int], Sent] = {}
    for segment in segments:
        for second in range(segment.start, segment.end):
            before = winners.get((segment.person, second))
            if before is None or segment.focus_started > before.focus_started:
                winners[segment.person, second] = segment
    return Counter(
        Day(person, segment.case, day_of(second)) for (person, second), segment in winners.items()
    )


def pieces_of(segments: Iterable[Sent]) -> Counter[Day]:
    """Return how many segments touch each day."""
    return Counter(
        Day(segment.person, segment.case, day)
        for segment in segments
        for day in {day_of(segment.start), day_of(segment.end - 1)}
    )
