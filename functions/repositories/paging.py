"""Cursors of lists that are shown newest first: where a page ended, told by values, not by links.

A cursor names the last entry shown and those that share its moment, because Dataverse shows moments
to the whole second only.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from dataverse_client import Condition, Query, all_of, any_of, eq, lt
from functions.repositories.columns import Utc
from functions.timekeeping.errors import InvalidEntry
from functions.usecases.show_history import Part

PAGE = 50

T = TypeVar("T")


class Place(BaseModel):
    """Where an entry stands in its list: by day, where the list has days, then by moment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date | None = None
    created: Utc


class Cursor(BaseModel):
    """The place of the last entry shown, and the ids of all entries shown at that place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    seen: tuple[UUID, ...]

    @property
    def text(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor a caller sent back.

        Raises:
            InvalidEntry: it is none of ours.
        """
        try:
            padded = text + "=" * (-len(text) % 4)
            return cls.model_validate_json(base64.b64decode(padded, b"-_", validate=True))
        except (ValidationError, binascii.Error, ValueError) as error:
            raise InvalidEntry("cursor", "not a cursor of this list") from error


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
    return ordered.where(rest).top(PAGE + 1 + len(cursor.seen))


def _grouped(condition: Condition) -> Condition:
    return Condition(f"({condition.text})")


def page(
    entries: Sequence[T],
    cursor: Cursor | None,
    *,
    key: Callable[[T], UUID],
    place: Callable[[T], Place],
) -> Part[T]:
    """Return the entries of one page and the cursor to the next."""
    seen = frozenset(cursor.seen) if cursor else frozenset()
    fresh = [entry for entry in entries if key(entry) not in seen]
    shown, more = fresh[:PAGE], len(fresh) > PAGE
    if not more:
        return Part(tuple(shown))
    last = place(shown[-1])
    earlier = cursor.seen if cursor and cursor.place == last else ()
    at_last = tuple(key(entry) for entry in shown if place(entry) == last)
    return Part(tuple(shown), Cursor(place=last, seen=earlier + at_last).text)
