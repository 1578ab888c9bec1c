"""What we rely on Dataverse for: each fact says how it is known, and each question how it ends."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from solution.tools.environment.probe.questions import BY_HAND, QUESTIONS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "dataverse.md"
CONTRACT = ROOT / "tests" / "contract"
CERTAINTIES = {"documented", "live", "inferred", "unknown"}
PROBES = {question.name for question in QUESTIONS} | {question.name for question in BY_HAND}
CODE = re.compile(r"`([^`]+)`")


def rows(first_column: str) -> Iterator[dict[str, str]]:
    """Yield the rows of all tables with this first column, by the names of the columns."""
    names: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            names = []
        elif not names:
            names = cells
        elif names[0] == first_column and not cells[0].startswith("---"):
            yield dict(zip(names, cells, strict=True))


FACTS = list(rows("Fact"))
OPEN = list(rows("Question"))


def defined_in(file: str) -> set[str]:
    tree = ast.parse((CONTRACT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["Fact"][:60])
def test_a_fact_says_how_it_is_known_and_where_it_is_written(fact: dict[str, str]) -> None:
    assert fact["Known"] in CERTAINTIES
    assert fact["Source"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["Fact"][:60])
def test_a_fact_is_held_by_tests_that_are_there(fact: dict[str, str]) -> None:
    file = ""
    for name in CODE.findall(fact["Held by"]):
        file, _, test = (name if name.startswith("test_") else f"{file}{name}").partition("::")
        assert (CONTRACT / file).is_file(), file
        assert not test or test in defined_in(file), test
    assert file


@pytest.mark.parametrize("fact", [*FACTS, *OPEN], ids=lambda fact: next(iter(fact.values()))[:60])
def test_a_probe_that_is_named_is_there(fact: dict[str, str]) -> None:
    assert set(CODE.findall(fact["Probe"])) <= PROBES


@pytest.mark.parametrize("question", OPEN, ids=lambda question: question["Question"][:60])
def test_an_open_question_says_what_is_known_and_has_a_probe(question: dict[str, str]) -> None:
    assert question["Known"] in CERTAINTIES
    assert CODE.findall(question["Probe"])


def test_what_is_unknown_has_a_probe() -> None:
    assert [
        fact["Fact"] for fact in FACTS if fact["Known"] == "unknown" and not fact["Probe"]
    ] == []


def test_every_probe_settles_something() -> None:
    named = {name for row in (*FACTS, *OPEN) for name in CODE.findall(row["Probe"])}

    assert PROBES - named == set()


def test_the_page_has_facts_and_questions() -> None:
    assert len(FACTS) > 60
    assert len(OPEN) > 20
