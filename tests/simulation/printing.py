"""Writes a story down as a test, to be put into ``test_stories.py`` as it is."""

from collections import defaultdict
from collections.abc import Iterable
from enum import Enum
from textwrap import wrap

from tests.simulation.story import Step, Story, values

LINE, MOST_DIFFERENCES = 100, 5
PACKAGE = "tests.simulation"
INDENT = " " * 4


def as_test(story: Story, differences: Iterable[str], *, name: str) -> str:
    """Return a test that runs a story, with what was wrong as a comment."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for kind in [type(each) for step in story for each in (step, *values(step).values())]:
        if kind.__module__.startswith(PACKAGE):
            named[kind.__module__].add(kind.__name__)
    named[f"{PACKAGE}.run"].add("run")
    imports = [f"from {module} import {', '.join(sorted(of))}" for module, of in named.items()]
    comments = [
        line
        for each in list(differences)[:MOST_DIFFERENCES]
        for line in wrap(
            each, LINE, initial_indent=f"{INDENT}# ", subsequent_indent=f"{INDENT}#   "
        )
    ]
    steps = [f"{INDENT * 2}{written(step)}," for step in story]
    return "\n".join(
        [
            *sorted(imports),
            "",
            "",
            f"def test_{name}() -> None:",
            *comments,
            f"{INDENT}story = (",
            *steps,
            f"{INDENT})",
            "",
            f"{INDENT}assert run(story).differences == ()",
            "",
        ]
    )


def written(step: Step) -> str:
    """Return the call that makes a step."""
    said = ", ".join(f"{name}={_literal(value)}" for name, value in values(step).items())
    return f"{type(step).__name__}({said})"


def _literal(value: object) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    return repr(value) if not isinstance(value, str) else '"' + value + '"'
