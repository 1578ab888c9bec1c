"""What all our JSON has in common: camelCase, nothing unknown, exact types, times in UTC."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)
from pydantic.alias_generators import to_camel

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def _in_our_time(moment: datetime) -> datetime:
    if not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        raise ValueError(f"the year must be from {EARLIEST_YEAR} to {LATEST_YEAR - 1}")
    return moment.astimezone(UTC)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    AwareDatetime, AfterValidator(_in_our_time), PlainSerializer(_rfc3339, return_type=str)
]
"""A moment; sent to the whole second, with ``Z``."""

Words = StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")
"""Text people wrote, without control characters other than line breaks and tabs."""


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
