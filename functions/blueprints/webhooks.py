"""Dataverse webhooks: told that a row changed, answer at once.

They come with the function key that the endpoint was registered with; the host refuses any other
before this code runs.
"""

import azure.functions as func

from functions import wiring
from functions.contracts.webhook import settings_changed

blueprint = func.Blueprint()


@blueprint.route(route="webhooks/dataverse", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
def hear_dataverse(req: func.HttpRequest) -> func.HttpResponse:
    """Read the settings anew if they changed; nothing else that happens matters to us yet."""
    if settings_changed(req.headers):
        wiring.services().shared.settings.outdate()
    return func.HttpResponse(status_code=204)
