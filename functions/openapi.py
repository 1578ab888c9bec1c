"""The OpenAPI 3.1 document of this API, made from the contracts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from functions.contracts.entries import (
    AutomaticTimeBody,
    TimeLogBody,
    TimeLogChangeBody,
    TimeLogView,
)
from functions.contracts.history import HistoryView, RepresentativesView
from functions.contracts.parameters import (
    AppParameters,
    CaseParameters,
    CasePath,
    HistoryParameters,
    NoParameters,
    Parameters,
    TimeLogParameters,
)
from functions.contracts.reports import FocusReport, OutboxReport, RefreshReport
from functions.contracts.self_check import SelfCheckBody, SelfCheckView
from functions.contracts.service import HealthView, ProblemView
from functions.contracts.time import CaseAnswerView, ReceiptsView, SettingsReportView, TimeView
from functions.contracts.wire import Body, View

TITLE, VERSION = "Case handling time", "1.0"
REFERENCE = "#/components/schemas/{model}"
DEFAULT_SECURITY = ("entra",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: where it goes, what it takes, what it answers, and with which problems."""

    method: str
    route: str
    summary: str
    answers: Mapping[int, type[View]]
    body: type[Body] | None = None
    parameters: type[Parameters] = CaseParameters
    problems: tuple[int, ...] = (401, 403, 404, 422, 502, 503)
    security: tuple[str, ...] = DEFAULT_SECURITY


DELIVERED = {200: CaseAnswerView, 202: CaseAnswerView}
WITH_BODY = (401, 403, 404, 413, 422, 502, 503)

CALLS = (
    Call(
        method="post",
        route="cases/{caseId}/focus",
        parameters=CasePath,
        summary="Tell that focus came or went; deliver finished segments.",
        body=FocusReport,
        answers=DELIVERED,
        problems=WITH_BODY,
    ),
    Call(
        method="post",
        route="cases/{caseId}/refresh",
        parameters=CasePath,
        summary="Deliver finished segments at an interval or on Refresh.",
        body=RefreshReport,
        answers=DELIVERED,
        problems=WITH_BODY,
    ),
    Call(
        method="post",
        route="segments",
        parameters=NoParameters,
        summary="Deliver finished segments of any cases.",
        body=OutboxReport,
        answers={200: ReceiptsView, 202: ReceiptsView},
        problems=(401, 403, 413, 422, 502, 503),
    ),
    Call(
        method="get",
        route="cases/{caseId}/history",
        summary="Automatic time, time logs and activities, newest first, in pages.",
        answers={200: HistoryView},
        parameters=HistoryParameters,
    ),
    Call(
        method="get",
        route="cases/{caseId}/representatives",
        summary="Everyone who worked on the case.",
        answers={200: RepresentativesView},
    ),
    Call(
        method="put",
        route="cases/{caseId}/automatic-time",
        summary="Correct the caller's own automatic time.",
        body=AutomaticTimeBody,
        answers={200: TimeView},
        problems=WITH_BODY,
    ),
    Call(
        method="post",
        route="cases/{caseId}/time-logs",
        summary="Log time by hand.",
        body=TimeLogBody,
        answers={201: TimeLogView},
        problems=(401, 403, 404, 409, 413, 422, 502, 503),
    ),
    Call(
        method="patch",
        route="cases/{caseId}/time-logs/{logId}",
        parameters=TimeLogParameters,
        summary="Change one's own time log.",
        body=TimeLogChangeBody,
        answers={200: TimeLogView},
        problems=WITH_BODY,
    ),
    Call(
        method="delete",
        route="cases/{caseId}/time-logs/{logId}",
        parameters=TimeLogParameters,
        summary="Void one's own time log: it stays and does not count.",
        answers={200: TimeLogView},
    ),
    Call(
        method="post",
        route="cases/{caseId}/time-logs/{logId}/restore",
        parameters=TimeLogParameters,
        summary="Let a voided time log count again.",
        answers={200: TimeLogView},
    ),
    Call(
        method="get",
        route="settings",
        parameters=AppParameters,
        summary="The effective settings and what is wrong with the stored ones.",
        answers={200: SettingsReportView},
        problems=(401, 403, 422, 502, 503),
    ),
    Call(
        method="get",
        route="health",
        parameters=NoParameters,
        summary="Whether the service is up, Dataverse answered lately, and webhooks can be read.",
        answers={200: HealthView},
        problems=(),
        security=(),
    ),
    Call(
        method="post",
        route="self-check",
        parameters=NoParameters,
        summary="Make the service's own calls to Dataverse once and tell what it answered to each.",
        body=SelfCheckBody,
        answers={200: SelfCheckView},
        problems=(413, 422),
        security=("functionKey",),
    ),
)


@cache
def document() -> str:
    """Return the document as JSON text; the same every time."""
    used: list[tuple[type[BaseModel], Any]] = [(ProblemView, "serialization")]
    for call in CALLS:
        used += [(call.parameters, "validation")]
        used += [(call.body, "validation")] if call.body else []
        used += [(view, "serialization") for view in call.answers.values()]
    _, made = models_json_schema(list(dict.fromkeys(used)), ref_template=REFERENCE)
    schemas = dict(made["$defs"])
    parameters = {call.parameters: schemas.get(call.parameters.__name__, {}) for call in CALLS}
    for contract in parameters:
        schemas.pop(contract.__name__, None)
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        properties = parameters[call.parameters].get("properties", {})
        paths.setdefault(f"/{call.route}", {})[call.method] = _operation(call, properties)
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": TITLE, "version": VERSION},
            "servers": [{"url": "/api"}],
            "paths": paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {
                    "entra": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                    "functionKey": {"type": "apiKey", "in": "header", "name": "x-functions-key"},
                },
            },
            "security": [{scheme: []} for scheme in DEFAULT_SECURITY],
        }
    )


def _operation(call: Call, properties: Mapping[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": call.summary,
        "parameters": _parameters(call, properties),
        "responses": {
            **{str(code): _json(view, call.summary) for code, view in call.answers.items()},
            **{str(code): _problem() for code in call.problems},
        },
    }
    if call.security != DEFAULT_SECURITY:
        operation["security"] = [{scheme: []} for scheme in call.security]
    if call.body:
        operation["requestBody"] = {"required": True, **_content(call.body, "application/json")}
    return operation


def _parameters(call: Call, properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    in_path = {name for name in properties if f"{{{name}}}" in call.route}
    return [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in in_path,
            "schema": schema,
        }
        for name, schema in properties.items()
    ]


def _json(view: type[View], description: str) -> dict[str, Any]:
    return {"description": description, **_content(view, "application/json")}


def _problem() -> dict[str, Any]:
    return {
        "description": "A problem document.",
        **_content(ProblemView, "application/problem+json"),
    }


def _content(model: type[BaseModel], mimetype: str) -> dict[str, Any]:
    reference = REFERENCE.format(model=model.__name__)
    return {"content": {mimetype: {"schema": {"$ref": reference}}}}
