"""Writes ``docs/scenarios.md`` from a run in which every scenario passed.

``python -m tests.scenarios.report`` runs them.
"""

import sys
from collections.abc import Iterable

import pytest

from tests.local_stack.children import ROOT
from tests.scenarios.registry import Scenario, scenarios

PAGE = ROOT / "docs" / "scenarios.md"
RUN = ["tests/scenarios", "-m", "scenario", "-n", "2", "-q", "-p", "no:cacheprovider"]

HEAD = """\
# What happens when

Every row is a test that drives the built widget in a Chromium, with the real functions and the mock
Dataverse behind it, and asserts both what the widget shows and what lies in Dataverse
(`tests/scenarios/`). The page is written by `python -m tests.scenarios.report`, which runs them all
and writes nothing unless every one passes.
"""
SECTIONS = (
    ("The table of the product's description", "spec table"),
    ("Its other sentences", "spec "),
    ("What we promise beyond it", "ours"),
)
COLUMNS = ("Scenario", "Source", "Microsoft's feature", "Ours", "Apps", "Result")


class Results:
    """Remembers which tests a run held and whether all passed."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.partition("[")[0].rpartition("::")[2]
        if not report.passed:
            self.failed.add(name)
        elif report.when == "call":
            self.passed.add(name)


def page(rows: Iterable[Scenario]) -> str:
    """Return the page for scenarios that all passed."""
    left = list(rows)
    parts = [HEAD]
    for title, source in SECTIONS:
        here = [each for each in left if each.source.startswith(source)]
        left = [each for each in left if each not in here]
        lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS)), *map(_row, here)]
        parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


def _row(scenario: Scenario) -> str:
    return _line(
        [
            scenario.row,
            scenario.source.removeprefix("spec "),
            scenario.microsoft,
            scenario.ours,
            ", ".join(scenario.apps),
            "passes",
        ]
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run the scenarios and write the page if all of them passed."""
    results = Results()
    code = pytest.main(RUN, plugins=[results])
    rows = scenarios()
    missing = {each.test for each in rows} - results.passed
    if code != pytest.ExitCode.OK or missing or results.failed:
        sys.exit(f"not written: failed {sorted(results.failed)}, not run {sorted(missing)}")
    PAGE.write_text(page(rows), "utf-8")


if __name__ == "__main__":
    main()
