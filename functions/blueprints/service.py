"""HTTP about the service itself: is it up, and what does it offer. Anonymous, without secrets."""

import azure.functions as func

from functions import wiring
from functions.contracts.service import (
    DataverseHealthView,
    HealthView,
    SettingsHealthView,
    WebhooksHealthView,
)
from functions.openapi import document
from functions.web import Answer, answers_json, json_text_response

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


@blueprint.route(route="openapi.json", methods=["GET"])
def get_openapi(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the host's name
    """Describe this API."""
    return json_text_response(document())
