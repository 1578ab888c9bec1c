"""The contract can be put to a real environment; the mock stands in for one, over HTTP."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.contract.live import VARIABLES, Live

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

ROOT = Path(__file__).parents[2]
PART = ("test_elastic.py", "test_settings.py", "test_mock_elastic.py")
"""Tests that run, that ask for the mock, and that are about it."""


def test_it_runs_skips_what_only_the_mock_can_do_and_leaves_nothing_behind() -> None:
    files = [f"tests/contract/{name}" for name in PART]
    command = [sys.executable, "-m", "tests.contract", "-rs", "-p", "no:cacheprovider", *files]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "left behind: nothing" in run.stdout
    assert " passed" in run.stdout
    for reason in (
        "moves a clock, which only the mock lets it",
        "is about the mock itself",
        "leaves the value of a setting",
    ):
        assert reason in " ".join(run.stdout.split())


def test_the_environment_is_named_by_variables() -> None:
    people = {"CHT_LIVE_ANN": str(UUID(int=1)), "CHT_LIVE_BEN": str(UUID(int=2))}
    tokens = {"CHT_LIVE_TOKEN": "service", "CHT_LIVE_ADMIN_TOKEN": "administrator"}

    live = Live.of({"CHT_LIVE_ENVIRONMENT": "https://org.crm.dynamics.com/", **tokens, **people})

    assert live.url == "https://org.crm.dynamics.com"
    assert (live.token, live.administrator_token) == ("service", "administrator")
    assert (live.ann, live.ben) == (UUID(int=1), UUID(int=2))


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_that_is_missing_is_explained(name: str) -> None:
    variables = dict.fromkeys(VARIABLES.keys() - {name}, str(UUID(int=1)))

    with pytest.raises(pytest.UsageError, match=f"(?s)needs environment variables.*{name}: "):
        Live.of(variables)
