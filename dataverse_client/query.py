"""What to read, as a value: each method returns a new query and leaves the old one alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import quote

from dataverse_client.conditions import (
    Condition,
    all_of,
    any_of,
    contains,
    eq,
    ge,
    gt,
    is_current_user,
    le,
    lt,
    ne,
    one_of,
    starts_with,
)
from dataverse_client.keys import named
from dataverse_client.literals import encoded

__all__ = [
    "Average",
    "Condition",
    "Count",
    "Expand",
    "Max",
    "Min",
    "Query",
    "Sum",
    "all_of",
    "any_of",
    "contains",
    "eq",
    "ge",
    "gt",
    "is_current_user",
    "le",
    "lt",
    "ne",
    "one_of",
    "starts_with",
]


@dataclass(frozen=True, slots=True)
class _OfColumn:
    """An aggregate of a column, under a name of your own."""

    column: str
    name: str
    method: ClassVar[str]

    @property
    def text(self) -> str:
        return f"{self.column} with {self.method} as {self.name}"


class Sum(_OfColumn):
    """The sum of a column."""

    __slots__ = ()
    method = "sum"


class Average(_OfColumn):
    """The average of a column."""

    __slots__ = ()
    method = "average"


class Min(_OfColumn):
    """The smallest value of a column."""

    __slots__ = ()
    method = "min"


class Max(_OfColumn):
    """The largest value of a column."""

    __slots__ = ()
    method = "max"


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows."""

    name: str

    @property
    def text(self) -> str:
        return f"$count as {self.name}"


Aggregate = Sum | Average | Min | Max | Count


@dataclass(frozen=True, slots=True)
class Expand:
    """Related rows, read along with each row through a navigation property."""

    navigation: str
    columns: tuple[str, ...] = ()
    condition: Condition | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None

    def select(self, *columns: str) -> "Expand":
        return replace(self, columns=self.columns + columns)

    def where(self, condition: Condition) -> "Expand":
        return replace(self, condition=_both(self.condition, condition))

    def order_by(self, column: str, *, descending: bool = False) -> "Expand":
        return replace(self, order=(*self.order, _ordered(column, descending=descending)))

    def top(self, rows: int) -> "Expand":
        return replace(self, limit=rows)

    @property
    def text(self) -> str:
        options = ";".join(_options(self.columns, self.condition, self.order, self.limit))
        return f"{self.navigation}({options})" if options else self.navigation


@dataclass(frozen=True, slots=True)
class Query:
    """The rows of one table."""

    entity_set: str
    columns: tuple[str, ...] = ()
    condition: Condition | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None
    rows_per_page: int | None = None
    counted: bool = False
    partition_id: str | None = None
    expands: tuple[Expand, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    groups: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named(self.entity_set)
        if self.aggregates and (
            self.columns or self.order or self.limit or self.counted or self.expands
        ):
            raise ValueError("an aggregate goes with where and in_partition, not with the rest")

    def select(self, *columns: str) -> "Query":
        return replace(self, columns=self.columns + columns)

    def where(self, condition: Condition) -> "Query":
        """Narrow the rows; a second call narrows further."""
        return replace(self, condition=_both(self.condition, condition))

    def order_by(self, column: str, *, descending: bool = False) -> "Query":
        return replace(self, order=(*self.order, _ordered(column, descending=descending)))

    def top(self, rows: int) -> "Query":
        """Read at most so many rows. A page size is then not sent: it would undo this limit."""
        return replace(self, limit=rows)

    def page_size(self, rows: int) -> "Query":
        return replace(self, rows_per_page=rows)

    def count(self) -> "Query":
        """Ask how many rows there are; the number saturates at 5,000, elastic at 500."""
        return replace(self, counted=True)

    def in_partition(self, partition_id: str) -> "Query":
        """Read one partition of an elastic table."""
        return replace(self, partition_id=partition_id)

    def expand(self, *expands: Expand) -> "Query":
        return replace(self, expands=self.expands + expands)

    def aggregate(self, *aggregates: Aggregate, by: tuple[str, ...] = ()) -> "Query":
        return replace(self, aggregates=aggregates, groups=by)

    def annotated(self, *names: str) -> "Query":
        """Ask for annotations, such as ``"*"``."""
        return replace(self, annotations=self.annotations + names)

    @property
    def url(self) -> str:
        """The percent-encoded URL, relative to the service root."""
        options = "&".join(self._encoded_options())
        return f"{self.entity_set}?{options}" if options else self.entity_set

    @property
    def preferences(self) -> str:
        """The value of the Prefer header; empty for none."""
        wanted = []
        if self.rows_per_page is not None and self.limit is None:
            wanted.append(f"odata.maxpagesize={self.rows_per_page}")
        if self.annotations:
            wanted.append(f'odata.include-annotations="{",".join(self.annotations)}"')
        return ",".join(wanted)

    def _encoded_options(self) -> Iterator[str]:
        if self.partition_id is not None:
            yield f"partitionId={quote(self.partition_id, safe='')}"
        if self.aggregates:
            yield encoded(f"$apply={self._apply()}")
            return
        for option in _options(self.columns, self.condition, self.order, self.limit):
            yield encoded(option)
        if self.expands:
            yield encoded("$expand=" + ",".join(expand.text for expand in self.expands))
        if self.counted:
            yield "$count=true"

    def _apply(self) -> str:
        aggregate = f"aggregate({','.join(one.text for one in self.aggregates)})"
        if self.groups:
            aggregate = f"groupby(({','.join(self.groups)}),{aggregate})"
        return f"filter({self.condition.text})/{aggregate}" if self.condition else aggregate


def _both(first: Condition | None, second: Condition) -> Condition:
    return second if first is None else all_of(first, second)


def _ordered(column: str, *, descending: bool) -> str:
    return f"{column} desc" if descending else column


def _options(
    columns: tuple[str, ...],
    condition: Condition | None,
    order: tuple[str, ...],
    limit: int | None,
) -> Iterator[str]:
    if columns:
        yield "$select=" + ",".join(columns)
    if condition:
        yield "$filter=" + condition.text
    if order:
        yield "$orderby=" + ",".join(order)
    if limit is not None:
        yield f"$top={limit}"
