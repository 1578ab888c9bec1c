"""Schedules, in UTC: find what changed and put it on the queue, a hundred at a time.

They keep nothing: each looks back further than since its last run, and finding the same again is
harmless.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import azure.functions as func

from functions import wiring
from functions.contracts import case_events
from functions.contracts.message import STORAGE
from functions.contracts.reconcile import QUEUE, case_messages, day_messages
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from functions.usecases.find_changed import (
    SeesChanges,
    SeesResolutions,
    SeesRestored,
    find_changed,
    find_other_activities,
    find_restored,
    find_unkept,
)
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable

EVERY_QUARTER = "0 */15 * * * *"
EVERY_NIGHT = "0 30 2 * * *"

RECENTLY = timedelta(hours=1)
"""Four runs see the same: three may fail, and a copy of an elastic table may lag."""

MISSED = timedelta(days=1)
"""How far back a run looks that comes late; what is older is the night's."""

LATELY = timedelta(days=3)
"""Two nights may fail. It is looked at when rows were written, so whatever comes late is seen."""

WATCHED = timedelta(days=1)
WATCHED_AT_NIGHT = timedelta(days=7)
"""How long after its last total a case is looked at for activities that were deleted or moved away,
which leave nothing behind that could be found by when it was written. A hundred cases a request."""

RESTORED_SECONDS = 60.0
"""How long a night may look for restored cases, of the time that it has for all its looks."""

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.timer_trigger(arg_name="timer", schedule=EVERY_QUARTER)
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
def reconcile_recent(timer: func.TimerRequest, waiting: func.Out[str]) -> None:
    """Have days and cases worked out again that changed within the hour."""
    services = wiring.services()
    now = services.clock()
    since = now - (MISSED if timer.past_due else RECENTLY)
    _send_changed(since, services.changes(), waiting, totals_since=now - WATCHED)


@blueprint.timer_trigger(arg_name="timer", schedule=EVERY_NIGHT)
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@blueprint.queue_output(arg_name="untold", queue_name=case_events.QUEUE, connection=STORAGE)
def reconcile_history(
    timer: func.TimerRequest,  # noqa: ARG001 - the host's name
    waiting: func.Out[str],
    untold: func.Out[str],
) -> None:
    """Have the days and cases of the last nights worked out again; it should change nothing.

    Where the webhook about a resolution was lost, have its snapshot taken.
    """
    services = wiring.services()
    now, changes = services.clock(), services.changes()  # all looks share the time of one
    restored = _restored(now - LATELY, services.changes(RESTORED_SECONDS))
    _send_changed(
        now - LATELY, changes, waiting, totals_since=now - WATCHED_AT_NIGHT, days=restored
    )
    try:
        _send_unkept(now, changes, untold)
    except ServiceNotAllowed as error:
        # A role from before snapshots were looked for shall not keep days from being mended.
        log.error("snapshots that are missing cannot be seen: %s", error)  # noqa: TRY400


def _send_changed(
    since: datetime,
    changes: SeesChanges,
    waiting: func.Out[str],
    *,
    totals_since: datetime,
    days: Iterable[WorkDay] = (),
) -> None:
    """Send messages about what changed lately and about further days.

    The host sends each item of a list on its own.
    """
    changed = find_changed(since, changes=changes)
    due = sorted({*changed.days, *days})
    cases = {*changed.cases, *_with_other_activities(totals_since, changes)}
    log.info("changed: %d days, %d cases", len(due), len(cases))
    messages = [*day_messages(due), *case_messages(sorted(cases))]
    if messages:
        waiting.set(messages)  # type: ignore[arg-type]  # as in `web.answers_json_and_queues`


def _restored(written_before: datetime, changes: SeesRestored) -> Iterable[WorkDay]:
    """Return the days of cases that may have been restored; none if that cannot be seen now."""
    try:
        return find_restored(written_before, changes=changes)
    except StorageUnavailable as error:
        log.warning("cases that were restored cannot be seen: %s", error)
        return ()


def _with_other_activities(totals_since: datetime, changes: SeesChanges) -> Iterable[CaseId]:
    """Return the cases whose activities changed without a trace; none if that cannot be seen now.

    The next run looks at the same cases again, so a failure here need not keep the others waiting.
    """
    try:
        return find_other_activities(totals_since, changes=changes)
    except StorageUnavailable as error:
        log.warning("activities could not be compared with totals: %s", error)
        return ()


def _send_unkept(now: datetime, changes: SeesResolutions, untold: func.Out[str]) -> None:
    unkept = find_unkept(now - LATELY, changes=changes)
    if unkept:
        log.warning("webhook lost: snapshots of %d cases are missing, and taken now", len(unkept))
        untold.set(list(case_events.case_messages(unkept, happened_at=now)))  # type: ignore[arg-type]  # as above
