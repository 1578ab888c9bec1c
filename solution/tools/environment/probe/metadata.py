"""What metadata says: the column the widget is bound to, and the keys of elastic tables."""

from dataverse_client import AlternateKey, Query, Row
from dataverse_client import operations as op
from solution.model.tables import TABLES, Kind
from solution.tools.environment.probe.question import (
    Kept,
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    get,
    of_object,
    of_rows,
    unanswered,
)

FLAGS = ("IsValidForCreate", "IsValidForUpdate")
READY = "Active"
KEYS = Query("Keys").select("LogicalName", "EntityKeyIndexStatus")
ELASTIC = [table for table in TABLES if table.kind is Kind.ELASTIC]


def _flags(column: Row) -> Kept:
    return {name: column.get(name) for name in FLAGS}


def _read_flags(replies: Replies) -> Reading:
    reply = replies["column"]
    if not isinstance(reply.kept, dict):
        return unanswered(reply.text)
    said = ", ".join(f"{name} is {str(value).lower()}" for name, value in reply.kept.items())
    return confirmed_if(reply.kept["IsValidForUpdate"] is False, said)


TICKET_NUMBER = Question(
    name="ticketnumber-is-locked",
    assumption="The column ticketnumber of a case cannot be changed once the case is there.",
    requests=(
        Request(
            "column",
            get(
                "EntityDefinitions(LogicalName='incident')/Attributes(LogicalName='ticketnumber')"
                f"?$select=LogicalName,{','.join(FLAGS)}"
            ),
            of_object(_flags),
        ),
    ),
    read=_read_flags,
    before_us=True,
    confirmed="Forms lock it on saved cases, so the widget may not judge by the state of its own"
    " control.",
    refuted="Forms may leave it open. Nothing depends on that.",
)


def _statuses(keys: list[Row]) -> Kept:
    return {str(key["LogicalName"]): key["EntityKeyIndexStatus"] for key in keys}


def _read_keys(replies: Replies) -> Reading:
    statuses = {
        f"{table} {name}": status
        for table, reply in replies.items()
        for name, status in (reply.kept.items() if isinstance(reply.kept, dict) else ())
    }
    if not statuses:
        return unanswered(", ".join(f"{name}: {reply.text}" for name, reply in replies.items()))
    said = ", ".join(f"{key} is {status}" for key, status in statuses.items())
    return confirmed_if(set(statuses.values()) == {READY}, said)


ELASTIC_KEYS = Question(
    name="elastic-keys-become-active",
    assumption=f"The built-in key of an elastic table says {READY} some minutes after the import.",
    requests=tuple(
        Request(
            table.logical_name,
            op.read_related(
                "EntityDefinitions", AlternateKey(LogicalName=table.logical_name), KEYS
            ),
            of_rows(_statuses),
        )
        for table in ELASTIC
    ),
    read=_read_keys,
    confirmed="Whoever waits for this key comes to an end. The deployment waits for tables only.",
    refuted="Nobody may wait for this key. The deployment waits for tables only.",
)

QUESTIONS = (TICKET_NUMBER, ELASTIC_KEYS)
