"""What the functions and the widget call settings, and what settings there are."""

import re
from collections.abc import Iterator, Mapping

from solution.tools.packing.tree import SOLUTION
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import PREFIX, Solution

Code = Mapping[str, str]
"""The text of each source file by its path from the repository's root."""

ROOT = SOLUTION.parent
SOURCES = (
    ("functions", "*.py"),
    ("solution/controls/case-time/CaseTime", "*.ts*"),
    ("solution/controls/case-time/rows", "*.ts*"),
    ("solution/controls/case-time/pages", "*.ts*"),
)
NAME = re.compile(rf"\b{PREFIX}[A-Z]\w*")
"""A name as the solution spells it; logical names of tables and columns are in lower case."""


def code_of_the_repository() -> Code:
    """Return what asks for settings: the functions, the widget and the pages of the app."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder, pattern in SOURCES
        for path in sorted((ROOT / folder).rglob(pattern))
    }


def settings_in_code_are_defined(solution: Solution, code: Code) -> Iterator[Finding]:
    """A name of ours in the code is a setting, unless something else of ours is called that."""
    known = solution.settings.keys() | _other_names(solution)
    for place, text in code.items():
        for name in sorted(set(NAME.findall(text)) - known):
            yield Finding(place, "setting-undefined", f"there is no setting {name}")


def defined_settings_are_used(solution: Solution, code: Code) -> Iterator[Finding]:
    """What an administrator can set makes a difference somewhere."""
    used = {name for text in code.values() for name in NAME.findall(text)}
    for name, setting in solution.settings.items():
        if name not in used:
            yield Finding(setting.place, "setting-unused", f"nothing asks for {name}")


def _other_names(solution: Solution) -> set[str]:
    """Return the schema names of tables, columns, relationships, the app and the control."""
    tables = {table.schema_name for table in solution.tables.values()}
    columns = {
        column.get("PhysicalName", "")
        for table in solution.tables.values()
        for column in table.columns.values()
    }
    relationships = {str(relationship.get("Name")) for _, relationship in solution.relationships}
    apps = {app.text("UniqueName") for app in solution.apps}
    controls = {control.text("Name").partition(".")[0] for control in solution.controls}
    return tables | columns | relationships | apps | controls
