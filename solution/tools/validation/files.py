"""Web resources and controls: the file and what describes it belong together."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from solution.model.labels import LANGUAGES
from solution.tools.packing.documents import parsed
from solution.tools.packing.layout import DATA
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution

TYPES = {
    ".html": "1",
    ".css": "2",
    ".js": "3",
    ".png": "5",
    ".svg": "11",
    ".resx": "12",
}
"""The number of a web resource's type by the ending of its name."""


RELATIVE = re.compile(r"""\b(?:src|href)=["']([^"':#?]+)["'#?]""")
"""How a page names a file that lies beside it."""


def web_resources_have_their_file(solution: Solution) -> Iterator[Finding]:
    described = {each.place.removesuffix(DATA) for each in solution.web_resources}
    files = {
        place
        for place in solution.tree
        if place.startswith("WebResources/") and not place.endswith(DATA)
    }
    for place in sorted(described - files):
        yield Finding(place + DATA, "web-resource-file", f"{place} is missing")
    for place in sorted(place for place in described & files if not solution.tree[place]):
        yield Finding(place, "web-resource-file", "it is empty")
    for place in sorted(files - described):
        yield Finding(place, "web-resource-file", f"{place}{DATA} is missing")


def web_resources_are_what_they_say(solution: Solution) -> Iterator[Finding]:
    for resource in solution.web_resources:
        name = resource.text("Name")
        if resource.place != f"WebResources/{name}{DATA}":
            message = f"its name is {name}"
            yield Finding(resource.place, "web-resource-name", message)
        number = TYPES.get(PurePosixPath(name).suffix)
        if resource.text("WebResourceType") != number:
            message = f"its type is {number}, not {resource.text('WebResourceType')}"
            yield Finding(resource.place, "web-resource-type", message)


def controls_are_built(solution: Solution) -> Iterator[Finding]:
    """The manifest that describes a control is there, as ``make install`` builds it."""
    for control in solution.controls:
        manifest = control.text("FileName").removeprefix("/")
        if manifest not in solution.tree:
            yield Finding(control.place, "control-file", f"{manifest} is missing")


def controls_have_what_they_name(solution: Solution) -> Iterator[Finding]:
    """A control's manifest names its code, and its texts in every language."""
    for control in solution.controls:
        place = control.place.removesuffix(DATA)
        if place not in solution.tree:
            continue
        resources = parsed(solution.tree[place], place).iterfind("control/resources/*[@path]")
        names = [each.get("path", "") for each in resources]
        for name in names:
            if f"{PurePosixPath(place).parent}/{name}" not in solution.tree:
                yield Finding(place, "control-file", f"{name} is missing")
        for language in LANGUAGES:
            if not any(name.endswith(f".{language}.resx") for name in names):
                yield Finding(place, "language-missing", f"it has no texts in {language}")


def pages_have_what_they_name(solution: Solution) -> Iterator[Finding]:
    """The scripts and styles that a page loads are web resources beside it."""
    for place, content in solution.tree.items():
        if not (place.startswith("WebResources/") and place.endswith(".html")):
            continue
        for name in RELATIVE.findall(content.decode()):
            if f"{PurePosixPath(place).parent}/{name}" not in solution.tree:
                yield Finding(place, "page-file", f"{name} is missing")
