"""Web resources and controls: the file and what describes it belong together."""

from collections.abc import Iterator
from pathlib import PurePosixPath

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


def web_resources_have_their_file(solution: Solution) -> Iterator[Finding]:
    described = {each.place.removesuffix(DATA) for each in solution.web_resources}
    files = {
        place
        for place in solution.tree
        if place.startswith("WebResources/") and not place.endswith(DATA)
    }
    for place in sorted(described - files):
        yield Finding(place + DATA, "web-resource-file", f"{place} is missing")
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
