import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from tests.local_stack.http_messages import Request, Response, json_response
from tests.local_stack.http_server import HttpServer

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

ANSWER_SECONDS = 10


def echo(request: Request) -> Response:
    if request.path == "/broken":
        raise ValueError("broken")
    if request.path == "/nothing":
        return Response(status=204)
    return json_response({"method": request.method, "body": request.body.decode()})


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer() as server:
        server.start(echo)
        yield server


@pytest.fixture
def client(server: HttpServer) -> Iterator[http.client.HTTPConnection]:
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_SECONDS)
    yield client
    client.close()


def raw(server: HttpServer, request: bytes) -> bytes:
    """Send bytes, and return everything that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), ANSWER_SECONDS) as client:
        client.sendall(request)
        parts = iter(lambda: client.recv(65536), b"")
        return b"".join(parts)


def test_one_connection_carries_one_call_after_the_other(
    client: http.client.HTTPConnection,
) -> None:
    sockets = set()
    for number in range(3):
        client.request("POST", "/", body=str(number))
        with client.getresponse() as answer:
            assert json.load(answer) == {"method": "POST", "body": str(number)}
        sockets.add(client.sock)

    assert len(sockets) == 1


def test_a_body_may_come_in_chunks(client: http.client.HTTPConnection) -> None:
    client.request("POST", "/", body=iter([b"one ", b"two"]), encode_chunked=True)

    with client.getresponse() as answer:
        assert json.load(answer)["body"] == "one two"


def test_an_answer_without_content_has_no_length(client: http.client.HTTPConnection) -> None:
    client.request("GET", "/nothing")

    with client.getresponse() as answer:
        assert answer.status == 204
        assert answer.headers["Content-Length"] is None


def test_an_answer_to_head_has_no_body(server: HttpServer) -> None:
    answer = raw(server, b"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert body == b""


def test_a_handler_that_raises_is_answered_with_an_empty_500(
    client: http.client.HTTPConnection, caplog: pytest.LogCaptureFixture
) -> None:
    client.request("GET", "/broken")

    with client.getresponse() as answer:
        assert answer.status == 500
        assert answer.read() == b""
    assert "GET /broken failed" in caplog.text


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        pytest.param(b"nonsense\r\n\r\n", b"400", id="no request line"),
        pytest.param(b"GET / HTTP/2\r\n\r\n", b"505", id="another version"),
        pytest.param(b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400", id="a broken header"),
        pytest.param(b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400", id="a broken length"),
        pytest.param(
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400", id="a bad chunk"
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n", b"413", id="far too large"
        ),
        pytest.param(b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000, b"431", id="endless headers"),
    ],
)
def test_what_is_no_http_ends_the_connection(
    server: HttpServer, request_bytes: bytes, status: bytes
) -> None:
    answer = raw(server, request_bytes)

    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"Connection: close" in answer


def test_a_client_that_waits_for_permission_to_send_gets_it(server: HttpServer) -> None:
    request = b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi"

    answer = raw(server, request)

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert answer.endswith(b'"hi"}')


def test_a_closed_server_has_ended_its_connections() -> None:
    with HttpServer() as server:
        server.start(echo)
        client = socket.create_connection(("127.0.0.1", server.port), ANSWER_SECONDS)
    with client:
        assert client.recv(1) == b""
