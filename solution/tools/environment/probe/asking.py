"""Puts questions to an environment, and takes away what they wrote."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from dataverse_client import BatchAnswers, DataverseClient, DataverseError, Operation
from dataverse_client.wire import Answer, error_of
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.errors import Stopped
from solution.tools.environment.probe.question import Question, Replies, Reply, Request

SESSION_TOKEN = "x-ms-session-token"  # noqa: S105 - the name of a header


def ask(dataverse: DataverseClient, question: Question) -> Replies:
    """Return what the environment answered to each request of the question.

    Raises:
        Stopped: what the question wrote could not be taken away.
    """
    with _cleared(dataverse, question):
        if question.together:
            return _asked_together(dataverse, question.requests)
        return {request.name: _asked(dataverse, request) for request in question.requests}


@contextmanager
def _cleared(dataverse: DataverseClient, question: Question) -> Iterator[None]:
    """Take away the question's rows after it, and before it what an interrupted run has left."""
    _clear(dataverse, question)
    try:
        yield
    finally:
        _clear(dataverse, question)


def _clear(dataverse: DataverseClient, question: Question) -> None:
    for operation in question.clears:
        try:
            dataverse.send(operation)
        except DataverseError as error:
            if not is_missing(error):
                raise Stopped(
                    f"{question.name}: its row cannot be taken away ({error}); the next run does so"
                ) from error


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
        request.keeps(answer),
    )


def _reply_of(error: DataverseError) -> Reply:
    return Reply(error.context.status, error.context.code)
