import gzip
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import responses
from requests import PreparedRequest

from dataverse_client import (
    DataverseClient,
    ElasticKey,
    Query,
    RowNotFound,
    StaticToken,
    Unauthenticated,
    connect,
    one_of,
)
from dataverse_client import operations as op
from tests.unit.dataverse_client.answers import (
    API,
    CASE,
    ENVIRONMENT,
    LOG,
    TOKEN,
    USER,
)
from tests.unit.dataverse_client.conftest import Clock

Http = responses.RequestsMock
ROW = f"{API}incidents({CASE})"
ELASTIC = ElasticKey("cht_rowid", LOG, "p")
ELASTIC_ROW = f"{API}cht_rows(cht_rowid={LOG},partitionid='p')"


def request(http: Http, number: int = -1) -> PreparedRequest:
    return http.calls[number].request


def test_a_row_is_read(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, json={"title": "A"})

    assert dataverse.row("incidents", CASE, select=["title"]) == {"title": "A"}
    assert request(http).url == f"{ROW}?$select=title"


def test_a_request_says_what_dataverse_wants_to_know(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(ROW, json={})

    dataverse.row("incidents", CASE)

    headers = dict(request(http).headers)
    UUID(headers.pop("x-ms-client-request-id"))
    assert headers == {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Authorization": f"Bearer {TOKEN}",
        "OData-MaxVersion": "4.0",
        "OData-Version": "4.0",
        "User-Agent": "dataverse-client",
    }


def test_each_attempt_has_an_id_of_its_own(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=503)
    http.get(ROW, json={})

    dataverse.row("incidents", CASE)

    first, second = (request(http, number).headers["x-ms-client-request-id"] for number in (0, 1))
    assert first != second


def test_a_correlation_id_stays_the_same(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=503)
    http.get(ROW, json={})

    dataverse.correlated(LOG).row("incidents", CASE)

    sent = [request(http, number).headers["x-ms-correlation-request-id"] for number in (0, 1)]
    assert sent == [str(LOG), str(LOG)]


def test_acting_as_a_user_is_a_view_that_leaves_the_client_alone(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(ROW, json={})

    dataverse.acting_as(USER).row("incidents", CASE)
    dataverse.row("incidents", CASE)

    assert request(http, 0).headers["CallerObjectId"] == str(USER)
    assert "CallerObjectId" not in request(http, 1).headers


def test_an_affinity_cookie_is_not_kept(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, json={}, headers={"Set-Cookie": "ARRAffinity=abc; Path=/"})

    dataverse.row("incidents", CASE)
    dataverse.row("incidents", CASE)

    assert "Cookie" not in request(http).headers


def test_a_packed_answer_is_unpacked(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, body=gzip.compress(b'{"n":1}'), headers={"Content-Encoding": "gzip"})

    assert dataverse.row("incidents", CASE) == {"n": 1}


def test_a_row_is_created(http: Http, dataverse: DataverseClient) -> None:
    http.post(f"{API}tasks", status=204, headers={"OData-EntityId": f"{API}tasks({LOG})"})

    created = dataverse.create("tasks", {"activityid": LOG}, id_column="activityid")

    assert created == LOG
    assert request(http).body == f'{{"activityid":"{LOG}"}}'.encode()
    assert request(http).headers["Content-Length"] == "53"


@pytest.mark.parametrize(
    ("write", "method", "url", "condition"),
    [
        pytest.param(
            lambda client: client.update("incidents", CASE, {"title": "B"}),
            "PATCH",
            ROW,
            ("If-Match", "*"),
            id="update",
        ),
        pytest.param(
            lambda client: client.update("incidents", CASE, {"title": "B"}, if_match='W/"1"'),
            "PATCH",
            ROW,
            ("If-Match", 'W/"1"'),
            id="update what was read",
        ),
        pytest.param(
            lambda client: client.merge_or_create("incidents", CASE, {}, only_create=True),
            "PATCH",
            ROW,
            ("If-None-Match", "*"),
            id="create unless it exists",
        ),
        pytest.param(
            lambda client: client.replace_or_create("cht_rows", ELASTIC, {}),
            "PATCH",
            ELASTIC_ROW,
            ("If-Match", None),
            id="replace",
        ),
        pytest.param(
            lambda client: client.delete("incidents", CASE, if_match="*"),
            "DELETE",
            ROW,
            ("If-Match", "*"),
            id="delete",
        ),
    ],
)
def test_a_write_says_what_it_depends_on(
    write: Callable[[DataverseClient], None],
    method: str,
    url: str,
    condition: tuple[str, str | None],
    *,
    http: Http,
    dataverse: DataverseClient,
) -> None:
    http.add(method, url, status=204)

    write(dataverse)

    name, value = condition
    assert request(http).headers.get(name) == value


def test_rows_come_page_after_page_when_they_are_needed(
    http: Http, dataverse: DataverseClient
) -> None:
    link = f"{API}tasks?$select=subject&$skiptoken=%3Ccookie%20x=%22%2520%22%2F%3E"
    http.get(f"{API}tasks?$select=subject", json={"value": [{"n": 1}], "@odata.nextLink": link})
    http.get(link, json={"value": [{"n": 2}]})

    rows = dataverse.rows(Query("tasks").select("subject").page_size(1))

    assert next(rows) == {"n": 1}
    assert len(http.calls) == 1
    assert list(rows) == [{"n": 2}]
    assert request(http, 1).url == link
    assert request(http, 1).headers["Prefer"] == "odata.maxpagesize=1"


def test_what_belongs_to_a_row_comes_page_after_page(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(f"{ROW}/tasks", json={"value": [{"n": 1}], "@odata.nextLink": f"{API}next"})
    http.get(f"{API}next", json={"value": [{"n": 2}]})

    rows = list(dataverse.related("incidents", CASE, Query("tasks").select("subject")))

    assert rows == [{"n": 1}, {"n": 2}]
    assert request(http, 0).url == f"{ROW}/tasks?$select=subject"


def test_a_row_is_added_to_what_belongs_to_another(http: Http, dataverse: DataverseClient) -> None:
    http.post(f"{API}systemusers({USER})/roles/$ref", status=204)

    dataverse.associate("systemusers", USER, "roles", to=("roles", LOG))

    assert json.loads(request(http).body or b"") == {"@odata.id": f"{API}roles({LOG})"}


def test_a_url_that_is_too_long_travels_in_a_batch(http: Http, dataverse: DataverseClient) -> None:
    many = [UUID(int=number) for number in range(1000)]
    body = (
        b"--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
        b'{"value":[{"n":1}]}\r\n--b--'
    )
    http.post(f"{API}$batch", body=body, content_type="multipart/mixed; boundary=b")

    rows = list(dataverse.rows(Query("incidents").where(one_of("incidentid", many))))

    assert rows == [{"n": 1}]


class Renewable:
    """A token provider whose tokens are refused one after the other."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def token(self) -> str:
        return f"token-{len(self.refused)}"

    def renewed(self, refused: str) -> str:
        self.refused.append(refused)
        return self.token()


def test_a_refused_token_is_renewed_once_for_any_method(http: Http) -> None:
    http.post(f"{API}Action", status=401)
    http.post(f"{API}Action", status=204)
    tokens = Renewable()

    connect(ENVIRONMENT, tokens).send(op.call_action("Action"))

    assert tokens.refused == ["token-0"]
    assert request(http).headers["Authorization"] == "Bearer token-1"


def test_a_renewed_token_that_is_refused_too_is_an_error(http: Http) -> None:
    http.get(ROW, status=401)

    with pytest.raises(Unauthenticated):
        connect(ENVIRONMENT, Renewable()).row("incidents", CASE)
    assert len(http.calls) == 2


def test_a_batch_is_one_request_with_a_result_for_each(
    http: Http, dataverse: DataverseClient
) -> None:
    update, read_on = op.update("incidents", CASE, {"n": 1}), op.read_next(ROW, Query("incidents"))
    http.post(f"{API}$batch", body=_two_answers(), content_type="multipart/mixed; boundary=b")

    answers = dataverse.batch([update, read_on])

    sent = request(http)
    assert isinstance(sent.body, bytes)
    assert answers.error(update) is None
    assert answers[read_on].rows == []
    assert sent.headers["Prefer"] == "odata.continue-on-error"
    assert sent.headers["Content-Type"].startswith("multipart/mixed; boundary=batch_")
    assert f"PATCH /api/data/v9.2/incidents({CASE}) HTTP/1.1".encode() in sent.body
    assert f"GET {ROW} HTTP/1.1".encode() in sent.body
    assert sent.body.count(b"Accept: application/json") == 2


def _two_answers() -> bytes:
    head = b"--b\r\nContent-Type: application/http\r\n\r\n"
    return (
        head
        + b"HTTP/1.1 204 No Content\r\nx-ms-session-token: fresh\r\n\r\n\r\n"
        + head
        + b'HTTP/1.1 200 OK\r\n\r\n{"value":[]}\r\n--b--'
    )


def test_a_batch_may_stop_at_the_first_error(http: Http, dataverse: DataverseClient) -> None:
    body = b"--b\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n\r\n--b--"
    http.post(f"{API}$batch", status=400, body=body, content_type="multipart/mixed; boundary=b")
    first = op.delete("incidents", CASE)

    answers = dataverse.batch([first, op.delete("incidents", LOG)], continue_on_error=False)

    assert isinstance(answers.error(first), RowNotFound)
    assert "Prefer" not in request(http).headers


def test_a_batch_of_nothing_is_not_sent(http: Http, dataverse: DataverseClient) -> None:
    dataverse.batch([])

    assert len(http.calls) == 0


def test_a_client_can_be_closed_and_closes_itself(http: Http, clock: Clock) -> None:
    http.get(ROW, json={})

    with connect(ENVIRONMENT + "/", StaticToken(TOKEN), clock=clock) as dataverse:
        dataverse.row("incidents", CASE)

    assert request(http).url == ROW


def test_an_unchanged_row_is_not_read_again(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=304)

    row = dataverse.send(op.read_row_if_changed("incidents", CASE, etag='W/"1"'))

    assert row is None
    assert request(http).headers["If-None-Match"] == 'W/"1"'


def test_functions_and_actions_are_sent_like_anything_else(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(f"{API}WhoAmI()", json={"UserId": str(USER)})
    http.post(f"{API}CloseIncident", status=204)

    who: dict[str, Any] = dataverse.send(op.call_function("WhoAmI"))
    closed = dataverse.send(op.call_action("CloseIncident", {"Status": 5}))

    assert who == {"UserId": str(USER)}
    assert closed == {}
    assert json.loads(request(http).body or b"") == {"Status": 5}
