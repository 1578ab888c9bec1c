"""What all our JSON has in common: camelCase, nothing unknown, exact types, times in UTC."""

import re
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)
from pydantic.alias_generators import to_camel

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)

FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _from_rfc3339(value: object) -> object:
    """Read a moment; refuse other texts that mean one, such as seconds since 1970."""
    if not isinstance(value, str):
        return value
    if not RFC3339.fullmatch(value):
        raise ValueError("must be a moment as in RFC 3339, such as 2026-03-10T12:00:00Z")
    return datetime.fromisoformat(value.upper())


def from_full_date(value: object) -> object:
    """Read a day; refuse other texts that mean one."""
    if not isinstance(value, str):
        return value
    if not FULL_DATE.fullmatch(value):
        raise ValueError("must be a day such as 2026-03-10")
    return date.fromisoformat(value)


def _not_nil(value: UUID) -> UUID:
    """Refuse the id that Dataverse takes for none."""
    if value.int == 0:
        raise ValueError("must not be all zeros")
    return value


def in_our_time(moment: datetime) -> datetime:
    """Return a moment in UTC; refuse one that no clock of ours can mean."""
    if not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        raise ValueError(f"the year must be from {EARLIEST_YEAR} to {LATEST_YEAR - 1}")
    return moment.astimezone(UTC)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_from_rfc3339),
    AfterValidator(in_our_time),
    PlainSerializer(_rfc3339, return_type=str),
]
"""A moment; sent to the whole second, with ``Z``."""

NewId = Annotated[UUID, AfterValidator(_not_nil)]
"""The id of a row to come, chosen by the client."""

Words = StringConstraints(
    strip_whitespace=True, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
)
"""Text people wrote, without control characters other than line breaks and tabs."""


def at_most(characters: int) -> AfterValidator:
    """Return a limit as Dataverse counts: in UTF-16, where an emoji is two."""

    def check(text: str) -> str:
        if len(text.encode("utf-16-le")) > 2 * characters:
            raise ValueError(f"must have at most {characters} characters")
        return text

    return AfterValidator(check)


def place_of(path: tuple[int | str, ...]) -> str:
    """Return where in JSON something is, as people write it: ``segments[3].endedAt``."""
    place = ""
    for step in path:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place[:200]


class Body(BaseModel):
    """JSON that we accept: what is unknown or of another type is an error that names it."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", frozen=True, strict=True, validate_by_name=False
    )


class View(BaseModel):
    """JSON that we send."""

    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, validate_by_name=True, serialize_by_alias=True
    )
