"""How a value is written in a URL and in a JSON body."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from uuid import UUID

Scalar = str | UUID | bool | int | Decimal | datetime | date | None

# What may stay as it is in a query string and keeps it readable. The rest is percent-encoded.
READABLE = "$()',/:;=@*"


def instant(moment: datetime) -> str:
    """Return a moment as Dataverse writes it: UTC, whole seconds, fractions cut off."""
    if moment.tzinfo is None:
        raise ValueError(f"a datetime needs a time zone, got {moment!r}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def literal(value: Scalar) -> str:
    """Return the value as it stands in a filter or a key, not yet percent-encoded."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return _day_or_instant(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{value} cannot be compared with")
            return format(value, "f")
        case UUID() | int():
            return str(value)
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


def encoded(text: str) -> str:
    """Return the text percent-encoded for the value of a query option."""
    return quote(text, safe=READABLE)


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Return a JSON body. Besides JSON's own types it takes UUID, Decimal, date and datetime."""
    return json_text(value).encode()


def json_text(value: object) -> str:
    """Return compact JSON; `json_bytes` says which types it takes."""
    return json.dumps(
        value, default=_jsonable, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _jsonable(value: object) -> str | float:
    match value:
        case date():
            return _day_or_instant(value)
        case UUID():
            return str(value)
        case Decimal():
            return float(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a row")


def _day_or_instant(value: date) -> str:
    return instant(value) if isinstance(value, datetime) else value.isoformat()
