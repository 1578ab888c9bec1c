"""Webhooks are registered by the deployment: no zip of ours brings an endpoint or a step.

An endpoint without its key can end an import, a step that an environment does not allow ends it
surely, and a deployment has to register the rest in any case.
"""

from collections.abc import Iterator

from solution.tools.packing.layout import ENDPOINTS, STEPS
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Solution


def webhooks_are_left_to_the_deployment(solution: Solution) -> Iterator[Finding]:
    for place in sorted(solution.tree):
        if place == ENDPOINTS or place.startswith(STEPS):
            yield Finding(place, "webhook", "`deploy` registers it; an import of it may fail")
