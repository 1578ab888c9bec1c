"""What webhooks told about cases and activities: snapshots are taken, totals asked for."""

import logging
from collections.abc import Iterable

import azure.functions as func

from functions import wiring
from functions.contracts import reconcile
from functions.contracts.case_events import (
    QUEUE,
    ActivityMessage,
    CaseMessage,
    RestoredMessage,
    message_of,
)
from functions.contracts.message import STORAGE
from functions.contracts.poison import poison_queue_of
from functions.redelivery import parse, puts_aside_and_queues
from functions.usecases.resolve_case import keep_snapshots

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.queue_trigger(arg_name="message", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="waiting", queue_name=reconcile.QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="again", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="poison", queue_name=poison_queue_of(QUEUE), connection=STORAGE)
@puts_aside_and_queues
def follow_case_events(message: func.QueueMessage) -> Iterable[str]:
    """Keep what was known at a resolution; have the totals of the cases worked out again.

    Of a restored case the days too: who worked elsewhere meanwhile may have been given its seconds.
    """
    told = parse(message_of, message)
    storage = wiring.services().case_events()
    cases = set(told.case_ids())
    match told:
        case CaseMessage() | RestoredMessage():
            kept = sum(
                keep_snapshots(case, happened_at=told.happened_at, snapshots=storage.snapshots)
                for case in sorted(cases)
            )
            log.info("cases %s: %d snapshots taken", sorted(map(str, cases)), kept)
        case ActivityMessage():  # pragma: no branch - there is no other kind
            activity = told.activity_id()
            regarded = storage.activities.regarded_by(activity) if activity else None
            cases |= {regarded} if regarded else set()
    days = storage.changes.work_days_of(cases) if isinstance(told, RestoredMessage) else ()
    return [*reconcile.day_messages(sorted(days)), *reconcile.case_messages(sorted(cases))]
