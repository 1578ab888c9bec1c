"""Answers that were written down are read again, with the same conclusions.

``probe_answers.jsonl`` was recorded from the mock with `probe --write`. Whoever changes what a
question asks records it again; whoever has a tenant can put their own file beside it.
"""

from pathlib import Path

import pytest

from solution.tools.environment.probe.answers_file import line_of, read_lines
from solution.tools.environment.probe.question import Reading, Replies, conclude
from tests.unit.solution.environment.probing import BY_NAME

RECORDED = Path(__file__).with_name("probe_answers.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "replies", "reading"),
    [pytest.param(*answer, id=answer[0]) for answer in read_lines(RECORDED)],
)
def test_recorded_replies_are_read_as_when_they_came(
    name: str, replies: Replies, reading: Reading
) -> None:
    assert conclude(BY_NAME[name], replies).reading == reading


@pytest.mark.parametrize("line", RECORDED)
def test_a_line_is_written_as_it_was_read(line: str) -> None:
    ((name, replies, _),) = read_lines([line])

    assert line_of(conclude(BY_NAME[name], replies)) == line


def test_every_question_was_recorded() -> None:
    assert [name for name, _, _ in read_lines(RECORDED)] == list(BY_NAME)
