"""Asks another server of the stack, with requests and answers as the stack passes them around."""

import http.client
from http import HTTPStatus
from urllib.parse import urlsplit

from tests.local_stack.http_messages import Handler, Request, Response, problem

ANSWER_SECONDS = 30
OF_THE_CONNECTION = {"connection", "content-length", "date", "keep-alive", "server"}
"""Headers that each server writes for itself."""


def over_http(base_url: str, *, answer_seconds: float = ANSWER_SECONDS) -> Handler:
    """Return a handler that passes each request on; no answer in time becomes a 504, none a 502."""
    host = urlsplit(base_url).netloc

    def handle(request: Request) -> Response:
        connection = http.client.HTTPConnection(host, timeout=answer_seconds)
        try:
            connection.request(
                request.method, request.target, body=request.body, headers=dict(request.headers)
            )
            answer = connection.getresponse()
            headers = [each for each in answer.getheaders() if _is_for_us(each[0])]
            return Response(status=answer.status, headers=tuple(headers), body=answer.read())
        except TimeoutError:
            return problem(HTTPStatus.GATEWAY_TIMEOUT, f"{base_url} did not answer in time")
        except (OSError, http.client.HTTPException):
            return problem(HTTPStatus.BAD_GATEWAY, f"{base_url} gave no answer")
        finally:
            connection.close()

    return handle


def _is_for_us(header: str) -> bool:
    return header.lower() not in OF_THE_CONNECTION
