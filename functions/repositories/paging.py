"""Cursors of lists that are shown newest first: where a page ended, told by values, not by links.

A cursor names the place of the last entry shown and which entries of that place were shown: they
may be several, because Dataverse shows moments to the whole second only.
"""

import base64
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from dataverse_client import Condition, Query, all_of, any_of, eq, lt
from functions.repositories.columns import Utc
from functions.timekeeping.errors import InvalidEntry
from functions.usecases.show_history import Part, Section

PAGE = 50
SHORT_NAME_BYTES, SHORT_NAME_LENGTH = 6, 8
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

T = TypeVar("T")


class Place(BaseModel):
    """Where an entry stands in its list: by day, where the list has days, then by moment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date | None = None
    created: Annotated[Utc, Field(ge=EARLIEST, lt=LATEST)]


class Cursor(BaseModel):
    """The place of the last entry shown in a list, and short names of all shown at that place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: Section
    place: Place
    seen: str

    @property
    def text(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")

    @property
    def names(self) -> frozenset[str]:
        width = SHORT_NAME_LENGTH
        return frozenset(self.seen[at : at + width] for at in range(0, len(self.seen), width))

    @classmethod
    def read(cls, text: str, section: Section) -> "Cursor":
        """Return the cursor a caller sent back.

        Raises:
            InvalidEntry: it is none of ours, or of another list.
        """
        try:
            padded = text + "=" * (-len(text) % 4)
            cursor = cls.model_validate_json(base64.b64decode(padded, b"-_", validate=True))
        except (ValueError, OverflowError) as error:
            raise InvalidEntry("cursor", "not a cursor of this list") from error
        if cursor.section is not section:
            raise InvalidEntry("cursor", "not a cursor of this list")
        return cursor


def short_name(entry: UUID) -> str:
    """Return enough of an id to tell the entries of one second apart."""
    return base64.urlsafe_b64encode(entry.bytes[-SHORT_NAME_BYTES:]).decode()


def page_query(query: Query, cursor: Cursor | None, *, day_column: str | None) -> Query:
    """Ask for one page of a list, and one entry more to see whether it goes on."""
    ordered = query if day_column is None else query.order_by(day_column, descending=True)
    ordered = ordered.order_by("createdon", descending=True)
    if cursor is None:
        return ordered.top(PAGE + 1)
    not_later = lt("createdon", cursor.place.created + timedelta(seconds=1))
    rest = not_later
    if day_column is not None and cursor.place.day is not None:
        same_day = all_of(eq(day_column, cursor.place.day), not_later)
        rest = any_of(lt(day_column, cursor.place.day), _grouped(same_day))
    return ordered.where(rest).top(PAGE + 1 + len(cursor.names))


def _grouped(condition: Condition) -> Condition:
    return Condition(f"({condition.text})")


def page(
    entries: Sequence[T],
    cursor: Cursor | None,
    *,
    section: Section,
    key: Callable[[T], UUID],
    place: Callable[[T], Place],
) -> Part[T]:
    """Return the entries of one page and the cursor to the next."""
    shown_before = cursor.names if cursor else frozenset()
    at_start = cursor.place if cursor else None
    fresh = [
        entry
        for entry in entries
        if place(entry) != at_start or short_name(key(entry)) not in shown_before
    ]
    shown = fresh[:PAGE]
    if len(fresh) <= PAGE:
        return Part(tuple(shown))
    last = place(shown[-1])
    seen = "".join(short_name(key(entry)) for entry in shown if place(entry) == last)
    if cursor and at_start == last:
        seen = cursor.seen + seen
    return Part(tuple(shown), Cursor(section=section, place=last, seen=seen).text)
