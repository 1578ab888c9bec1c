import responses
from requests import PreparedRequest

from dataverse_client import (
    DataverseClient,
    ElasticKey,
    Query,
)
from dataverse_client import operations as op
from tests.unit.dataverse_client.answers import (
    API,
    CASE,
    LOG,
    USER,
)

Http = responses.RequestsMock
ROW = f"{API}incidents({CASE})"
ELASTIC = ElasticKey("cht_rowid", LOG, "p")
ELASTIC_ROW = f"{API}cht_rows(cht_rowid={LOG},partitionid='p')"


def request(http: Http, number: int = -1) -> PreparedRequest:
    return http.calls[number].request


def _two_answers() -> bytes:
    head = b"--b\r\nContent-Type: application/http\r\n\r\n"
    return (
        head
        + b"HTTP/1.1 204 No Content\r\nx-ms-session-token: fresh\r\n\r\n\r\n"
        + head
        + b'HTTP/1.1 200 OK\r\n\r\n{"value":[]}\r\n--b--'
    )


def test_a_write_of_an_elastic_table_is_seen_by_later_requests(
    http: Http, dataverse: DataverseClient
) -> None:
    http.patch(ELASTIC_ROW, status=204, headers={"x-ms-session-token": "112:5#9"})
    http.get(ELASTIC_ROW, json={})
    http.delete(ELASTIC_ROW, status=204)
    http.get(ROW, json={})

    dataverse.replace_or_create("cht_rows", ELASTIC, {"cht_minutes": 1})
    dataverse.acting_as(USER).row("cht_rows", ELASTIC)
    dataverse.delete("cht_rows", ELASTIC)
    dataverse.row("incidents", CASE)

    tokens = [call.request.headers.get("MSCRM.SessionToken") for call in http.calls]
    assert tokens == [None, "112:5#9", "112:5#9", None]


def test_the_newest_session_token_wins_and_a_read_brings_none(
    http: Http, dataverse: DataverseClient
) -> None:
    http.patch(ELASTIC_ROW, status=204, headers={"x-ms-session-token": "old"})
    http.patch(ELASTIC_ROW, status=204, headers={"x-ms-session-token": "new"})
    http.get(ELASTIC_ROW, json={}, headers={"x-ms-session-token": "of a read"})

    for minutes in (1, 2):
        dataverse.update("cht_rows", ELASTIC, {"cht_minutes": minutes})
    for _ in range(2):
        dataverse.row("cht_rows", ELASTIC)

    assert request(http).headers["MSCRM.SessionToken"] == "new"


def test_a_batch_carries_session_tokens_there_and_back(
    http: Http, dataverse: DataverseClient
) -> None:
    http.post(f"{API}$batch", body=_two_answers(), content_type="multipart/mixed; boundary=b")

    for _ in range(2):
        dataverse.batch([op.update("cht_rows", ELASTIC, {}), op.read_rows(Query("cht_rows"))])

    first, second = (request(http, number).body for number in (0, 1))
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert first.count(b"MSCRM.SessionToken") == 0
    assert second.count(b"MSCRM.SessionToken: fresh") == 2
