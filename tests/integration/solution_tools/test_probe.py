"""Somebody with a tenant asks what no public source says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from solution.tools.environment.options import TOKEN
from tests.contract.ticking import Clock
from tests.integration.solution_tools.console import Console
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def names(answers: Path) -> list[str]:
    lines = answers.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["probe"] for line in lines]


class TestWithTheSolution:
    @pytest.fixture
    def mock(self, clock: Clock) -> Iterator[MockDataverse]:
        mock = MockDataverse(clock=clock)
        yield mock
        mock.close()

    def test_by_default_nothing_is_written(self, console: Console, answers: Path) -> None:
        outcome = console.run("probe", "--answers", str(answers))

        assert console.writes() == []
        assert outcome.lines[0] == "note: 10 more questions are asked with --write"
        assert "elastic-page-size" in names(answers)
        assert "elastic-duplicate" not in names(answers)

    def test_each_question_is_a_row_of_the_table_and_a_line_of_the_file(
        self, console: Console, answers: Path
    ) -> None:
        outcome = console.run("probe", "--write", "--answers", str(answers))

        for name in names(answers):
            assert f"--- {name} -" in outcome.out
        assert "confirmed: 412 0x80040237" in outcome.out
        assert outcome.lines[-1] == f"the answers are in {answers}"
        assert not console.mock.rows("cht_focussegment")

    def test_a_row_that_is_left_is_told_and_nothing_ends_for_it(
        self, console: Console, answers: Path
    ) -> None:
        # The first two are the question's own, before and after it.
        console.mock.faults.add(
            400,
            skip=1,
            matching=lambda request: request.method == "DELETE" and "segments" in request.path,
        )

        outcome = console.run("probe", "--write", "--answers", str(answers))

        assert "note: a row is left, which the next run takes away: DELETE " in outcome.out
        assert names(answers)[-1] == "elastic-default-partition"
        assert len(console.mock.rows("cht_focussegment")) == 1

        console.run("probe", "--write", "--answers", str(answers))

        assert not console.mock.rows("cht_focussegment")

    def test_what_can_only_be_asked_by_hand_says_what_to_type(
        self, console: Console, answers: Path
    ) -> None:
        outcome = console.run("probe", "--answers", str(answers))

        assert "--- control-of-a-locked-column: ask by hand -" in outcome.out
        assert "        Xrm.Page.getControl('ticketnumber').getDisabled()" in outcome.lines

    def test_an_assumption_that_does_not_hold_is_a_finding(
        self, console: Console, answers: Path
    ) -> None:
        console.mock.switches.elastic_key_status = "Pending"

        outcome = console.run("probe", "--answers", str(answers))

        assert outcome.code == 1
        assert "is Pending" in outcome.out


def test_before_the_solution_is_there_only_the_platform_is_asked(
    console: Console, answers: Path
) -> None:
    console.mock.switches.unmanaged_blocked = True

    outcome = console.run("probe", "--write", "--answers", str(answers))

    assert outcome.lines[0].endswith("more questions are asked once the solution is installed")
    assert "steps-on-setting-tables" in names(answers)
    assert "functions-queries" not in names(answers)
    assert "not answered:" not in outcome.out
    assert console.writes() == []


def test_without_a_token_nothing_is_asked(
    console: Console, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN)

    outcome = console.run("probe", "--answers", str(answers))

    assert outcome.code == 2
    assert TOKEN in outcome.err
    assert not answers.exists()
