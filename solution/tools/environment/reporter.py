"""What a command says: lines on standard output, for people."""

import sys
from dataclasses import dataclass
from enum import Enum
from textwrap import fill
from typing import TextIO

WIDTH = 100


class Level(Enum):
    """How much a finding matters; the value is what people read."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is like, and how to mend it when it is not well."""

    level: Level
    what: str
    remedy: str = ""


def ok(what: str) -> Finding:
    return Finding(Level.OK, what)


def warning(what: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, what, remedy)


def problem(what: str, remedy: str) -> Finding:
    return Finding(Level.PROBLEM, what, remedy)


class Reporter:
    """Says things, each as soon as it is known."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    def say(self, text: str) -> None:
        print(text, file=self._out or sys.stdout, flush=True)

    def tell(self, finding: Finding) -> None:
        mark = f"{finding.level.value:8} "
        self.say(fill(finding.what, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark)))
        if finding.remedy:
            indent = " " * len(mark) + "-> "
            self.say(
                fill(
                    finding.remedy,
                    WIDTH,
                    initial_indent=indent,
                    subsequent_indent=" " * len(indent),
                )
            )
