"""HTTP about the service itself: is it up, what does it offer, and do its own calls work.

The first two are anonymous and show no secrets. The self-check writes and acts for people, so it
asks for a function key; the host refuses any other before this code runs.
"""

from uuid import uuid4

import azure.functions as func

from functions import wiring
from functions.contracts.self_check import SelfCheckBody, SelfCheckView
from functions.contracts.service import (
    DataverseHealthView,
    HealthView,
    SettingsHealthView,
    WebhooksHealthView,
)
from functions.openapi import document
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.usecases.self_check import self_check
from functions.web import Answer, answers_json, json_text_response, parse

blueprint = func.Blueprint()


@blueprint.route(route="health", methods=["GET"])
@answers_json
def get_health(_: func.HttpRequest) -> Answer:
    """Tell that the service is up, how its last calls to Dataverse went, and what it was told."""
    services = wiring.services()
    health, heard = services.health, services.webhooks
    dataverse = DataverseHealthView(reachable=health.reachable, answered_at=health.answered_at)
    settings = SettingsHealthView(readable=services.shared.settings.readable)
    webhooks = WebhooksHealthView(
        unreadable=heard.unreadable, last_unreadable_at=heard.last_unreadable_at
    )
    return Answer(
        HealthView(status="up", dataverse=dataverse, settings=settings, webhooks=webhooks)
    )


@blueprint.route(route="self-check", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
@answers_json
def check_service(req: func.HttpRequest) -> Answer:
    """Make the service's own calls to Dataverse once, and tell what it answered to each."""
    services = wiring.services()
    body = parse(SelfCheckBody, req)
    lines = self_check(
        body.representative,
        CaseId(body.case_id) if body.case_id else None,
        app=body.app,
        segment=SegmentId(uuid4()),
        calls=services.own_calls(),
    )
    if any(line.is_ok for line in lines):
        services.health.answered_at = services.clock()
    return Answer(SelfCheckView.of(lines))


@blueprint.route(route="openapi.json", methods=["GET"])
def get_openapi(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the host's name
    """Describe this API."""
    return json_text_response(document())
