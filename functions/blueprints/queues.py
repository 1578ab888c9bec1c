"""Queue messages: parse, one use case. Raising means: deliver it again."""

import logging
from collections import Counter

import azure.functions as func

from functions import wiring
from functions.contracts.message import QUEUE, STORAGE, WaitingSegments
from functions.usecases.record_segments import record_segments

PATIENCE_SECONDS = 60.0
"""Nobody waits in front of a screen here."""

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.queue_trigger(arg_name="message", queue_name=QUEUE, connection=STORAGE)
def record_waiting_segments(message: func.QueueMessage) -> None:
    """Record segments that were received while Dataverse did not answer."""
    services = wiring.services()
    waiting = WaitingSegments.model_validate_json(message.get_body())
    with services.storage_for(waiting.sign_in, seconds=PATIENCE_SECONDS) as storage:
        recorded = record_segments(waiting.to_delivery(), ledger=storage.ledger)
    fates = Counter(str(receipt.refusal or receipt.verdict) for receipt in recorded.receipts)
    log.info("segments that waited: %s", dict(fates))
