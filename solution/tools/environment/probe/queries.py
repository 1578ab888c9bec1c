"""Does Dataverse take each query that the functions and the views make? Each is asked for one row.

Nothing is kept of the rows.
"""

from collections.abc import Iterator
from urllib.parse import quote

from lxml import etree

from dataverse_client import Operation
from dataverse_client import operations as op
from dataverse_client.wire import Answer
from solution.generator.views import fetch_of
from solution.model.views import VIEWS, View
from solution.tools.environment.probe import functions_queries
from solution.tools.environment.probe.question import (
    Question,
    Reading,
    Replies,
    Request,
    confirmed_if,
    get,
)

SEARCHED = "{0}"
"""Where a quick find view puts what somebody types, with a ``%`` behind it."""
MOST_SHOWN = 5


def of_functions() -> Iterator[Request]:
    for name, query in functions_queries.queries():
        narrow = query if query.aggregates else query.top(1)
        yield Request(name, op.read_rows(narrow))


def of_views() -> Iterator[Request]:
    for view in VIEWS:
        yield Request(f"{view.table.logical_name}: {view.label}", _looked_at(view))


def _looked_at(view: View) -> Operation[Answer]:
    fetch = fetch_of(view)
    fetch.set("top", "1")
    text = etree.tostring(fetch, encoding="unicode").replace(SEARCHED, "probe%")
    return get(f"{view.table.entity_set}?fetchXml={quote(text, safe='')}")


def _read(replies: Replies) -> Reading:
    refused = [f"{name} ({reply.text})" for name, reply in replies.items() if not reply.succeeded]
    said = f"{len(replies) - len(refused)} of {len(replies)} are answered"
    more = f" and {len(refused) - MOST_SHOWN} more" if len(refused) > MOST_SHOWN else ""
    shown = ", ".join(refused[:MOST_SHOWN]) + more
    return confirmed_if(not refused, f"{said}; not {shown}" if refused else said)


FUNCTIONS = Question(
    name="functions-queries",
    assumption="Dataverse takes each query that the functions make.",
    requests=tuple(of_functions()),
    read=_read,
    confirmed="No call of the functions fails for its query.",
    refuted="What asks so fails for everybody, always: change the query before anything else.",
    together=True,
)
VIEWS_QUESTION = Question(
    name="view-queries",
    assumption="Dataverse takes the query of each view.",
    requests=tuple(of_views()),
    read=_read,
    confirmed="Each view of the admin app opens.",
    refuted="These views show an error: write them without what their table does not know.",
    together=True,
)

QUESTIONS = (FUNCTIONS, VIEWS_QUESTION)
