"""Puts questions to an environment, and takes away what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from dataverse_client import BatchAnswers, DataverseClient, DataverseError, Operation
from dataverse_client.wire import Answer, error_of
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.probe.question import Kept, Question, Replies, Reply, Request

SESSION_TOKEN = "x-ms-session-token"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True)
class Asked:
    """The replies to a question, and why rows that it wrote are still there, if any are."""

    replies: Replies
    left: tuple[str, ...] = ()


def ask(dataverse: DataverseClient, question: Question) -> Asked:
    """Ask, and take away what that wrote, and before it what an interrupted run has left."""
    _clear(dataverse, question)
    try:
        replies = _replies(dataverse, question)
    finally:
        left = _clear(dataverse, question)
    return Asked(replies, left)


def _clear(dataverse: DataverseClient, question: Question) -> tuple[str, ...]:
    """Delete the question's rows, and return why some cannot be deleted."""
    faults = []
    for operation in question.clears:
        try:
            dataverse.send(operation)
        except DataverseError as error:
            if not is_missing(error):
                faults.append(str(error))
    return tuple(faults)


def _replies(dataverse: DataverseClient, question: Question) -> Replies:
    if question.together:
        return _asked_together(dataverse, question.requests)
    return {request.name: _asked(dataverse, request) for request in question.requests}


def _asked(dataverse: DataverseClient, request: Request) -> Reply:
    try:
        return _reply(request, dataverse.send(request.as_sent))
    except DataverseError as error:
        return _reply_of(error)


def _asked_together(dataverse: DataverseClient, requests: Iterable[Request]) -> Replies:
    sent = [(request, request.as_sent) for request in requests]
    try:
        answers = dataverse.batch([operation for _, operation in sent])
    except DataverseError as error:
        return {request.name: _reply_of(error) for request, _ in sent}
    return {request.name: _part_reply(request, answers, part) for request, part in sent}


def _part_reply(request: Request, answers: BatchAnswers, part: Operation[Answer]) -> Reply:
    try:
        return _reply(request, answers[part])
    except DataverseError as error:
        return _reply_of(error)


def _reply(request: Request, answer: Answer) -> Reply:
    succeeded = answer.status < HTTPStatus.MULTIPLE_CHOICES
    return Reply(
        answer.status,
        None if succeeded else error_of(answer).context.code,
        SESSION_TOKEN in answer.headers,
        _kept(request, answer),
    )


def _kept(request: Request, answer: Answer) -> Kept:
    """Return what the request keeps; nothing of an answer that is shaped as nobody says."""
    try:
        return request.keeps(answer)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _reply_of(error: DataverseError) -> Reply:
    return Reply(error.context.status, error.context.code)
