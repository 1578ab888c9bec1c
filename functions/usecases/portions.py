"""Work in portions, so that what a story holds at a time does not grow with the whole of it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def portions(items: Iterable[T], most: int) -> Iterator[tuple[T, ...]]:
    """Yield the items in their order, at most so many at a time; nothing for none."""
    rest = iter(items)
    while some := tuple(islice(rest, most)):
        yield some
