"""What webhooks told about cases and activities: snapshots are taken, totals asked for."""

import logging

import azure.functions as func

from functions import wiring
from functions.contracts import reconcile
from functions.contracts.case_events import QUEUE, ActivityMessage, CaseMessage, message_of
from functions.contracts.message import STORAGE
from functions.usecases.resolve_case import keep_snapshots

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.queue_trigger(arg_name="message", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="totals", queue_name=reconcile.QUEUE, connection=STORAGE)
def follow_case_events(message: func.QueueMessage, totals: func.Out[str]) -> None:
    """Keep what was known at a resolution; have the totals of the cases worked out again."""
    storage = wiring.services().case_events()
    told = message_of(message.get_body())
    cases = set(told.case_ids())
    match told:
        case CaseMessage():
            kept = sum(
                keep_snapshots(case, happened_at=told.happened_at, snapshots=storage.snapshots)
                for case in sorted(cases)
            )
            log.info("cases %s: %d snapshots taken", sorted(map(str, cases)), kept)
        case ActivityMessage():  # pragma: no branch - there is no other kind
            activity = told.activity_id()
            regarded = storage.activities.regarded_by(activity) if activity else None
            cases |= {regarded} if regarded else set()
    due = list(reconcile.case_messages(sorted(cases)))
    if due:
        totals.set(due)  # type: ignore[arg-type]  # see answers_json_and_queues
