"""One run of a command against one environment."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import requests

from dataverse_client import (
    AccessDenied,
    DataverseClient,
    DataverseError,
    DataverseUnavailable,
    Timeouts,
    TokenUnavailable,
    Unauthenticated,
    connect,
)
from dataverse_client import operations as op
from solution.tools.environment.errors import BadOption
from solution.tools.environment.options import credentials
from solution.tools.environment.reporter import Reporter
from solution.tools.errors import SolutionError

T = TypeVar("T")
Wait = Callable[[float], None]
"""Waits so many seconds."""

PATIENCE = Timeouts(read_seconds=600)
"""Publishing answers when it is done, which takes minutes."""


@dataclass(frozen=True, slots=True)
class Session:
    """What every part of a command works with."""

    dataverse: DataverseClient
    report: Reporter
    wait: Wait

    def until(
        self, look: Callable[[], T | None], *, every_seconds: float, at_most_seconds: float
    ) -> T | None:
        """Return what ``look`` finds as soon as it finds something; None when it is too late.

        Dataverse may be out of reach for a while: an import keeps it busy, and goes on without us.
        """
        waited = 0.0
        while True:
            try:
                found = look()
            except DataverseUnavailable:
                if waited >= at_most_seconds:
                    raise
                found = None
            if found is not None or waited >= at_most_seconds:
                return found
            self.wait(every_seconds)
            waited += every_seconds


def who_am_i(dataverse: DataverseClient) -> UUID:
    """Return the user that whoever runs the command is."""
    return UUID(dataverse.send(op.call_function("WhoAmI"))["UserId"])


def run_in(
    arguments: argparse.Namespace, work: Callable[[Session], int], *, wait: Wait = time.sleep
) -> int:
    """Do the work in the environment that the arguments name, and return the exit code."""
    try:
        tokens = credentials(os.environ, arguments.environment)
        with connect(arguments.environment, tokens, timeouts=PATIENCE) as dataverse:
            return work(Session(dataverse, Reporter(), wait))
    except BadOption as error:
        return _complain(arguments, str(error), code=2)
    except (SolutionError, OSError) as error:
        return _complain(arguments, str(error))
    except DataverseError as error:
        return _complain(arguments, _plain(error, arguments.environment))


def _complain(arguments: argparse.Namespace, text: str, *, code: int = 1) -> int:
    print(f"{arguments.command}: {text}", file=sys.stderr)
    return code


def _plain(error: DataverseError, environment: str) -> str:
    match error:
        case Unauthenticated():
            return "Dataverse does not accept the token; a token lasts about an hour. " + str(error)
        case AccessDenied():
            return "this needs the role System Administrator. " + str(error)
        case TokenUnavailable():
            return f"could not sign in: {error}"
        case DataverseUnavailable(not_run=True, __cause__=requests.ConnectionError()):
            return f"{environment} cannot be reached; is the address right?"
        case _:
            return f"Dataverse: {error}"
