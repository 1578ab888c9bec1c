"""A rebuild waits for Dataverse, and one that ends early says how to go on."""

from typing import Any

import pytest

from tests.api.rebuilding import Console, Interrupted, Office
from tests.mock_dataverse.app import MockDataverse

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"status": 429, "headers": {"Retry-After": "300"}, "times": 5},
    "503 after the effect": {"status": 503, "times": 20, "when": "after"},
    "a broken connection": {"status": 0, "times": 20, "drop": True},
}
"""Each lasts for five requests that the client repeats as often as it does."""


@pytest.mark.parametrize("call", [1, 5, 9])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_while_dataverse_does_not_answer_a_rebuild_waits(
    console: Console, mock: MockDataverse, office: Office, fault: dict[str, Any], call: int
) -> None:
    office.spoil()
    mock.faults.add(**fault, skip=call)

    done = console.rebuild()

    assert (office.rows, done.code) == (office.right, 0)
    assert mock.faults.waiting == 0
    assert max(console.waited) >= 15


@pytest.mark.parametrize("call", range(1, 12, 2))
def test_where_it_breaks_off_it_says_how_to_go_on(
    console: Console, mock: MockDataverse, office: Office, call: int
) -> None:
    office.spoil()
    mock.faults.add(503, skip=call, times=1000)

    broken = console.rebuild()
    mock.faults.clear()

    go_on = broken.progress.splitlines()[-1].split("rebuild ")[1].split()
    assert (broken.code, go_on[:2]) == (1, ["--environment", mock.base_url])
    assert console.rebuild(*go_on[2:]).code == 0
    assert office.rows == office.right


def test_somebody_who_interrupts_it_is_told_how_to_go_on(console: Console, office: Office) -> None:
    office.spoil()
    stopping = Interrupted(after=5)

    broken = console.rebuild(stopping=stopping)

    assert broken.code == 1
    assert stopping.is_set(), "nothing rests any more"
    assert (
        "rebuild: ends what is under way\n"
        "rebuild: interrupted\n"
        "Go on with: python -m operations rebuild "
    ) in broken.progress
    assert console.rebuild().code == 0
    assert office.rows == office.right
