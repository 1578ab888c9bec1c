import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import certifi
import pytest
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.exceptions import ProtocolError

from dataverse_client import DataverseClient, DataverseUnavailable, StaticToken, connect
from dataverse_client import operations as op
from tests.unit.dataverse_client.answers import API, CASE, ENVIRONMENT, TOKEN

PATH = f"/api/data/v9.2/incidents({CASE})"


@dataclass
class Wire:
    """What arrives below the adapter, where `responses` cannot look."""

    pools: list[Any] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    bodies: list[io.BytesIO] = field(default_factory=list)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    wire = Wire()

    def urlopen(pool: HTTPConnectionPool, *, url: str, **_: object) -> HTTPResponse:
        wire.pools.append(pool)
        wire.urls.append(url)
        return HTTPResponse(wire.bodies.pop(0), {}, status=200, preload_content=False)

    monkeypatch.setattr(HTTPConnectionPool, "urlopen", urlopen)
    return wire


def reading(environment_url: str = ENVIRONMENT) -> Iterator[object]:
    with connect(environment_url, StaticToken(TOKEN), pool_size=7) as dataverse:
        while True:
            yield dataverse.row("incidents", CASE)


def test_all_requests_share_one_pool_with_room_for_every_thread(wire: Wire) -> None:
    wire.bodies += [io.BytesIO(b'{"n":1}'), io.BytesIO(b'{"n":2}')]
    rows = reading()

    assert [next(rows), next(rows)] == [{"n": 1}, {"n": 2}]
    first, second = wire.pools
    assert first is second
    assert (first.host, first.pool.maxsize, first.block) == ("org.crm4.dynamics.com", 7, False)
    assert wire.urls == [PATH, PATH]


def test_the_server_must_prove_who_it_is(wire: Wire) -> None:
    wire.bodies.append(io.BytesIO(b"{}"))

    next(reading())

    assert wire.pools[0].cert_reqs == "CERT_REQUIRED"
    assert wire.pools[0].ca_certs == certifi.where()


def test_a_bundle_of_certificates_may_come_from_the_environment(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wire.bodies.append(io.BytesIO(b"{}"))
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))

    next(reading())

    assert wire.pools[0].ca_certs == str(bundle)


@pytest.mark.parametrize(
    ("environment_url", "url"),
    [
        pytest.param(ENVIRONMENT, PATH, id="https goes through a tunnel"),
        pytest.param("http://org.test", f"http://org.test{PATH}", id="http is asked for in full"),
    ],
)
def test_a_proxy_may_come_from_the_environment(
    environment_url: str, url: str, *, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire.bodies.append(io.BytesIO(b"{}"))
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")

    next(reading(environment_url))

    assert wire.pools[0].proxy.host == "proxy.test"
    assert wire.urls == [url]


class CutOff(io.BytesIO):
    """An answer whose connection breaks in the middle."""

    def read(self, *_: object) -> bytes:
        raise ProtocolError("cut")


def test_an_answer_that_breaks_off_is_lost(wire: Wire) -> None:
    wire.bodies.append(CutOff())
    dataverse: DataverseClient = connect(ENVIRONMENT, StaticToken(TOKEN))

    with pytest.raises(DataverseUnavailable, match="ProtocolError") as caught:
        dataverse.send(op.call_action("Action"))
    assert caught.value.context.url == f"{API}Action"
    assert not caught.value.not_run
