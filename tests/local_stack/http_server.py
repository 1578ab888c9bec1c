"""A small HTTP/1.1 server for loopback: one thread per connection, kept open between calls."""

import logging
import socket
import threading
from http import HTTPStatus
from types import TracebackType
from typing import Self

from tests.local_stack.http_messages import Handler, Request, Response
from tests.local_stack.http_wire import BadRequestError, Connection

LOOPBACK = "127.0.0.1"
BACKLOG = 512

log = logging.getLogger(__name__)


class HttpServer:
    """Serves a handler from the moment it is started until it is closed.

    The port is open from construction on, so that the address is known early: who connects before
    ``start`` waits.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self._listener = socket.create_server((LOOPBACK, port), backlog=BACKLOG)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._accepting: threading.Thread | None = None
        self._closing = False
        self._clients: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()

    def start(self, handler: Handler) -> None:
        self._accepting = threading.Thread(target=self._accept, args=(handler,), daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Stop listening, end the open connections and wait for the calls under way."""
        self._closing = True
        if self._accepting is not None:
            # Closing a listening socket does not wake its accept on every platform; a call does.
            socket.create_connection((LOOPBACK, self.port)).close()
            self._accepting.join()
        self._listener.close()
        with self._lock:
            clients = dict(self._clients)
        for client in clients:
            try:
                client.shutdown(socket.SHUT_RD)
            except OSError:
                continue
        for thread in clients.values():
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _accept(self, handler: Handler) -> None:
        while True:
            client, _ = self._listener.accept()
            if self._closing:
                client.close()
                return
            thread = threading.Thread(target=self._serve, args=(client, handler), daemon=True)
            with self._lock:
                self._clients[client] = thread
            thread.start()

    def _serve(self, client: socket.socket, handler: Handler) -> None:
        try:
            _converse(Connection(client), handler)
        except OSError:
            log.debug("a client left early", exc_info=True)
        finally:
            with self._lock:
                del self._clients[client]
            client.close()


def _converse(connection: Connection, handler: Handler) -> None:
    """Answer one request after the other until either side wants no more."""
    while True:
        try:
            request = connection.read()
        except BadRequestError as error:
            connection.write(Response(status=error.status), keep=False)
            return
        if request is None:
            return
        keep = request.headers.get("connection", "").lower() != "close"
        answer = _answer(request, handler)
        connection.write(answer, keep=keep, without_body=request.method == "HEAD")
        if not keep:
            return


def _answer(request: Request, handler: Handler) -> Response:
    try:
        return handler(request)
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
