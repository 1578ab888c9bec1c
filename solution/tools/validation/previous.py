"""What changed since the last release says so by its version, or the change does not arrive."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from solution.tools.packing.documents import parsed
from solution.tools.packing.layout import DATA, MANIFEST
from solution.tools.packing.tree import Tree
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution


def changed_controls_have_a_higher_version(
    solution: Solution, previous: Solution
) -> Iterator[Finding]:
    """An environment keeps the bundle it has until the control's version rises."""
    for control in solution.controls:
        place = control.place.removesuffix(DATA)
        before = _files(previous.tree, place)
        if not before or before == _files(solution.tree, place):
            continue
        if _control_version(solution, place) <= _control_version(previous, place):
            message = "the control changed since the previous zip, but its version did not rise"
            yield Finding(place, "control-version", message)


def a_changed_solution_has_a_higher_version(
    solution: Solution, previous: Solution
) -> Iterator[Finding]:
    """Deploying skips an environment that has this version already."""
    if solution.tree != previous.tree and _version(solution) <= _version(previous):
        message = "the solution changed since the previous zip, but its version did not rise"
        yield Finding(MANIFEST, "solution-version", message)


def _files(tree: Tree, manifest: str) -> Tree:
    folder = f"{PurePosixPath(manifest).parent}/"
    return {place: content for place, content in tree.items() if place.startswith(folder)}


def _control_version(solution: Solution, place: str) -> tuple[int, ...]:
    control = parsed(solution.tree.get(place, b"<manifest/>"), place).find("control")
    return _numbers("" if control is None else control.get("version", ""))


def _version(solution: Solution) -> tuple[int, ...]:
    return _numbers(solution.manifest.text("SolutionManifest/Version"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
