"""The manifest: whose solution this is, which version, and each component once."""

import re
from collections import Counter
from collections.abc import Iterator

from solution.model.identity import PUBLISHER_PREFIX, SOLUTION_NAME
from solution.tools.packing.layout import MANIFEST
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution

VERSION = re.compile(r"\d+(\.\d+){3}")


def manifest_is_ours(solution: Solution) -> Iterator[Finding]:
    """The prefix that an environment learns from the manifest is that of our names."""
    expected = {
        "UniqueName": SOLUTION_NAME,
        "Publisher/CustomizationPrefix": PUBLISHER_PREFIX,
    }
    for path, value in expected.items():
        found = solution.manifest.text(f"SolutionManifest/{path}")
        if found != value:
            yield Finding(MANIFEST, "manifest", f"{path} is {found!r}, not {value!r}")
    version = solution.manifest.text("SolutionManifest/Version")
    if not VERSION.fullmatch(version):
        yield Finding(MANIFEST, "manifest", f"the version {version!r} is not four numbers")


def components_are_listed_once(solution: Solution) -> Iterator[Finding]:
    roots = solution.manifest.root.iterfind("SolutionManifest/RootComponents/RootComponent")
    listed = Counter((each.get("type"), each.get("schemaName") or each.get("id")) for each in roots)
    for (number, name), times in listed.items():
        if times > 1:
            message = f"{name} of type {number} is listed {times} times"
            yield Finding(MANIFEST, "component-twice", message)
