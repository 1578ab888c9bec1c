"""Somebody at a command line, with a token, and with time that passes at once."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, cast

import pytest

from solution.tools.__main__ import COMMANDS, parser
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest

FUNCTIONS = "http://127.0.0.1:9/api"
"""An address of this machine at which nobody answers."""
KEY = "key-that-nobody-may-see"


class Waiting(Protocol):
    """A command that can be told how to wait."""

    def run(self, arguments: argparse.Namespace, *, wait: Callable[[float], None]) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left on the screen."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(slots=True)
class Console:
    """Types commands and reads what they say."""

    url: str
    mock: MockDataverse
    capture: pytest.CaptureFixture[str]
    waited: list[float] = field(default_factory=list)

    def run(self, command: str, *words: str) -> Outcome:
        """Run a command in the environment; what was on the screen before is gone."""
        self.capture.readouterr()
        arguments = parser().parse_args([command, "--environment", self.url, *words])
        code = cast("Waiting", COMMANDS[command]).run(arguments, wait=self.waited.append)
        out, err = self.capture.readouterr()
        assert KEY not in out + err
        return Outcome(code, out, err)

    def writes(self) -> list[RecordedRequest]:
        """Return what was asked since the last time that was more than a question."""
        asked = list(self.mock.requests)
        self.mock.clear_requests()
        return [each for each in asked if not only_asks(each)]


def only_asks(request: RecordedRequest) -> bool:
    """Tell whether a request changes nothing."""
    parts = [method for method, _, _ in request.parts] or [request.method]
    return set(parts) == {"GET"}


def written(request: RecordedRequest) -> str:
    """Return what was written where, without the host and the version."""
    return f"{request.method} {request.path.rpartition('/v9.2/')[2]}"
