"""Dataverse webhooks: told that a row changed, put on a queue what follows, and answer at once.

They come with the function key that the endpoint was registered with; the host refuses any other
before this code runs. Dataverse gives no second chance but after a 502, 503 or 504, so nothing here
waits for anything, and nothing is refused: what cannot be read is acknowledged, counted and logged.
"""

import logging

import azure.functions as func

from functions import wiring
from functions.contracts.case_events import QUEUE, messages_about
from functions.contracts.message import STORAGE
from functions.contracts.service import HeardView
from functions.contracts.webhook import (
    SETTING_OVERRIDES,
    UnreadableContext,
    WebhookHeaders,
    read_event,
)
from functions.web import Answer, answers_json_and_queues

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.route(route="webhooks/dataverse", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@answers_json_and_queues
def hear_dataverse(req: func.HttpRequest) -> Answer:
    """Have settings read anew if they changed; queue what happened to cases and activities."""
    services = wiring.services()
    headers = WebhookHeaders.of(req.headers)
    try:
        event = read_event(req.get_body(), headers, received_at=services.clock())
    except UnreadableContext as error:
        services.webhooks.count_unreadable(services.clock())
        # Alerts look for the first words.
        log.error(  # noqa: TRY400 - where it was raised tells nothing
            "webhook not understood: %s of %s, %s",
            headers.message or "?",
            headers.table or "?",
            error,
        )
        return Answer(HeardView(queued=0), 202)
    if event.table in SETTING_OVERRIDES:
        services.shared.settings.invalidate()
    messages = tuple(messages_about(event))
    log.info(
        "%s of %s %s by %s, correlation %s: %d messages",
        event.message,
        event.table,
        event.row,
        event.initiated_by,
        event.correlation_id,
        len(messages),
    )
    return Answer(HeardView(queued=len(messages)), 202, messages)
