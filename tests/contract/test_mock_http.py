"""The mock over a socket and from many threads: the same answers, connections that stay open."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
import requests

from tests.contract.api import Api, Part, code_of, part_answers
from tests.contract.rows import automatic_time
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.server import serve


@pytest.fixture
def served(clock: Clock) -> Iterator[MockDataverse]:
    mock = MockDataverse(clock=clock)
    with serve(mock):
        yield mock
    mock.close()


@pytest.fixture
def http(served: MockDataverse) -> Iterator[Api]:
    with Api.opened(served.base_url, "test-token") as api:
        yield api


def control(mock: MockDataverse, method: str, path: str, body: object = None) -> requests.Response:
    return requests.request(method, f"{mock.base_url}/__mock__/{path}", json=body, timeout=5)


@pytest.mark.integration
@pytest.mark.enable_socket
class TestOverHttp:
    def test_a_connection_stays_open(self, http: Api) -> None:
        connection = HTTPConnection(urlsplit(http.root).netloc, timeout=5)
        sockets = []
        for _ in range(2):
            connection.request("GET", "/api/data/v9.2/WhoAmI", headers=dict(http.headers))
            connection.getresponse().read()
            sockets.append(connection.sock)
        connection.close()

        assert sockets[0] is sockets[1] is not None

    def test_links_lead_back_to_the_server(self, http: Api, served: MockDataverse) -> None:
        assert http.get("WhoAmI").json()["@odata.context"].startswith(served.base_url)

    def test_a_fault_of_the_mock_is_answered_and_shown(
        self,
        http: Api,
        served: MockDataverse,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def fail(_mock: MockDataverse, _request: object) -> None:
            raise ValueError("half an emoji")

        monkeypatch.setattr(MockDataverse, "answer", fail)

        answer = http.get("WhoAmI")

        assert (answer.status_code, code_of(answer)) == (500, "0x80040216")
        assert "half an emoji" in capsys.readouterr().err, served

    def test_a_dropped_connection_breaks(self, http: Api, served: MockDataverse) -> None:
        served.fail_next(drop=True)

        with pytest.raises(requests.ConnectionError):
            http.get("WhoAmI")

    def test_a_batch_goes_through(self, http: Api) -> None:
        (answer,) = part_answers(http.batch(Part("GET", "WhoAmI")))

        assert answer.status == 200

    def test_faults_can_be_asked_for(self, http: Api, served: MockDataverse) -> None:
        control(served, "POST", "fail", {"status": 429, "headers": {"Retry-After": "9"}})

        assert http.get("WhoAmI").headers["Retry-After"] == "9"

    def test_the_log_can_be_read_and_emptied(self, http: Api, served: MockDataverse) -> None:
        http.get("WhoAmI")
        logged = control(served, "GET", "requests").json()
        control(served, "DELETE", "requests")

        assert [entry["path"] for entry in logged] == ["/api/data/v9.2/WhoAmI"]
        assert control(served, "GET", "requests").json() == []

    def test_lag_and_latency_can_be_set(self, served: MockDataverse) -> None:
        control(served, "POST", "lag", {"reads": 2, "seconds": 1.5})
        control(served, "POST", "latency", {"seconds": 0.25})

        assert (served.elastic_lag_reads, served.elastic_lag_seconds) == (2, 1.5)
        assert served.latency_seconds == 0.25

    def test_stored_rows_can_be_read(self, served: MockDataverse) -> None:
        served.add_row("account", {"name": "A"})

        rows = control(served, "GET", "rows/account").json()

        assert [row["name"] for row in rows] == ["A"]


def test_many_threads_lose_no_write(api: Api, ann: User, case: UUID) -> None:
    def write(_: int) -> int:
        body = automatic_time(case, ann.systemuserid)
        with Api.opened(api.root.removesuffix("/api/data/v9.2/"), "test-token") as own:
            return own.patch(f"cht_automatictimes({uuid4()})", body).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(write, range(40)))

    assert statuses == [204] * 40
    assert len(api.values("cht_automatictimes?$select=cht_day")) == 40


def test_one_of_many_threads_wins_with_the_same_etag(api: Api, ann: User, case: UUID) -> None:
    url = api.post("cht_automatictimes", automatic_time(case, ann.systemuserid)).headers[
        "OData-EntityId"
    ]
    known = api.get(url).headers["ETag"]

    def write(seconds: int) -> int:
        return api.patch(url, {"cht_trackedseconds": seconds}, {"If-Match": known}).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(write, range(8)))

    assert statuses == [204, *[412] * 7]
