"""HTTP/1.1 on a socket: reads requests, writes answers; knows nothing of what they mean."""

import socket
from http import HTTPStatus

from tests.local_stack.http_messages import Request, Response

MOST_HEAD_BYTES = 64 * 1024
MOST_BODY_BYTES = 100 * 1024 * 1024
READ_BYTES = 64 * 1024

REASONS = {int(status): status.phrase for status in HTTPStatus}


class BadRequestError(Exception):
    """What came is no HTTP we can answer; ``status`` says what to tell the sender."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Connection:
    """One client's connection: requests come one after the other."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._buffer = b""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self) -> Request | None:
        """Return the next request, or ``None`` when the client has closed the connection.

        Raises:
            BadRequestError: the connection cannot go on.
        """
        head = self._head()
        if head is None:
            return None
        try:
            line, *fields = head.decode("latin-1").split("\r\n")
            method, target, version = line.split(" ")
        except ValueError as error:
            raise BadRequestError(HTTPStatus.BAD_REQUEST) from error
        if not version.startswith("HTTP/1."):
            raise BadRequestError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
        headers = _headers(fields)
        if version == "HTTP/1.0":
            headers.setdefault("connection", "close")
        if "100-continue" in headers.get("expect", ""):
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return Request(method=method, target=target, headers=headers, body=self._body(headers))

    def write(self, response: Response, *, keep: bool, without_body: bool = False) -> None:
        bodiless = response.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
        head = [f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Status')}"]
        head += [f"{name}: {value}" for name, value in response.headers]
        if not bodiless:
            head.append(f"Content-Length: {len(response.body)}")
        head.append("Connection: keep-alive" if keep else "Connection: close")
        body = b"" if bodiless or without_body else response.body
        self._socket.sendall("\r\n".join([*head, "", ""]).encode("latin-1", "replace") + body)

    def _head(self) -> bytes | None:
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MOST_HEAD_BYTES:
                raise BadRequestError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            more = self._socket.recv(READ_BYTES)
            if not more:
                return None
            self._buffer += more
        head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
        return head

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks()
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal():
            raise BadRequestError(HTTPStatus.BAD_REQUEST)
        return self._exactly(int(length))

    def _chunks(self) -> bytes:
        body = bytearray()
        while True:
            try:
                size = int(self._line().partition(b";")[0], 16)
            except ValueError as error:
                raise BadRequestError(HTTPStatus.BAD_REQUEST) from error
            if size == 0:
                break
            if size < 0 or len(body) + size > MOST_BODY_BYTES:
                raise BadRequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            body += self._exactly(size)
            self._line()
        while self._line():
            pass
        return bytes(body)

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > MOST_HEAD_BYTES:
                raise BadRequestError(HTTPStatus.BAD_REQUEST)
            self._more()
        line, self._buffer = self._buffer[:end], self._buffer[end + 2 :]
        return line

    def _exactly(self, size: int) -> bytes:
        if size > MOST_BODY_BYTES:
            raise BadRequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if len(self._buffer) >= size:
            body, self._buffer = self._buffer[:size], self._buffer[size:]
            return body
        parts, missing = [self._buffer], size - len(self._buffer)
        self._buffer = b""
        while missing:
            part = self._socket.recv(min(missing, READ_BYTES))
            if not part:
                raise ConnectionResetError("the client left in the middle of a request")
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _more(self) -> None:
        more = self._socket.recv(READ_BYTES)
        if not more:
            raise ConnectionResetError("the client left in the middle of a request")
        self._buffer += more


def _headers(fields: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for field in fields:
        name, colon, value = field.partition(":")
        if not colon or not name or name != name.strip():
            raise BadRequestError(HTTPStatus.BAD_REQUEST)
        name, value = name.lower(), value.strip()
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    return headers
