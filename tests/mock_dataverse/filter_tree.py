"""What a filter says, as values: made by ``filter_syntax``, read by ``filters``."""

from dataclasses import dataclass
from enum import Enum, auto


class Literal(Enum):
    """What kind of literal a text is."""

    GUID = auto()
    MOMENT = auto()
    DAY = auto()
    NUMBER = auto()
    TEXT = auto()
    TRUTH = auto()
    ENUM = auto()
    NULL = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """A literal, unquoted."""

    kind: Literal
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    """A property, perhaps behind navigation properties."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``path op operand``."""

    path: Path
    operator: str
    operand: "Value | Path"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """``contains(path,'x')`` and its like."""

    function: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class QueryFunction:
    """``Microsoft.Dynamics.CRM.Name(PropertyName='c',...)``."""

    name: str
    column: str
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Negation:
    """``not``."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by one word, ``and`` or ``or``."""

    word: str
    conditions: "tuple[Condition, ...]"


Condition = Comparison | TextMatch | QueryFunction | Negation | Junction
