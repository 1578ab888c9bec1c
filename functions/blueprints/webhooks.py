"""Dataverse webhooks: told that a row changed, put on a queue what follows, and answer at once.

They come with the function key that the endpoint was registered with; the host refuses any other
before this code runs. Dataverse gives no second chance but after a 502, 503 or 504, so nothing here
waits for anything.
"""

import logging

import azure.functions as func

from functions import wiring
from functions.contracts.case_events import QUEUE, messages_about
from functions.contracts.message import STORAGE
from functions.contracts.service import HeardView
from functions.contracts.webhook import MOST_BYTES, RemoteExecutionContext, settings_changed
from functions.web import Answer, answers_json_and_queues, parse

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.route(route="webhooks/dataverse", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@answers_json_and_queues
def hear_dataverse(req: func.HttpRequest) -> Answer:
    """Have settings read anew if they changed; queue what happened to cases and activities."""
    if settings_changed(req.headers):
        wiring.services().shared.settings.outdate()
        return Answer(HeardView(queued=0), 202)
    event = parse(RemoteExecutionContext, req, most_bytes=MOST_BYTES).to_event()
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
