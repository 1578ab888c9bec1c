"""A question to an environment as a value: what we assume, what is asked, how the answer is read.

Reading is pure, so that answers that were written down can be read again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from http import HTTPStatus
from typing import Any

from dataverse_client import Operation
from dataverse_client.wire import Answer, Row, error_of, json_object, page

Kept = bool | int | str | list[Any] | dict[str, Any] | None
"""What is kept of a body: JSON of names of the schema, numbers and truths; never what rows say."""


class Verdict(Enum):
    """What became of an assumption; the value is what people read."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNANSWERED = "not answered"


def nothing(_answer: Answer) -> Kept:
    return None


def of_rows(kept: Callable[[list[Row]], Kept]) -> Callable[[Answer], Kept]:
    """Keep something of the rows of a list; nothing of a refusal."""

    def keeps(answer: Answer) -> Kept:
        return kept(page(answer).rows) if answer.status == HTTPStatus.OK else None

    return keeps


def of_object(kept: Callable[[Row], Kept]) -> Callable[[Answer], Kept]:
    """Keep something of a single row; nothing of a refusal."""

    def keeps(answer: Answer) -> Kept:
        return kept(json_object(answer)) if answer.status == HTTPStatus.OK else None

    return keeps


def get(url: str, *, prefer: str = "", entity_set: str = "") -> Operation[Answer]:
    """Return a read of an address below the service root; its result is the answer itself."""
    headers = {"Prefer": prefer} if prefer else {}
    return Operation("GET", url, _whole_answer, headers, repeatable=True, entity_set=entity_set)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to send, and what is kept of the body of its answer."""

    name: str
    operation: Operation[Any]
    keeps: Callable[[Answer], Kept] = nothing

    @property
    def as_sent(self) -> Operation[Answer]:
        """The operation with its answer as its result, also when that is a refusal.

        Only a read is repeated after a lost answer: a repeated write would meet itself.
        """
        repeatable = self.operation.method == "GET"
        return replace(self.operation, read=_whole_answer, repeatable=repeatable)


UNJUDGED = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.NOT_IMPLEMENTED,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is kept of an answer. ``status`` is None when there was none."""

    status: int | None
    code: str | None = None
    session_token: bool = False
    kept: Kept = None

    @property
    def succeeded(self) -> bool:
        return self.status is not None and self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_silent(self) -> bool:
        """Tell whether the request was not judged: no answer, no right, too much to do.

        A 500 is an answer: that is how some requests are refused.
        """
        return self.status is None or self.status in UNJUDGED

    @property
    def text(self) -> str:
        if self.status is None:
            return "no answer"
        return " ".join(filter(None, (str(self.status), self.code)))


Replies = Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Reading:
    """What replies say about an assumption."""

    verdict: Verdict
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An assumption of ours, and how an environment is asked about it.

    Attributes:
        confirmed: what follows when the assumption is true.
        refuted: what follows when it is not.
        unanswered: what to do when the environment does not say.
        writes: it creates rows; they are removed by ``clears``.
        before_us: it can be asked before the solution is installed.
        together: everything is sent in one batch.
    """

    name: str
    assumption: str
    requests: tuple[Request, ...]
    read: Callable[[Replies], Reading]
    confirmed: str
    refuted: str
    unanswered: str = "Ask as System Administrator of an environment with the solution in it."
    writes: bool = False
    before_us: bool = False
    together: bool = False
    clears: tuple[Operation[None], ...] = ()

    def follows(self, verdict: Verdict) -> str:
        match verdict:
            case Verdict.CONFIRMED:
                return self.confirmed
            case Verdict.REFUTED:
                return self.refuted
            case Verdict.UNANSWERED:
                return self.unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A question that the Web API cannot answer: what somebody does, types there, and sees.

    ``types`` is to be copied; it is empty where nothing is typed.
    """

    name: str
    assumption: str
    to_do: str
    types: str = ""
    otherwise: str


NOT_DONE_HERE = "This environment does not do it (501)."
"""Follows from a question that no role and no solution would have answered."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a question came to."""

    question: Question
    replies: Replies
    reading: Reading

    @property
    def follows(self) -> str:
        silences = {reply.status for reply in self.replies.values() if reply.is_silent}
        if silences == {HTTPStatus.NOT_IMPLEMENTED}:
            return NOT_DONE_HERE
        return self.question.follows(self.reading.verdict)


def conclude(question: Question, replies: Replies) -> Conclusion:
    """Read the replies; where one is silent or missing, the question is not answered."""
    silent = next(iter(_silences(question, replies)), None)
    reading = question.read(replies) if silent is None else unanswered(silent)
    return Conclusion(question, replies, reading)


def _silences(question: Question, replies: Replies) -> Iterator[str]:
    for request in question.requests:
        reply = replies.get(request.name)
        if reply is None:
            yield f"{request.name}: not asked"
        elif reply.is_silent:
            yield f"{request.name}: {reply.text}"


def confirmed_if(truth: object, said: str) -> Reading:
    return Reading(Verdict.CONFIRMED if truth else Verdict.REFUTED, said)


def refuted(said: str) -> Reading:
    return Reading(Verdict.REFUTED, said)


def unanswered(said: str) -> Reading:
    return Reading(Verdict.UNANSWERED, said)


def _whole_answer(answer: Answer) -> Answer:
    """Return the answer unless it is for the client to act on: a new token, or a later try."""
    client_acts = answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}
    server_fails = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if client_acts or (server_fails and answer.status != HTTPStatus.NOT_IMPLEMENTED):
        raise error_of(answer)
    return answer
