"""Conclusions as a table for people: what we assume, what the environment says, what follows."""

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from solution.tools.environment.probe.question import ByHand, Conclusion
from solution.tools.environment.reporter import WIDTH

WIDTHS = (32, 34, 28)
"""Characters of the three columns."""
INDENT = "    "


def head() -> Iterator[str]:
    yield from _lines("we assume", "the environment says", "what follows")


def row_of(conclusion: Conclusion) -> Iterator[str]:
    """Yield the lines of one question below a rule that names it."""
    question, reading = conclusion.question, conclusion.reading
    yield f"--- {question.name} ".ljust(WIDTH, "-")
    yield from _lines(
        question.assumption, f"{reading.verdict.value}: {reading.said}", conclusion.follows
    )


def by_hand(question: ByHand) -> Iterator[str]:
    """Yield what somebody has to do; what they type is a line of its own, to be copied."""
    yield f"--- {question.name}: ask by hand ".ljust(WIDTH, "-")
    yield from wrap(question.assumption, WIDTH)
    yield from wrap(question.to_do, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    if question.types:
        yield INDENT * 2 + question.types
    yield from wrap(f"If not, {question.otherwise}", WIDTH)


def _lines(*cells: str) -> Iterator[str]:
    columns = [wrap(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True))
        yield " | ".join(padded).rstrip()
