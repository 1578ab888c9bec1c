import socket
import threading

import pytest

from tests.local_stack.http_client import over_http
from tests.local_stack.http_messages import Request, Response
from tests.local_stack.http_server import HttpServer

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


def test_a_request_is_passed_on_and_its_answer_comes_back() -> None:
    seen: list[Request] = []

    def handle(request: Request) -> Response:
        seen.append(request)
        return Response(status=412, headers=(("OData-Version", "4.0"),), body=b"changed meanwhile")

    with HttpServer() as server:
        server.start(handle)
        answer = over_http(server.url)(
            Request(method="PATCH", target="/a(1)?b=%20", headers={"if-match": "*"}, body=b"{}")
        )

    assert (seen[0].method, seen[0].target, seen[0].body) == ("PATCH", "/a(1)?b=%20", b"{}")
    assert seen[0].headers["if-match"] == "*"
    assert answer == Response(
        status=412, headers=(("OData-Version", "4.0"),), body=b"changed meanwhile"
    )


def test_nobody_there_is_a_bad_gateway() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert over_http(f"http://127.0.0.1:{port}")(Request(method="GET", target="/")).status == 502


def test_no_answer_in_time_is_a_gateway_timeout() -> None:
    answered = threading.Event()

    def handle(_request: Request) -> Response:
        answered.wait()
        return Response()

    with HttpServer() as server:
        server.start(handle)
        answer = over_http(server.url, answer_seconds=0.05)(Request(method="GET", target="/"))
        answered.set()

    assert answer.status == 504
