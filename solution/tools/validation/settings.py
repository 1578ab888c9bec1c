"""Setting definitions: the default is a value of the setting's own type."""

import re
from collections.abc import Iterator

from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution

DEFAULTS = {
    "0": re.compile(r"-?\d+"),
    "1": re.compile(r".*"),
    "2": re.compile(r"true|false"),
}
"""What a default looks like, by the number of the type: a number, a text, yes or no."""


def defaults_are_of_their_type(solution: Solution) -> Iterator[Finding]:
    for name, setting in solution.settings.items():
        kind, default = setting.text("datatype"), setting.text("defaultvalue")
        if kind not in DEFAULTS:
            yield Finding(setting.place, "setting-type", f"{name} is of no known type {kind!r}")
        elif not DEFAULTS[kind].fullmatch(default):
            message = f"{name} is of type {kind}, and its default is {default!r}"
            yield Finding(setting.place, "setting-default", message)
