"""The mock Dataverse asked in this process, without a network between."""

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request as WsgiRequest

from tests.local_stack.http_client import OF_THE_CONNECTION
from tests.local_stack.http_messages import Handler, Request, Response
from tests.mock_dataverse.app import MockDataverse


def in_process(mock: MockDataverse) -> Handler:
    """Return a handler that passes requests to the mock as a server would."""

    def handle(request: Request) -> Response:
        path, _, query = request.target.partition("?")
        builder = EnvironBuilder(
            base_url=mock.base_url,
            path=path,
            query_string=query,
            method=request.method,
            headers=list(request.headers.items()),
            data=request.body,
        )
        environ = builder.get_environ()
        environ["REQUEST_URI"] = request.target
        answer = mock.answer(WsgiRequest(environ))
        headers = (
            each for each in answer.headers.items() if each[0].lower() not in OF_THE_CONNECTION
        )
        return Response(status=answer.status_code, headers=tuple(headers), body=answer.get_data())

    return handle
