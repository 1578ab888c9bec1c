"""HTTP for the form widget: focus, refresh, outbox, and what the widget shows."""

import logging

import azure.functions as func

from functions import wiring
from functions.contracts.history import HistoryView, RepresentativesView
from functions.contracts.message import QUEUE, STORAGE, messages
from functions.contracts.parameters import (
    AppParameters,
    CaseParameters,
    CasePath,
    HistoryParameters,
)
from functions.contracts.reports import FocusReport, OutboxReport, RefreshReport
from functions.contracts.time import CaseAnswerView, ReceiptsView, SettingsReportView
from functions.timekeeping.cases import StopReason
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.totals import outdated
from functions.usecases.ledger import Look, StorageUnavailable
from functions.usecases.postpone_segments import postpone_segments
from functions.usecases.record_segments import record_segments
from functions.usecases.show_case_time import CaseAnswer, show_case_time
from functions.usecases.show_history import show_history, show_representatives
from functions.web import (
    Answer,
    answers_json,
    answers_json_and_queues,
    parameters,
    parse,
)

log = logging.getLogger(__name__)
blueprint = func.Blueprint()


@blueprint.route(route="cases/{caseId}/focus", methods=["POST"])
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@answers_json_and_queues
def tell_focus(req: func.HttpRequest) -> Answer:
    """Focus came or went: record finished segments, tell the case's time."""
    return _case_call(req, FocusReport)


@blueprint.route(route="cases/{caseId}/refresh", methods=["POST"])
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@answers_json_and_queues
def refresh_case(req: func.HttpRequest) -> Answer:
    """An interval is over or Refresh was chosen: the same answer."""
    return _case_call(req, RefreshReport)


@blueprint.route(route="segments", methods=["POST"])
@blueprint.queue_output(arg_name="waiting", queue_name=QUEUE, connection=STORAGE)
@answers_json_and_queues
def deliver_segments(req: func.HttpRequest) -> Answer:
    """Record what waited in the widget's outbox, of any cases."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    delivery = parse(OutboxReport, req).to_delivery(received_at=services.clock())
    try:
        with services.storage_for(sign_in) as storage:
            recorded = record_segments(delivery, ledger=storage.ledger)
    except StorageUnavailable as error:
        log.warning("segments wait in the queue: %s", error)
        postponed = postpone_segments(delivery)
        waiting = tuple(messages(postponed.waiting, sign_in=sign_in))
        return Answer(ReceiptsView.of(postponed.receipts), 202, waiting)
    return Answer(ReceiptsView.of(recorded.receipts))


@blueprint.route(route="cases/{caseId}/history", methods=["GET"])
@answers_json
def get_history(req: func.HttpRequest) -> Answer:
    """Show the case's automatic time, time logs and activities, newest first, in pages."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    wanted = parameters(HistoryParameters, req)
    with services.storage_for(sign_in) as storage:
        history = show_history(
            CaseId(wanted.case_id),
            sections=wanted.sections,
            cursor=wanted.cursor,
            app=wanted.app,
            ledger=storage.ledger,
            archive=storage.archive,
        )
    view = HistoryView.of(history, case_id=wanted.case_id, sections=wanted.sections)
    return Answer(view)


@blueprint.route(route="cases/{caseId}/representatives", methods=["GET"])
@answers_json
def get_representatives(req: func.HttpRequest) -> Answer:
    """Show everyone who worked on the case."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    wanted = parameters(CaseParameters, req)
    with services.storage_for(sign_in) as storage:
        team = show_representatives(
            CaseId(wanted.case_id),
            app=wanted.app,
            ledger=storage.ledger,
            archive=storage.archive,
        )
    return Answer(RepresentativesView.of(team, case_id=wanted.case_id))


@blueprint.route(route="settings", methods=["GET"])
@answers_json
def get_settings(req: func.HttpRequest) -> Answer:
    """Show the effective settings of an app and what is wrong with the stored ones."""
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    app = parameters(AppParameters, req).app
    try:
        with services.storage_for(sign_in) as storage:
            book = storage.ledger.look(Look(app=app)).settings
    except StorageUnavailable:
        if services.shared.settings.last_known is None:
            raise
        book = services.last_settings
    return Answer(SettingsReportView.of(book.for_app(app), unread=book.unread))


def _case_call(req: func.HttpRequest, contract: type[RefreshReport]) -> Answer:
    services = wiring.services()
    sign_in = services.tokens.caller(req.headers)
    case = CaseId(parameters(CasePath, req).case_id)
    report = parse(contract, req)
    delivery = report.to_delivery(received_at=services.clock())
    try:
        with services.storage_for(sign_in) as storage:
            answer = show_case_time(delivery, case=case, ledger=storage.ledger)
    except StorageUnavailable as error:
        if not delivery.segments:
            raise
        log.warning("segments wait in the queue: %s", error)
        postponed = postpone_segments(delivery)
        settings = services.last_settings.for_app(delivery.app)
        known = services.last_times.get(sign_in, case)
        waiting = CaseAnswer(
            stopped=None if settings.handling_time_enabled else StopReason.TRACKING_DISABLED,
            settings=settings,
            receipts=postponed.receipts,
            time=outdated(known, settings.scope) if known else None,
        )
        sent = tuple(messages(postponed.waiting, sign_in=sign_in))
        return Answer(CaseAnswerView.of(waiting), 202, sent)
    if answer.time:
        services.last_times.keep(sign_in, answer.time)
    return Answer(CaseAnswerView.of(answer))
