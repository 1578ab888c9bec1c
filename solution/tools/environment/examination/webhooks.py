"""Does Dataverse tell the functions what happens: the endpoint, its key, its steps?"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from dataverse_client import DataverseClient, Row
from solution.model.webhooks import ACTIVITY_STEPS, RECEIVER, STEPS, Step
from solution.tools.environment.deployment.endpoint import ENDPOINT, HAS_KEY, endpoint_row
from solution.tools.environment.deployment.images import registered_images, tells_what_was
from solution.tools.environment.deployment.steps import (
    STATE,
    Registration,
    message_of,
    not_offered,
    registered_steps,
    registrations,
)
from solution.tools.environment.reporter import Finding, ok, problem, warning
from solution.tools.environment.surroundings import Surroundings, surroundings
from solution.tools.environment.without_webhooks import WITHOUT_WEBHOOKS, instead_of

DEPLOY = "Run `deploy`."
NOT_READABLE = "which one cannot be read; `deploy --renew-key` sets it anew"


def endpoint_findings(dataverse: DataverseClient, functions_url: str | None) -> Iterator[Finding]:
    there = endpoint_row(dataverse)
    if not there:
        yield _no_endpoint(dataverse)
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
    well = f"The webhook endpoint points to {url} and has a key ({NOT_READABLE})."
    yield from faults or [ok(well)]


def _no_endpoint(dataverse: DataverseClient) -> Finding:
    if surroundings(dataverse).blocks_unmanaged:
        remedy = "Nothing, or switch that setting off for as long as `deploy` takes."
        return warning(f"There is no webhook endpoint: {WITHOUT_WEBHOOKS}.", remedy)
    return problem("The webhook endpoint is missing: changes of cases are noticed late.", DEPLOY)


def step_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    """Judge the steps; without an endpoint there can be none, which is told of the endpoint."""
    if not endpoint_row(dataverse):
        return
    there, images = registered_steps(dataverse), registered_images(dataverse)
    found, around = registrations(dataverse), surroundings(dataverse)
    tells_of_activities = any(step.id in there for step in ACTIVITY_STEPS)
    wanted = [step for step in STEPS if tells_of_activities or step not in ACTIVITY_STEPS]
    faults = [
        finding
        for step in wanted
        if (registration := found[step])
        for finding in (
            _of_step(step, registration, there[step.id], images)
            if step.id in there
            else _missing(step, around)
        )
    ]
    missing = [step for step in wanted if found[step] is None]
    yield from faults
    yield from _not_offered(missing, around)
    if not faults:
        count = len(wanted) - len(missing)
        yield ok(f"All {count} webhook steps that are wanted here are registered and enabled.")
    if not tells_of_activities:
        yield ok(f"Webhooks of activities are off: {instead_of(*ACTIVITY_STEPS)}.")


def _of_step(
    step: Step, registration: Registration, row: Row, images: Mapping[UUID, Row]
) -> Iterator[Finding]:
    name = _named(step)
    lacking = registration.beyond(row).names
    if STATE.keys() & set(lacking):
        yield problem(f"{name} is disabled.", DEPLOY)
    elif lacking:
        yield problem(f"{name} has another {', '.join(lacking)}.", DEPLOY)
    elif not tells_what_was(step, images):
        yield problem(f"{name} does not tell what was before.", DEPLOY)


def _missing(step: Step, around: Surroundings) -> Iterator[Finding]:
    if around.needs(step):
        yield problem(f"{_named(step)} is missing.", DEPLOY)
    else:
        what = f"{_named(step)} is missing: {instead_of(step)}."
        yield warning(what, f"{DEPLOY} Dataverse may refuse it.")


def _named(step: Step) -> str:
    return f"The webhook step for {message_of(step)}"


def _not_offered(steps: list[Step], around: Surroundings) -> Iterator[Finding]:
    for text in not_offered(step for step in steps if around.needs(step)):
        yield problem(_sentence(text), "Ask Microsoft support why: `deploy` stops over this.")
    for text in not_offered(step for step in steps if not around.needs(step)):
        yield ok(_sentence(text))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
