"""Webhook steps: where they go is there, and they wait for columns that are there."""

from collections.abc import Iterator

from solution.tools.packing.layout import ENDPOINTS
from solution.tools.validation.built_in import (
    MESSAGES,
    SERVICE_ENDPOINT,
    UPDATE_MESSAGE,
    WEBHOOK,
)
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution

IMAGES = "SdkMessageProcessingStepImages/*"
ASYNCHRONOUS, AFTER_COMMIT = "1", "40"


def endpoints_are_webhooks(solution: Solution) -> Iterator[Finding]:
    """What an endpoint is told with a key is told by https only."""
    for endpoint in solution.endpoints:
        name = endpoint.get("Name")
        if endpoint.findtext("Contract") != WEBHOOK:
            message = f"{name} is a webhook, which is contract {WEBHOOK}"
            yield Finding(ENDPOINTS, "endpoint-contract", message)
        if not endpoint.findtext("Url", "").startswith("https://"):
            yield Finding(ENDPOINTS, "endpoint-address", f"{name} is not called by https")


def steps_have_an_endpoint(solution: Solution) -> Iterator[Finding]:
    endpoints = {each.get("ServiceEndpointId") for each in solution.endpoints}
    for step in solution.steps:
        handler = step.text("EventHandler")
        if handler not in endpoints:
            yield Finding(step.place, "step-endpoint", f"there is no endpoint {handler}")
        if step.text("EventHandlerTypeCode") != SERVICE_ENDPOINT:
            message = f"its handler is an endpoint, which is type {SERVICE_ENDPOINT}"
            yield Finding(step.place, "step-handler", message)


def steps_hear_a_message(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        if _message(step) not in MESSAGES:
            yield Finding(step.place, "step-message", f"no message is known as {_message(step)}")


def nobody_waits_for_steps(solution: Solution) -> Iterator[Finding]:
    """A step that runs before the change is committed, or along with it, can make it fail."""
    for step in solution.steps:
        if (step.text("Mode"), step.text("Stage")) != (ASYNCHRONOUS, AFTER_COMMIT):
            yield Finding(step.place, "step-mode", "people would wait for whom it tells")


def only_updates_wait_for_columns(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        if _columns(step) and _message(step) != UPDATE_MESSAGE:
            message = "only an update can wait for columns"
            yield Finding(step.place, "step-columns", message)


def images_show_rows_as_they_were(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        if MESSAGES.get(_message(step)) == "Create" and step.root.find(IMAGES) is not None:
            yield Finding(step.place, "step-image", "before its creation there is no row to show")


def awaited_columns_exist(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        table = step.text("PrimaryEntity")
        columns = solution.columns_of(table)
        if columns is None:
            yield Finding(step.place, "step-table", f"there is no table {table}")
            continue
        for name in _columns(step):
            if name not in columns:
                message = f"{table} has no column {name}"
                yield Finding(step.place, "step-columns", message)


def pictured_columns_exist(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        table = step.text("PrimaryEntity")
        columns = solution.columns_of(table)
        for image in step.root.iterfind(IMAGES):
            for name in filter(None, image.findtext("Attributes", "").split(",")):
                if columns is not None and name not in columns:
                    message = f"{table} has no column {name} to be told as it was"
                    yield Finding(step.place, "step-image", message)


def _message(step: Document) -> str:
    return step.text("SdkMessageId").strip("{}").lower()


def _columns(step: Document) -> list[str]:
    return [name for name in step.text("FilteringAttributes").split(",") if name]
