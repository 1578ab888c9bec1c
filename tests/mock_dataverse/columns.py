"""Columns as Dataverse shows them: what they accept, how they are stored and shown.

Stored values are SQLite's own: text for ids, days and moments (which then sort as they should),
integers for numbers, choices and yes/no.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from sys import float_info
from uuid import UUID

from tests.mock_dataverse.errors import (
    CHOICE_OUT_OF_RANGE,
    INTEGER_OUT_OF_RANGE,
    INVALID_DATE_TIME,
    TEXT_TOO_LONG,
    bad_payload,
    bad_request,
)

Json = str | int | float | bool | None
Stored = str | int | float | None

WHOLE_MIN, WHOLE_MAX = -(2**31), 2**31 - 1
MOST = float_info.max
LONGEST_TEXT = 1_073_741_823
FIRST_DAY, LAST_DAY = date(1753, 1, 1), date(9999, 12, 30)
GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2})")


class Kind(Enum):
    """How a column's values look on the wire."""

    GUID = "Edm.Guid"
    TEXT = "Edm.String"
    WHOLE = "Edm.Int32"
    BIG = "Edm.Int64"
    DOUBLE = "Edm.Double"
    BOOLEAN = "Edm.Boolean"
    CHOICE = "choice"
    MOMENT = "Edm.DateTimeOffset"
    DAY = "Edm.Date"
    LOOKUP = "lookup"


INTEGERS = frozenset({Kind.WHOLE, Kind.BIG, Kind.CHOICE})
WITH_DEFAULT = frozenset({Kind.BOOLEAN, Kind.CHOICE})


class Level(Enum):
    """How much a column is wanted: the server asks for ``SYSTEM`` only, forms for the others."""

    NONE = "None"
    RECOMMENDED = "Recommended"
    APPLICATION = "ApplicationRequired"
    SYSTEM = "SystemRequired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    ``targets`` maps each navigation property of a lookup to the table it names; one that is
    ``open_ended`` also names rows that no such property leads to. A row goes with the row that a
    ``parental`` lookup names, and ``relationship`` is what the two tables' relation is called.
    ``options`` is the global choice that ``labels`` come from. An ``entity_name`` is the logical
    name of a table. What is not ``readable`` can be written and never seen.
    """

    name: str
    kind: Kind
    label: str = ""
    max_length: int = 4000
    minimum: int = WHOLE_MIN
    maximum: int = WHOLE_MAX
    labels: dict[int, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    open_ended: bool = False
    level: Level = Level.NONE
    parental: bool = False
    creatable: bool = True
    updatable: bool = True
    readable: bool = True
    memo: bool = False
    entity_name: bool = False
    options: str = ""
    schema_name: str = ""
    relationship: str = ""

    @property
    def wire_name(self) -> str:
        """The property a read shows the value under."""
        return f"_{self.name}_value" if self.kind is Kind.LOOKUP else self.name

    @property
    def type_name(self) -> str | None:
        """Where the table of a polymorphic lookup's value is stored."""
        return f"{self.name}__type" if self.open_ended or len(self.targets) > 1 else None

    @property
    def internal(self) -> bool:
        """Whether only the mock itself knows the column: Dataverse has none of this name."""
        return not (self.readable or self.creatable or self.updatable)

    @property
    def required(self) -> bool:
        """Whether a create has to name it: yes/no and choices have a default in Dataverse."""
        return self.level is Level.SYSTEM and self.creatable and self.kind not in WITH_DEFAULT

    def stored(self, value: object) -> Stored:
        """Check a JSON value and return it as it is stored.

        Raises:
            DataverseError: 400, as Dataverse refuses it.
        """
        return None if value is None else READERS[self.kind](self, value)

    def json(self, stored: Stored) -> Json:
        return bool(stored) if self.kind is Kind.BOOLEAN and stored is not None else stored

    def formatted(self, stored: Stored) -> str | None:
        """Return the text a form would show, or None where Dataverse adds no such annotation."""
        return None if stored is None else self._text_of(stored)

    def _text_of(self, stored: str | float) -> str | None:
        match self.kind:
            case Kind.CHOICE:
                return self.labels.get(int(stored), str(stored))
            case Kind.BOOLEAN:
                return "Yes" if stored else "No"
            case Kind.WHOLE:
                return f"{int(stored):,}"
            case Kind.DAY:
                return us_date(date.fromisoformat(str(stored)))
            case Kind.MOMENT:
                moment = datetime.fromisoformat(str(stored))
                return f"{us_date(moment)} {moment.strftime('%I:%M %p').lstrip('0')}"
            case _:
                return None

    def _wrong_type(self, value: object) -> Exception:
        shown = type(value).__name__
        return bad_payload(f"cannot convert a {shown} to {self.kind.value} for '{self.name}'.")

    def as_guid(self, value: object) -> str:
        if not isinstance(value, str) or not GUID.fullmatch(value):
            raise self._wrong_type(value)
        return str(UUID(value))

    def as_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise self._wrong_type(value)
        if len(value.encode("utf-16-le")) > 2 * self.max_length:
            raise bad_request(
                TEXT_TOO_LONG,
                f"A validation error occurred. The length of the '{self.name}' attribute exceeded"
                f" the maximum allowed length of '{self.max_length}'.",
            )
        return value

    def as_truth(self, value: object) -> int:
        if not isinstance(value, bool):
            raise self._wrong_type(value)
        return int(value)

    def as_whole(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong_type(value)
        if not self.minimum <= value <= self.maximum:
            raise bad_request(
                INTEGER_OUT_OF_RANGE,
                f"A validation error occurred. The value of '{self.name}' is outside the valid"
                f" range ({self.minimum} to {self.maximum}).",
            )
        return value

    def as_double(self, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._wrong_type(value)
        if not abs(value) <= MOST:
            raise self._wrong_type(value)
        return float(value)

    def as_choice(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong_type(value)
        if value not in self.labels:
            raise bad_request(
                CHOICE_OUT_OF_RANGE,
                f"A validation error occurred. The value {value} of '{self.name}' is outside the"
                f" valid range. Accepted values: {', '.join(map(str, sorted(self.labels)))}.",
            )
        return value

    def as_day(self, value: object) -> str:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self._wrong_type(value)
        return self._in_range(lambda: date.fromisoformat(value), value).isoformat()

    def as_moment(self, value: object) -> str:
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            raise self._wrong_type(value)
        moment = parse_moment(value)
        if moment is None:
            raise bad_request(INVALID_DATE_TIME, f"'{value}' is no date for '{self.name}'.")
        self._in_range(moment.date, value)
        return show_moment(moment)

    def _in_range(self, day_of: Callable[[], date], value: str) -> date:
        try:
            day = day_of()
        except ValueError as error:
            raise self._wrong_type(value) from error
        if not FIRST_DAY <= day <= LAST_DAY:
            raise bad_request(
                INVALID_DATE_TIME,
                f"The date-time of '{self.name}' is outside the supported range: {value}.",
            )
        return day


READERS: dict[Kind, Callable[[Column, object], Stored]] = {
    Kind.GUID: Column.as_guid,
    Kind.LOOKUP: Column.as_guid,
    Kind.TEXT: Column.as_text,
    Kind.WHOLE: Column.as_whole,
    Kind.BIG: Column.as_whole,
    Kind.DOUBLE: Column.as_double,
    Kind.CHOICE: Column.as_choice,
    Kind.BOOLEAN: Column.as_truth,
    Kind.DAY: Column.as_day,
    Kind.MOMENT: Column.as_moment,
}


def us_date(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def parse_moment(text: str) -> datetime | None:
    """Return the moment in UTC, or None if there is no such one."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def show_moment(moment: datetime) -> str:
    """Return the moment as Dataverse keeps it: UTC, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
