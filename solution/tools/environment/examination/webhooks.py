"""Does Dataverse tell the functions what happens: the endpoint, its key, its steps?"""

from collections.abc import Iterator

from dataverse_client import DataverseClient
from solution.model.webhooks import RECEIVER, STEPS
from solution.tools.environment.deployment.endpoint import ENDPOINT, HAS_KEY, endpoint_row
from solution.tools.environment.deployment.images import registered_images, tells_what_was
from solution.tools.environment.deployment.steps import (
    STATE,
    message_of,
    registered_steps,
    registrations,
)
from solution.tools.environment.reporter import Finding, ok, problem, warning

DEPLOY = "Run `deploy`."


def endpoint_findings(dataverse: DataverseClient, functions_url: str | None) -> Iterator[Finding]:
    there = endpoint_row(dataverse)
    if not there:
        yield problem("The webhook endpoint is missing: changes of cases are noticed late.", DEPLOY)
        return
    faults = []
    url = there["url"]
    if functions_url is not None and url != f"{functions_url}/{RECEIVER}":
        faults.append(problem(f"The webhook endpoint points to {url}.", DEPLOY))
    if not there[HAS_KEY]:
        faults.append(problem("The webhook endpoint has no key: the functions refuse it.", DEPLOY))
    wrong = [name for name, value in ENDPOINT.items() if there[name] != value]
    if wrong:
        faults.append(problem(f"The webhook endpoint has another {', '.join(wrong)}.", DEPLOY))
    yield from faults or [ok(f"The webhook endpoint points to {url} and has a key.")]


def step_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    there, images = registered_steps(dataverse), registered_images(dataverse)
    faults = 0
    for step, registration in registrations(dataverse).items():
        row, name = there.get(step.id), f"The webhook step for {message_of(step)}"
        if registration is None:
            finding = warning(f"{name} is not possible here.", "Nothing: it is found out later.")
        elif row is None:
            finding = problem(f"{name} is missing.", DEPLOY)
        elif not (lacking := registration.beyond(row).names):
            if tells_what_was(step, images):
                continue
            finding = problem(f"{name} does not tell what was before.", DEPLOY)
        elif STATE.keys() & set(lacking):
            finding = problem(f"{name} is disabled.", DEPLOY)
        else:
            finding = problem(f"{name} has another {', '.join(lacking)}.", DEPLOY)
        faults += 1
        yield finding
    if not faults:
        yield ok(f"All {len(STEPS)} webhook steps are registered and enabled.")
