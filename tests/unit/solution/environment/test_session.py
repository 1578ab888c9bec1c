import argparse
import re
from io import StringIO

import pytest
import requests
from responses import RequestsMock

from dataverse_client import (
    AccessDenied,
    DataverseUnavailable,
    ErrorContext,
    RequestRejected,
    TokenUnavailable,
    Unauthenticated,
)
from solution.tools.environment.errors import BadOption, Stopped
from solution.tools.environment.options import TOKEN
from solution.tools.environment.reporter import Reporter, ok, problem
from solution.tools.environment.session import Session, run_in, who_am_i
from solution.tools.errors import SolutionError
from tests.unit.solution.environment.conftest import Desk

CONTEXT = ErrorContext("GET", "https://org.example/x", 400)
ARGUMENTS = argparse.Namespace(command="deploy", environment="https://org.example")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BadOption("--form: none"), 2, "deploy: --form: none"),
        (Stopped("the import failed"), 1, "deploy: the import failed"),
        (SolutionError("not built"), 1, "deploy: not built"),
        (FileNotFoundError("zip"), 1, "deploy: zip"),
        (RequestRejected("GET x: 400 no", CONTEXT), 1, "deploy: Dataverse: GET x: 400 no"),
        (Unauthenticated("401", CONTEXT), 1, "does not accept the token"),
        (AccessDenied("403", CONTEXT), 1, "needs the role System Administrator"),
        (TokenUnavailable("no token", CONTEXT), 1, "deploy: could not sign in: no token"),
    ],
)
def test_what_goes_wrong_is_a_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv(TOKEN, "token-that-nobody-may-see")

    def work(_: Session) -> int:
        raise error

    assert run_in(ARGUMENTS, work) == code
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert "token-that" not in err


def test_a_host_that_is_not_there_is_named_with_the_question_that_helps(
    router: RequestsMock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(TOKEN, "token")
    router.get(re.compile(r"https://org\.example/.*"), body=requests.ConnectTimeout())

    assert run_in(ARGUMENTS, lambda session: who_am_i(session.dataverse).version or 0) == 1
    assert capsys.readouterr().err == (
        "deploy: https://org.example cannot be reached; is the address right?\n"
    )


def test_without_credentials_nothing_is_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)

    assert run_in(ARGUMENTS, lambda _: pytest.fail("it was tried")) == 2
    assert TOKEN in capsys.readouterr().err


def test_our_own_mistakes_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "token")

    def work(_: Session) -> int:
        raise KeyError("mistake")

    with pytest.raises(KeyError):
        run_in(ARGUMENTS, work)


def test_waiting_ends_when_something_is_found(desk: Desk) -> None:
    answers = iter([None, None, "found"])

    found = desk.session.until(lambda: next(answers), every_seconds=5, at_most_seconds=60)

    assert found == "found"
    assert desk.waits == [5, 5]


def test_waiting_ends_when_it_is_too_late(desk: Desk) -> None:
    found: str | None = desk.session.until(lambda: None, every_seconds=5, at_most_seconds=12)

    assert found is None
    assert desk.waits == [5, 5, 5]


def test_a_moment_out_of_reach_is_waited_through(desk: Desk) -> None:
    moments = iter([True, False])

    def look() -> str:
        if next(moments):
            raise DataverseUnavailable("503", CONTEXT)
        return "found"

    assert desk.session.until(look, every_seconds=5, at_most_seconds=60) == "found"
    assert desk.waits == [5]


def test_whoever_stays_out_of_reach_is_told(desk: Desk) -> None:
    def look() -> str:
        raise DataverseUnavailable("503", CONTEXT)

    with pytest.raises(DataverseUnavailable):
        desk.session.until(look, every_seconds=5, at_most_seconds=12)


def test_a_finding_is_a_sentence_with_its_remedy_below() -> None:
    screen = StringIO()

    Reporter(screen).tell(problem("The role is missing. " + "Long. " * 20, "Run `deploy`."))
    Reporter(screen).tell(ok("All is well."))

    lines = screen.getvalue().splitlines()
    assert lines[0].startswith("problem  The role is missing.")
    assert lines[1].startswith("         Long.")
    assert lines[-2] == "         -> Run `deploy`."
    assert lines[-1] == "ok       All is well."
    assert max(map(len, lines)) <= 100
