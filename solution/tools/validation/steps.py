"""Webhook steps: where they go is there, and they wait for columns that are there."""

from collections.abc import Iterator

from solution.tools.validation.built_in import SERVICE_ENDPOINT, UPDATE_MESSAGE
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution


def steps_have_an_endpoint(solution: Solution) -> Iterator[Finding]:
    endpoints = {each.get("ServiceEndpointId") for each in solution.endpoints}
    for step in solution.steps:
        handler = step.text("EventHandler")
        if handler not in endpoints:
            yield Finding(step.place, "step-endpoint", f"there is no endpoint {handler}")
        if step.text("EventHandlerTypeCode") != SERVICE_ENDPOINT:
            message = f"its handler is an endpoint, which is type {SERVICE_ENDPOINT}"
            yield Finding(step.place, "step-handler", message)


def only_updates_wait_for_columns(solution: Solution) -> Iterator[Finding]:
    for step in solution.steps:
        if _columns(step) and step.text("SdkMessageId").strip("{}").lower() != UPDATE_MESSAGE:
            message = "only an update can wait for columns"
            yield Finding(step.place, "step-columns", message)


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


def _columns(step: Document) -> list[str]:
    return [name for name in step.text("FilteringAttributes").split(",") if name]
