"""The conditions of a ``$filter``, as values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from dataverse_client.literals import Scalar, json_text, literal

_LOOKUP = re.compile(r"^_(\w+)_value$")
_WILDCARD = re.compile(r"[%_\[]")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``loose`` when it must be put in parentheses to stand beside an ``and``."""

    text: str
    loose: bool = False


def eq(column: str, value: Scalar) -> Condition:
    """Find rows whose column equals the value."""
    return _compared(column, "eq", value)


def ne(column: str, value: Scalar) -> Condition:
    """Find rows whose column differs from the value."""
    return _compared(column, "ne", value)


def gt(column: str, value: Scalar) -> Condition:
    """Find rows whose column is greater than the value."""
    return _compared(column, "gt", value)


def ge(column: str, value: Scalar) -> Condition:
    """Find rows whose column is the value or greater."""
    return _compared(column, "ge", value)


def lt(column: str, value: Scalar) -> Condition:
    """Find rows whose column is less than the value."""
    return _compared(column, "lt", value)


def le(column: str, value: Scalar) -> Condition:
    """Find rows whose column is the value or less."""
    return _compared(column, "le", value)


def contains(column: str, text: str) -> Condition:
    """Find the text anywhere in the column; none of its characters is a wildcard."""
    return Condition(f"contains({column},{literal(_verbatim(text))})")


def starts_with(column: str, text: str) -> Condition:
    """Find the text at the start of the column; none of its characters is a wildcard."""
    return Condition(f"startswith({column},{literal(_verbatim(text))})")


def one_of(column: str, values: Iterable[str | UUID | int]) -> Condition:
    """Find rows whose column has one of the values; there must be at least one value."""
    texts = [str(value) for value in values]
    if not texts:
        raise ValueError(f"one_of({column!r}) needs at least one value")
    return _function("In", column, f",PropertyValues={json_text(texts)}")


def is_current_user(column: str) -> Condition:
    """Find rows whose lookup is the user who asks, or the one acted for."""
    return _function("EqualUserId", column)


def all_of(*conditions: Condition) -> Condition:
    """Find rows that meet every condition."""
    match conditions:
        case ():
            raise ValueError("all_of needs at least one condition")
        case (only,):
            return only
        case _:
            return Condition(" and ".join(_firm(condition) for condition in conditions))


def any_of(*conditions: Condition) -> Condition:
    """Find rows that meet at least one condition."""
    match conditions:
        case ():
            raise ValueError("any_of needs at least one condition")
        case (only,):
            return only
        case _:
            text = " or ".join(condition.text for condition in conditions)
            return Condition(text, loose=True)


def _compared(column: str, operator: str, value: Scalar) -> Condition:
    return Condition(f"{column} {operator} {literal(value)}")


def _function(name: str, column: str, more: str = "") -> Condition:
    # Query functions want the column itself, also where rows show a lookup as _x_value.
    plain = _LOOKUP.sub(r"\1", column)
    return Condition(f"Microsoft.Dynamics.CRM.{name}(PropertyName={literal(plain)}{more})")


def _firm(condition: Condition) -> str:
    return f"({condition.text})" if condition.loose else condition.text


def _verbatim(text: str) -> str:
    return _WILDCARD.sub(r"[\g<0>]", text)
