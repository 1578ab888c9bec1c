"""What an examination found, shortened for tests."""

from collections.abc import Iterable, Iterator
from typing import Any

from solution.tools.environment.reporter import Finding, Level
from tests.mock_dataverse.app import MockDataverse


def not_well(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return level and text of what is not well; each has a remedy."""
    bad = [finding for finding in findings if finding.level is not Level.OK]
    assert all(finding.remedy for finding in bad)
    return [(finding.level.value, finding.what) for finding in bad]


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding


def rows_of(mock: MockDataverse, table: str, **values: object) -> Iterator[dict[str, Any]]:
    """Yield the rows that say these values."""
    for row in mock.rows(table):
        if all(row[name] == value for name, value in values.items()):
            yield row
