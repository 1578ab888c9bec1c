"""The kinds of columns our tables have, and what Dataverse enforces for each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What every column has.

    ``schema_name`` is spelled as an administrator sees it (``cht_CaseId``); for a lookup it is also
    the case-sensitive navigation property that Dataverse binds by.
    """

    schema_name: str
    label: str
    description: str
    required: bool = False

    @property
    def logical_name(self) -> str:
        return self.schema_name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Column):
    """A text of at most ``max_length`` characters."""

    max_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(Column):
    """A whole number between two bounds, both allowed."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Column):
    """One option of a global choice, stored as its number."""

    options: "ChoiceOptions"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime(Column):
    """A moment, UTC, kept to the whole second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOnly(Column):
    """A day without a time and without a zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(Column):
    """A reference to a row of another table. Read as ``_<logical name>_value``.

    With a ``parental`` one a row is deleted along with the row it refers to; otherwise the
    reference is cleared. Rows of elastic tables stay as they are.
    """

    target: str
    parental: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOptions:
    """A global choice: its unique name and the label of each number."""

    name: str
    label: str
    description: str
    labels: dict[int, str]
