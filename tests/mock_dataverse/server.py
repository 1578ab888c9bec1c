"""The mock over HTTP/1.1 on 127.0.0.1, with connections that stay open between requests."""

import io
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.errors import UNEXPECTED, ConnectionDroppedError, DataverseError
from tests.mock_dataverse.handling import SLEEPS

UNEXPECTED_ERROR = DataverseError(500, UNEXPECTED, "A fault of the mock.").body(annotated=False)


@dataclass(frozen=True, slots=True)
class Served:
    """Where the mock can be reached."""

    url: str


class MockServer(ThreadingHTTPServer):
    """Knows its open connections, so that it can close them all."""

    daemon_threads = True
    block_on_close = True
    request_queue_size = 128

    def __init__(self, mock: MockDataverse, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", port), MockRequestHandler)
        if tls:
            # The handshake is left to the first read, in the thread of the connection.
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.mock = mock
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing of a client that left before its answer; what else fails is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close_connections(self) -> None:
        with self._guard:
            for connection in self._open:
                hang_up(connection)


class MockRequestHandler(BaseHTTPRequestHandler):
    """One connection: request after request until either side closes it."""

    server: MockServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            response = self.server.mock.answer(Request(self._environ(body)))
        except ConnectionDroppedError:
            self.close_connection = True
            hang_up(self.connection)
            return
        except Exception:  # noqa: BLE001 - whatever it is, a client gets an answer and we a trace
            self.server.handle_error(self.request, self.client_address)
            response = Response(UNEXPECTED_ERROR, status=500, content_type="application/json")
        content = response.get_data()
        self.send_response_only(response.status_code)
        for name, value in response.headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        if response.status_code not in {204, 304}:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any  # noqa: N815 - the base's names

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, OSError, ValueError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing; the mock keeps its own log."""

    def _environ(self, body: bytes) -> dict[str, Any]:
        host, port = self.server.server_address[:2]
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_URI": self.path,
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            SLEEPS: True,
        }
        for name, value in self.headers.items():
            key = f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ


def hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster


@contextmanager
def serve(
    mock: MockDataverse, port: int = 0, *, tls: ssl.SSLContext | None = None
) -> Iterator[Served]:
    """Serve the mock until the block ends; port 0 picks a free one. Links name this address."""
    server = MockServer(mock, port, tls)
    url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    before, mock.base_url = mock.base_url, url
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Served(url)
    finally:
        server.shutdown()
        server.close_connections()
        server.server_close()
        thread.join()
        mock.base_url = before
