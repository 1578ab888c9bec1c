"""How standard tables behave where sources differ: duplicates, change sets, comparisons, sums."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from dataverse_client import Condition, Operation, Query, Sum, all_of, eq, ne
from dataverse_client import operations as op
from dataverse_client.batch import Part, written
from dataverse_client.client import API
from dataverse_client.wire import DUPLICATE_CODES, Answer, Row
from solution.model.identity import stable_id
from solution.model.tables import TIME_LOG
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    of_rows,
    unanswered,
)

SET, ID = TIME_LOG.entity_set, TIME_LOG.primary_id
USERS = "systemusers"
NOBODY = UUID(int=0)
CONFLICTS = frozenset({HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED})


def _id(question: str) -> UUID:
    return stable_id("probe", f"{SET}/{question}")


def _create(question: str) -> Operation[UUID]:
    return op.create(SET, {ID: str(_id(question))}, id_column=ID)


def _read_duplicate(replies: Replies) -> Reading:
    created, again = replies["create"], replies["again"]
    if not created.succeeded:
        return unanswered(f"a new row is refused: {created.text}")
    return confirmed_if(again.status in CONFLICTS and again.code in DUPLICATE_CODES, again.text)


DUPLICATE = Question(
    name="standard-duplicate",
    assumption="A row of a known id is refused with 412 or 409 and the code of a duplicate.",
    requests=(
        Request("create", _create("standard-duplicate")),
        Request("again", _create("standard-duplicate")),
    ),
    read=_read_duplicate,
    confirmed="A log or correction that is sent twice is told from a new one.",
    refuted="A log or correction whose answer was lost is shown as failed though it is there.",
    writes=True,
    clears=(op.delete(SET, _id("standard-duplicate")),),
)


def _doomed_change_set() -> Operation[Any]:
    """Return a batch of one change set that creates the same row twice, so that none is stored.

    It is written here: the client reads its answer in either form, and does not say which it was.
    """
    twice = op.change_set([_create("change-set-error"), _create("change-set-error")])
    return _batch(twice)


def _batch(part: Part, prefer: str = "") -> Operation[Any]:
    boundary = "batch_probe"
    body = written(
        [part],
        boundary=boundary,
        url_of=lambda url: API + url,
        headers_of=lambda operation: {"Accept": "application/json", **operation.headers},
    )
    headers = {"Content-Type": f"multipart/mixed; boundary={boundary}"}
    preferred = {"Prefer": prefer} if prefer else {}
    return Operation("POST", "$batch", lambda answer: answer, headers | preferred, body)


def _stands_alone(answer: Answer) -> Kept:
    """Tell whether the error is a part of the batch and not of a change set's answer in it."""
    kind = answer.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return None
    return b"multipart/mixed" not in answer.body


def _read_change_set(replies: Replies) -> Reading:
    reply = replies["change set"]
    if reply.kept is None:
        return unanswered(reply.text)
    where = "in the batch" if reply.kept else "in the change set's answer"
    return confirmed_if(reply.kept, f"it stands {where}")


CHANGE_SET = Question(
    name="change-set-error",
    assumption="The error of a failed change set stands in the batch, as that of a single part.",
    requests=(Request("change set", _doomed_change_set(), _stands_alone),),
    read=_read_change_set,
    confirmed="The client reads it.",
    refuted="The client reads it there too.",
    writes=True,
    clears=(op.delete(SET, _id("change-set-error")),),
)


STOPS, GOES_ON = "a batch that stops", "a batch that goes on"
FAILING = op.read_row(USERS, NOBODY, select=["systemuserid"])


def _read_batch_status(replies: Replies) -> Reading:
    stops, goes_on = replies[STOPS], replies[GOES_ON]
    said = f"{stops.status} where it stops, {goes_on.status} where it goes on"
    return confirmed_if(
        (stops.status, goes_on.status) == (HTTPStatus.NOT_FOUND, HTTPStatus.OK), said
    )


BATCH_STATUS = Question(
    name="batch-status",
    assumption="A batch that stops at a failed part has the status of that part, and one that goes"
    " on has 200.",
    requests=(
        Request(STOPS, _batch(FAILING)),
        Request(GOES_ON, _batch(FAILING, "odata.continue-on-error")),
    ),
    read=_read_batch_status,
    before_us=True,
    confirmed="The functions ask to go on. Others, who take 200 only, lose the answers otherwise.",
    refuted="Nothing, as long as one that goes on has 200: the functions ask to go on.",
)


def _number(rows: list[Row]) -> Kept:
    return len(rows)


def _read_comparison(replies: Replies) -> Reading:
    if not replies["rows without a value"].kept:
        return unanswered("there are no rows to compare")
    compared = replies["compared"]
    if not compared.succeeded:
        return unanswered(compared.text)
    return confirmed_if(compared.kept, "it keeps them" if compared.kept else "it drops them")


def _people(condition: Condition) -> Operation[Any]:
    return op.read_rows(Query(USERS).select("systemuserid").where(condition).top(1))


WITHOUT_VALUE = eq("applicationid", None)
COMPARISON = Question(
    name="ne-and-rows-without-a-value",
    assumption="A comparison by ne keeps rows without a value.",
    requests=(
        Request("rows without a value", _people(WITHOUT_VALUE), of_rows(_number)),
        Request(
            "compared",
            _people(all_of(WITHOUT_VALUE, ne("applicationid", NOBODY))),
            of_rows(_number),
        ),
    ),
    read=_read_comparison,
    before_us=True,
    confirmed="The functions compare by ne only what has a value, or null itself.",
    refuted="The same: the functions compare by ne only what has a value, or null itself.",
)


def _sum(rows: list[Row]) -> Kept:
    return [row.get("total", "nothing") for row in rows]


def _read_sum(replies: Replies) -> Reading:
    reply = replies["sum"]
    if not isinstance(reply.kept, list):
        return unanswered(reply.text)
    said = ", ".join("null" if total is None else str(total) for total in reply.kept)
    return confirmed_if(reply.kept == [None], f"it is {said}" if said else "there is no row")


SUM = Question(
    name="sum-of-nulls",
    assumption="A sum over rows without values is null.",
    requests=(
        Request(
            "sum",
            op.read_rows(
                Query(USERS)
                .where(eq("importsequencenumber", None))
                .aggregate(Sum("importsequencenumber", "total"))
            ),
            of_rows(_sum),
        ),
    ),
    read=_read_sum,
    before_us=True,
    confirmed="The functions read null as 0.",
    refuted="The functions read 0, and no value at all, as 0 too.",
)

QUESTIONS = (COMPARISON, SUM, BATCH_STATUS, DUPLICATE, CHANGE_SET)
