"""HTTP for what people enter by hand: time logs and corrections of their own automatic time."""

from collections.abc import Callable

import azure.functions as func

from functions import wiring
from functions.contracts.entries import (
    AutomaticTimeBody,
    TimeLogBody,
    TimeLogChangeBody,
    TimeLogView,
)
from functions.contracts.parameters import CaseParameters, TimeLogParameters
from functions.contracts.time import TimeView
from functions.timekeeping.identifiers import CaseId, TimeLogId
from functions.usecases.correct_own_time import correct_own_time
from functions.usecases.log_time import TimeLogChange, TimeLogging
from functions.web import Answer, answers_json, parameters, parse

blueprint = func.Blueprint()


@blueprint.route(route="cases/{caseId}/automatic-time", methods=["PUT"])
@answers_json
def correct_automatic_time(req: func.HttpRequest) -> Answer:
    """Make the caller's own automatic time on the case this long, and keep why."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    wanted = parameters(CaseParameters, req)
    body = parse(AutomaticTimeBody, req)
    with services.storage_for(sign_in) as storage:
        time = correct_own_time(
            CaseId(wanted.case_id),
            body.duration_seconds,
            reason=body.reason,
            app=wanted.app,
            now=services.clock(),
            ledger=storage.ledger,
            adjustments=storage.adjustments,
        )
    return Answer(TimeView.of(time))


@blueprint.route(route="cases/{caseId}/time-logs", methods=["POST"])
@answers_json
def add_time_log(req: func.HttpRequest) -> Answer:
    """Log time on the case."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    wanted = parameters(CaseParameters, req)
    body = parse(TimeLogBody, req)
    with services.storage_for(sign_in) as storage:
        log = _logging(wanted, storage).add(body.to_time_log())
    return Answer(TimeLogView.of(log, mine=True), 201)


@blueprint.route(route="cases/{caseId}/time-logs/{logId}", methods=["PATCH"])
@answers_json
def change_time_log(req: func.HttpRequest) -> Answer:
    """Change one's own time log."""
    return _change(req, lambda: parse(TimeLogChangeBody, req).to_change())


@blueprint.route(route="cases/{caseId}/time-logs/{logId}", methods=["DELETE"])
@answers_json
def void_time_log(req: func.HttpRequest) -> Answer:
    """Void one's own time log: it stays, and does not count."""
    return _change(req, lambda: TimeLogChange(voided=True))


@blueprint.route(route="cases/{caseId}/time-logs/{logId}/restore", methods=["POST"])
@answers_json
def restore_time_log(req: func.HttpRequest) -> Answer:
    """Let one's own voided time log count again."""
    return _change(req, lambda: TimeLogChange(voided=False))


def _change(req: func.HttpRequest, read_change: Callable[[], TimeLogChange]) -> Answer:
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    wanted = parameters(TimeLogParameters, req)
    change = read_change()
    with services.storage_for(sign_in) as storage:
        changed = _logging(wanted, storage).change(TimeLogId(wanted.log_id), change)
    return Answer(TimeLogView.of(changed, mine=True))


def _logging(wanted: CaseParameters, storage: wiring.Storage) -> TimeLogging:
    return TimeLogging(
        case=CaseId(wanted.case_id),
        app=wanted.app,
        now=wiring.services().clock(),
        ledger=storage.ledger,
        logs=storage.time_logs,
    )
