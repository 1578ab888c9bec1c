"""The mock under ``requests``, in process: no socket, any session, any thread."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import requests
import responses
from requests import PreparedRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.errors import ConnectionDroppedError

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")

Answered = tuple[int, dict[str, str], bytes]


@contextmanager
def mounted(mock: MockDataverse) -> Iterator[responses.RequestsMock]:
    """Send what ``requests`` asks of ``mock.base_url`` to the mock; other hosts are refused.

    Other services can be added to the yielded ``RequestsMock``, and what listens on this machine
    is real: tests that may open sockets reach it.
    """

    def answer(request: PreparedRequest) -> Answered:
        return _answer(mock, request)

    with responses.RequestsMock(assert_all_requests_are_fired=False) as router:
        router.add_passthru("http://127.0.0.1:")
        everything = re.compile(re.escape(mock.base_url) + "/.*")
        for method in METHODS:
            router.add_callback(method, everything, callback=answer, content_type=None)
        yield router


def _answer(mock: MockDataverse, request: PreparedRequest) -> Answered:
    url = str(request.url)
    body = request.body or b""
    builder = EnvironBuilder(
        base_url=mock.base_url,
        path=urlsplit(url).path,
        method=request.method or "GET",
        headers=list(request.headers.items()),
        data=body.encode() if isinstance(body, str) else body,
    )
    environ = builder.get_environ()
    environ["REQUEST_URI"] = url.partition("#")[0]
    try:
        response = mock.answer(Request(environ))
    except ConnectionDroppedError as error:
        raise requests.ConnectionError("the connection was broken", request=request) from error
    return response.status_code, dict(response.headers.items()), response.get_data()
