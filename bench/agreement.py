"""Whether the stand-in is a fair one: the same work asks the mock the same, and leaves the same."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from bench.made_up import (
    CASES_EACH,
    NOW,
    case_id,
    number_of,
    representative_id,
    segments_on,
    sign_in_of,
    work_days,
)
from bench.mending import Work, client
from bench.stand_in import API, Asked, StandIn
from dataverse_client import DataverseClient
from functions.repositories import segments
from tests.local_stack.http_server import HttpServer
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.server import serve

COMPARED = {
    "cht_automatictime": (
        "cht_automatictimeid",
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "cht_day",
        "cht_trackedseconds",
        "cht_segmentcount",
    ),
    "cht_casehandlingtime": ("cht_casehandlingtimeid", "cht_totalseconds", "cht_automaticseconds"),
}


COUNTED_BY_EACH = {"@odata.etag", "versionnumber"}


def disagreements(work: Work, people: int) -> list[str]:
    """Do the same work with both, and return what is different; nothing, if the bench is fair."""
    stand_in = StandIn()
    with HttpServer() as server:
        server.start(stand_in.handle)
        with client(server.url) as dataverse:
            shown = _evidence(dataverse)
            stand_in.asked.clear()
            work(dataverse, people)
    with _mock(people) as mock, serve(mock) as served, client(served.url) as dataverse:
        shown_by_the_mock = _evidence(dataverse)
        mock.clear_requests()
        work(dataverse, people)
        asked = list(_asked(mock))
        rows = {table: _some(table, mock.rows(table)) for table in COMPARED}
    found = [
        f"request {number}: {str(ours)[:200]} and not {str(theirs)[:200]}"
        for number, (ours, theirs) in enumerate(zip(stand_in.asked, asked, strict=False))
        if ours != theirs
    ]
    if len(stand_in.asked) != len(asked):
        found.append(f"{len(stand_in.asked)} requests and not {len(asked)}")
    if shown != shown_by_the_mock:
        found.append("other evidence")
    if _some("cht_automatictime", stand_in.days) != rows["cht_automatictime"]:
        found.append("other days")
    if _some("cht_casehandlingtime", stand_in.totals.values()) != rows["cht_casehandlingtime"]:
        found.append("other totals")
    return found


def _evidence(dataverse: DataverseClient) -> dict[str, Mapping[str, object]]:
    """Return the first person's segments as they are shown, by their id."""
    query = segments.of_days((each.day for each in work_days(1)), representative_id(0))
    return {
        str(row["cht_focussegmentid"]): {
            name: value for name, value in row.items() if name not in COUNTED_BY_EACH
        }
        for row in dataverse.rows(query)
    }


@contextmanager
def _mock(people: int) -> Iterator[MockDataverse]:
    """Store the made-up evidence in a mock."""
    mock = MockDataverse(clock=lambda: NOW, authenticate=lambda _: mock.service_user_id)
    for person in range(people):
        mock.add_user(
            f"Person {person} (demo)",
            systemuserid=representative_id(person),
            entra_object_id=sign_in_of(person),
        )
        for number in range(CASES_EACH):
            mock.add_row("incident", {"incidentid": case_id(person * CASES_EACH + number)})
    for work_day in work_days(people):
        for each in segments_on(number_of(work_day.representative), work_day.day):
            row = {
                "cht_focussegmentid": each.id,
                "partitionid": str(work_day.representative),
                "ownerid": work_day.representative,
                "cht_caseid": each.case,
                "cht_representativeid": work_day.representative,
                "cht_focusstartedon": each.start,
                "cht_startedon": each.start,
                "cht_endedon": each.end,
                "cht_day": work_day.day,
            }
            mock.add_row("cht_focussegment", row)
    yield mock
    mock.close()


def _asked(mock: MockDataverse) -> Iterator[Asked]:
    for each in mock.requests:
        acted_as = each.caller if each.impersonating else None
        caller = str(sign_in_of(number_of(acted_as))) if acted_as else None
        steps = tuple((method, path) for method, path, _ in each.parts)
        yield each.method, each.path.removeprefix(API), caller, steps


def _some(table: str, rows: Iterable[Mapping[str, object]]) -> set[tuple[object, ...]]:
    return {tuple(row[column] for column in COMPARED[table]) for row in rows}
