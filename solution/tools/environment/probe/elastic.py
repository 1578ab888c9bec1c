"""How elastic tables behave, with rows in a partition of its own that no figure reads.

The rows name no case, no representative and no day, so nothing counts them while they are there;
each is taken away again, and would be gone after an hour.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from dataverse_client import ElasticKey, Query, bulk
from dataverse_client import operations as op
from dataverse_client.errors import BulkFailed
from dataverse_client.wire import DUPLICATE_CODES, Answer, error_of, json_object, page
from solution.model.identity import stable_id
from solution.model.tables import FOCUS_SEGMENT
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Reply,
    Request,
    confirmed_if,
    get,
    refuted,
    unanswered,
)

SET, ID = FOCUS_SEGMENT.entity_set, FOCUS_SEGMENT.primary_id
PARTITION = str(stable_id("probe", "partition"))
LIFE_SECONDS = 3600
PAGE_ROWS, MANY_ROWS = 500, 5000
OUTDATED = 'W/"1"'
CONFLICTS = frozenset({HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED})

Judge = Callable[[Reply], Reading]
"""Reads the reply to what was tried with a row."""


def _id(question: str) -> UUID:
    return stable_id("probe", f"{SET}/{question}")


def _key(question: str) -> ElasticKey:
    return ElasticKey(ID, _id(question), PARTITION)


def _row(question: str) -> dict[str, Any]:
    return {ID: str(_id(question)), "partitionid": PARTITION, "ttlinseconds": LIFE_SECONDS}


def _create(request: str, question: str) -> Request:
    return Request(request, op.create(SET, _row(question), id_column=ID))


def _with_a_row(judge: Judge, tried: str) -> Callable[[Replies], Reading]:
    """Judge what was tried with a row, if the row could be made."""

    def read(replies: Replies) -> Reading:
        created = replies["create"]
        if not created.succeeded:
            return unanswered(f"a new row is refused: {created.text}")
        return judge(replies[tried])

    return read


def _question(
    name: str,
    assumption: str,
    judge: Judge,
    *tried: Request,
    confirmed: str,
    refuted: str,
    together: bool = False,
) -> Question:
    """Return a question about one row: it is created, something is tried, it is taken away."""
    return Question(
        name=name,
        assumption=assumption,
        requests=(_create("create", name), *tried),
        read=_with_a_row(judge, tried[0].name if tried else "create"),
        confirmed=confirmed,
        refuted=refuted,
        writes=True,
        together=together,
        clears=(op.delete(SET, _key(name)),),
    )


def _is_duplicate(reply: Reply) -> Reading:
    return confirmed_if(reply.status in CONFLICTS and reply.code in DUPLICATE_CODES, reply.text)


def _has_token(reply: Reply) -> Reading:
    return confirmed_if(reply.session_token, "one came" if reply.session_token else "none came")


def _is_not_found(reply: Reply) -> Reading:
    return confirmed_if(reply.status == HTTPStatus.NOT_FOUND, reply.text)


def _is_refused(reply: Reply) -> Reading:
    return confirmed_if(not reply.succeeded, reply.text)


def _names_its_rows(reply: Reply) -> Reading:
    if reply.succeeded:
        return refuted(f"{reply.text}, though one row is there already")
    return confirmed_if(
        reply.kept, f"{reply.text}, the rows are {'' if reply.kept else 'not '}named"
    )


def _has_named_rows(answer: Answer) -> Kept:
    return answer.status >= HTTPStatus.BAD_REQUEST and isinstance(error_of(answer), BulkFailed)


DUPLICATE, DUPLICATE_IN_BATCH = "elastic-duplicate", "elastic-duplicate-in-a-batch"
BY_ID, ETAG, BULK = "elastic-row-by-id-alone", "elastic-etag-condition", "elastic-bulk-failure"
UNLIKE = (
    "A refusal of another kind is known to be a duplicate only after the row was read by its id and"
    " partition. A success would mean that evidence can be written over."
)

WITH_ROWS = (
    _question(
        DUPLICATE,
        "An elastic row of a known id and partition is refused as a duplicate.",
        _is_duplicate,
        _create("again", DUPLICATE),
        confirmed="A segment that is sent twice is told from a new one by status and code.",
        refuted=UNLIKE,
    ),
    _question(
        DUPLICATE_IN_BATCH,
        "A part of a batch refuses such a row in the same way.",
        _is_duplicate,
        _create("again", DUPLICATE_IN_BATCH),
        confirmed="A segment that is delivered twice is told from a new one by status and code.",
        refuted=UNLIKE,
        together=True,
    ),
    _question(
        "elastic-session-token",
        "The answer to an elastic write carries a session token.",
        _has_token,
        confirmed="Whoever writes sees it at once.",
        refuted="Whoever writes may not see it at once: figures follow with the next interval.",
    ),
    _question(
        "elastic-session-token-in-a-batch",
        "The part of a batch that writes an elastic row carries a session token.",
        _has_token,
        confirmed="A read after a batch sees what the batch wrote.",
        refuted="A read after a batch may miss what the batch wrote: a day that lacks segments is"
        " not written, and waits for the next look.",
        together=True,
    ),
    _question(
        BY_ID,
        "The id alone does not find an elastic row that lies in a partition of its own.",
        _is_not_found,
        Request("read", get(f"{SET}({_id(BY_ID)})?$select={ID}", entity_set=SET)),
        confirmed="An app that opens segments by their id does not find them.",
        refuted="An app opens segments by their id; of two with one id perhaps the wrong one.",
    ),
    _question(
        ETAG,
        "A change of an elastic row under an outdated etag is refused.",
        _is_refused,
        Request("update", op.update(SET, _key(ETAG), {"cht_windowid": "probe"}, if_match=OUTDATED)),
        confirmed="Elastic rows can be changed under a condition. Ours never change.",
        refuted="Nobody may rely on etags of elastic rows. Ours never change.",
    ),
    _question(
        BULK,
        "A bulk create of which a row fails names the row.",
        _names_its_rows,
        Request(
            "bulk",
            bulk.create_multiple(SET, FOCUS_SEGMENT.logical_name, [_row(BULK)]),
            _has_named_rows,
        ),
        confirmed="A bulk call could be worked off row by row. The functions make none.",
        refuted="After a failed bulk call each row has to be looked for. The functions make none.",
    ),
)


def _page_kept(answer: Answer) -> Kept:
    if answer.status != HTTPStatus.OK:
        return None
    read = page(answer)
    return {"rows": len(read.rows), "goes on": read.next_link is not None}


def _read_page(replies: Replies) -> Reading:
    reply = replies["page"]
    if not isinstance(reply.kept, dict):
        return refuted(reply.text)
    rows = reply.kept["rows"]
    too_few = rows < PAGE_ROWS and not reply.kept["goes on"]
    said = f"{reply.text} and {rows} rows" + (", too few to fill a page" if too_few else "")
    return confirmed_if(rows <= PAGE_ROWS, said)


PAGE_SIZE = Question(
    name="elastic-page-size",
    assumption=f"Asked for pages of {MANY_ROWS} rows, an elastic table gives {PAGE_ROWS} at most.",
    requests=(
        Request("page", op.read_rows(Query(SET).select(ID).page_size(MANY_ROWS)), _page_kept),
    ),
    read=_read_page,
    confirmed="Whoever follows the links reads everything.",
    refuted=f"Whoever reads an elastic table has to ask for {PAGE_ROWS} rows a page. The functions"
    " do.",
)

DEFAULT = "elastic-default-partition"
OWN_ID, NONE, ANOTHER = "its own id", "none", "another text"


def _partition_kept(answer: Answer) -> Kept:
    if answer.status != HTTPStatus.OK:
        return None
    partition = json_object(answer).get("partitionid")
    if partition is None:
        return NONE
    return OWN_ID if str(partition).lower() == str(_id(DEFAULT)) else ANOTHER


def _is_own_id(reply: Reply) -> Reading:
    return confirmed_if(reply.kept == OWN_ID, str(reply.kept or reply.text))


DEFAULT_PARTITION = Question(
    name=DEFAULT,
    assumption="The partition of an elastic row that was created without one is its own id.",
    requests=(
        Request(
            "create",
            op.create(SET, {ID: str(_id(DEFAULT)), "ttlinseconds": LIFE_SECONDS}, id_column=ID),
        ),
        Request(
            "read",
            get(f"{SET}({_id(DEFAULT)})?$select=partitionid", entity_set=SET),
            _partition_kept,
        ),
    ),
    read=_with_a_row(_is_own_id, "read"),
    confirmed="Nothing: each row of ours is created in a partition.",
    refuted="Nothing: each row of ours is created in a partition.",
    writes=True,
    clears=(op.delete(SET, _id(DEFAULT)),),
)

QUESTIONS = (PAGE_SIZE, *WITH_ROWS, DEFAULT_PARTITION)
