"""Queue messages: parse, one use case. Raising means: deliver it again, or put it aside."""

import logging
from collections import Counter

import azure.functions as func

from functions import wiring
from functions.contracts import reconcile as contract
from functions.contracts.message import QUEUE, STORAGE, WaitingSegments
from functions.contracts.poison import poison_queue_of
from functions.redelivery import parse, puts_aside
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.reconcile_days import Reconciled, reconcile_days
from functions.usecases.record_segments import record_segments
from functions.usecases.total_cases import Totalled, total_cases

PATIENCE_SECONDS = 60.0
"""Nobody waits in front of a screen here."""

LOOKS_FOR_EVIDENCE = 3
"""How often a day is tried whose evidence cannot be seen: a copy lags by seconds, not minutes."""

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.queue_trigger(arg_name="message", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="again", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="poison", queue_name=poison_queue_of(QUEUE), connection=STORAGE)
@puts_aside
def record_waiting_segments(message: func.QueueMessage) -> None:
    """Record segments that were received while Dataverse did not answer."""
    waiting = parse(WaitingSegments.model_validate_json, message)
    services = wiring.services()
    with services.storage_for(waiting.sign_in, seconds=PATIENCE_SECONDS) as storage:
        recorded = record_segments(waiting.to_delivery(), ledger=storage.ledger)
    fates = Counter(str(receipt.refusal or receipt.verdict) for receipt in recorded.receipts)
    log.info("segments that waited: %s", dict(fates))


@blueprint.queue_trigger(arg_name="message", queue_name=contract.QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="again", queue_name=contract.QUEUE, connection=STORAGE)
@blueprint.queue_output(
    arg_name="poison", queue_name=poison_queue_of(contract.QUEUE), connection=STORAGE
)
@puts_aside
def reconcile(message: func.QueueMessage) -> None:
    """Work out again what days, and what cases, amount to."""
    asked = parse(contract.message_of, message)
    services = wiring.services()
    with services.reconciliation() as storage:
        match asked:
            case contract.DaysMessage():
                done = reconcile_days(
                    asked.work_days(),
                    now=services.clock(),
                    days=storage.days,
                    totals=storage.totals,
                )
                _tell_days(done, delivery=message.dequeue_count or 1)
            case contract.CasesMessage():  # pragma: no branch - there is no other kind
                _tell_totals(total_cases(asked.case_ids(), totals=storage.totals))


def _tell_days(done: Reconciled, *, delivery: int) -> None:
    """Log what became of days, and have the message delivered again for those that wait.

    Raises:
        StorageUnavailable: evidence of a day cannot be seen yet.
    """
    _tell_totals(done.totals)
    if done.drift:
        log.warning("drift found and mended: %s", {str(k): n for k, n in done.drift.items()})
    if done.too_old or done.gone or done.refused:
        log.info(
            "days left alone: %d too old, %d of cases that are gone, %d that nobody may write",
            done.too_old,
            done.gone,
            done.refused,
        )
    if not done.waiting:
        return
    if delivery < LOOKS_FOR_EVIDENCE:
        raise StorageUnavailable(f"the evidence of {len(done.waiting)} days cannot be seen yet")
    log.warning(
        "days made from more segments than there are, left alone: %s",
        [f"{each.representative} {each.day}" for each in sorted(done.waiting)],
    )


def _tell_totals(done: Totalled) -> None:
    log.info("totals: %d written, %d right, %d gone", done.written, done.unchanged, len(done.gone))
    if done.stayed:
        log.warning(
            "time stays on merged cases that cannot hand it over: %s",
            sorted(map(str, done.stayed)),
        )
