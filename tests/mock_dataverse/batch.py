"""``$batch`` bodies: read into parts and change sets, and answers written back. Pure."""

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit
from uuid import uuid4

from werkzeug.datastructures import Headers

from tests.mock_dataverse.calls import API, Answer, Call
from tests.mock_dataverse.errors import HTTP_ERROR, DataverseError, bad_request

BOUNDARY = re.compile(r'multipart/mixed\s*;.*?boundary="?([^";]+)"?', re.IGNORECASE)
REQUEST_LINE = re.compile(r"([A-Z]+) (.+) HTTP/1\.1")
DELIMITER = re.compile(rb"(?:\A|\r?\n)--([^\r\n]*?)(--)?[ \t]*(?=\r?\n|\Z)")
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
VERSIONED = re.compile(r"/api/data/v9\.[012]/")


@dataclass(frozen=True, slots=True)
class Part:
    """One operation of a batch."""

    call: Call
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Operations that succeed or fail together."""

    parts: tuple[Part, ...]


Unit = Part | ChangeSet


def parse_batch(content_type: str, body: bytes, *, most_parts: int) -> list[Unit]:
    """Return the units of a batch, in order. Line ends may be CRLF or LF.

    Raises:
        DataverseError: 400, the body is no batch that Dataverse would take.
    """
    units = [_unit(section) for section in _sections(content_type, body)]
    count = sum(len(unit.parts) if isinstance(unit, ChangeSet) else 1 for unit in units)
    if count > most_parts:
        raise _malformed(f"it has {count} requests, and {most_parts} are allowed")
    _require_unique_ids(units)
    return units


def write_batch(answers: list[Answer | list[tuple[str | None, Answer]]], *, status: int) -> Answer:
    """Return the multipart answer; a list is the answer to a change set."""
    boundary = f"batchresponse_{uuid4()}"
    pieces = []
    for answer in answers:
        if isinstance(answer, Answer):
            pieces.append(_part_text(boundary, answer))
        else:
            pieces.append(_change_set_text(boundary, answer))
    body = b"".join([*pieces, f"--{boundary}--\r\n".encode()])
    return Answer(status, {"Content-Type": f"multipart/mixed; boundary={boundary}"}, body)


def _unit(section: bytes) -> Unit:
    headers, content = _headers_and_rest(section)
    content_type = headers.get("Content-Type", "")
    if content_type.lower().startswith("multipart/mixed"):
        parts = tuple(
            _part(inner, in_change_set=True) for inner in _sections(content_type, content)
        )
        return ChangeSet(parts)
    return _part(section, in_change_set=False)


def _part(section: bytes, *, in_change_set: bool) -> Part:
    mime, content = _headers_and_rest(section)
    if mime.get("Content-Type", "").lower() != "application/http":
        raise _malformed("a part has no 'Content-Type: application/http'")
    line, _, rest = content.partition(b"\n")
    match = REQUEST_LINE.fullmatch(line.decode(errors="replace").strip())
    if match is None:
        raise _malformed("a part has no request line")
    method, url = match.groups()
    if in_change_set and method == "GET":
        raise _malformed("a change set must not hold a GET")
    content_id = mime.get("Content-ID")
    if in_change_set and content_id is None:
        raise _malformed("a part of a change set has no Content-ID")
    headers, body = _headers_and_rest(b"\n" + rest)
    path, query = _relative(url)
    if path == "$batch":
        raise _malformed("batches do not nest")
    return Part(Call(method, path, query, headers, body), content_id)


def _relative(url: str) -> tuple[str, str]:
    """Return path and query behind the version; the URL is absolute, rooted or relative."""
    try:
        split = urlsplit(url)
    except ValueError as error:
        raise _malformed(f"'{url}' is no address") from error
    path = VERSIONED.sub("", split.path, count=1) if API in split.path else split.path
    return path.removeprefix("/"), split.query


def _sections(content_type: str, body: bytes) -> list[bytes]:
    match = BOUNDARY.match(content_type)
    if match is None:
        raise _malformed("the Content-Type names no boundary")
    mark = match[1].strip().encode()
    found = [line for line in DELIMITER.finditer(body) if line[1] == mark]
    if not found or found[-1][2] is None:
        raise _malformed("the last boundary is missing")
    return [body[start.end() : end.start()] for start, end in pairwise(found)]


def _headers_and_rest(text: bytes) -> tuple[Headers, bytes]:
    """Split what follows a line: headers, a blank line, the rest."""
    head, *rest = BLANK_LINE.split(text, maxsplit=1)
    if text.startswith((b"\r\n\r\n", b"\n\n")):
        head, rest = b"", [text[4:] if text.startswith(b"\r") else text[2:]]
    headers = Headers()
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            headers.add(name.strip(), value.strip())
    return headers, rest[0] if rest else b""


def _require_unique_ids(units: list[Unit]) -> None:
    ids = [part.content_id for unit in units if isinstance(unit, ChangeSet) for part in unit.parts]
    if len(ids) != len(set(ids)):
        raise _malformed("a Content-ID is not unique")


def _part_text(boundary: str, answer: Answer, content_id: str | None = None) -> bytes:
    lines = [
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        *([f"Content-ID: {content_id}"] if content_id else []),
        "",
        f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Status')}",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + answer.body + b"\r\n"


def _change_set_text(boundary: str, answers: list[tuple[str | None, Answer]]) -> bytes:
    inner = f"changesetresponse_{uuid4()}"
    head = f"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n"
    parts = [_part_text(inner, answer, content_id) for content_id, answer in answers]
    return b"".join([head.encode(), *parts, f"--{inner}--\r\n".encode()])


def _malformed(why: str) -> DataverseError:
    return bad_request(HTTP_ERROR, f"The batch cannot be read: {why}.")


REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    412: "Precondition Failed",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}
