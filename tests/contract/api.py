"""The Web API through plain ``requests``: no client of ours, so that it is a second opinion."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import requests

Json = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One request inside of a batch."""

    method: str
    path: str
    body: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def text(self, *, content_id: int | None = None) -> str:
        headers = {"Content-Type": "application/json"} if self.body is not None else {}
        lines = [
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            *([f"Content-ID: {content_id}"] if content_id else []),
            "",
            f"{self.method} {self.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in {**headers, **self.headers}.items()),
            "",
            "" if self.body is None else json.dumps(self.body),
        ]
        return "\r\n".join(lines)


@dataclass(frozen=True)
class PartAnswer:
    """The answer to one part."""

    status: int
    headers: Mapping[str, str]
    body: Json | None


@dataclass(frozen=True)
class Api:
    """Sends requests below the service root with one set of headers."""

    session: requests.Session
    root: str
    headers: Mapping[str, str]

    @classmethod
    @contextmanager
    def opened(cls, base_url: str, token: str) -> Iterator["Api"]:
        with requests.Session() as session:
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
            yield cls(session, f"{base_url}/api/data/v9.2/", headers)

    def acting_for(self, entra_object_id: UUID) -> "Api":
        return replace(self, headers={**self.headers, "CallerObjectId": str(entra_object_id)})

    def send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        url = path if path.startswith("http") else self.root + path
        every = {**self.headers, **(headers or {})}
        return self.session.request(method, url, json=body, headers=every)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> requests.Response:
        return self.send("GET", path, headers=headers)

    def post(
        self, path: str, body: Json, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        return self.send("POST", path, body, headers)

    def created(self, path: str, body: Json) -> UUID:
        """Return the id of a row that must be created."""
        answer = self.post(path, body)
        assert answer.status_code == 204, answer.text
        return UUID(answer.headers["OData-EntityId"][-37:-1])

    def patch(
        self, path: str, body: Json, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        return self.send("PATCH", path, body, headers)

    def delete(self, path: str, headers: Mapping[str, str] | None = None) -> requests.Response:
        return self.send("DELETE", path, headers=headers)

    def values(self, path: str, headers: Mapping[str, str] | None = None) -> list[Json]:
        """Return the rows of a list that must be there."""
        answer = self.get(path, headers)
        assert answer.status_code == 200, answer.text
        rows: list[Json] = answer.json()["value"]
        return rows

    def batch(
        self,
        *units: Part | list[Part],
        headers: Mapping[str, str] | None = None,
        line_end: str = "\r\n",
    ) -> requests.Response:
        """Send parts, and lists of parts as change sets."""
        text = batch_body(units).replace("\r\n", line_end)
        kind = {"Content-Type": "multipart/mixed; boundary=batch_b"}
        every = {**self.headers, **kind, **(headers or {})}
        return self.session.post(f"{self.root}$batch", data=text.encode(), headers=every)


def batch_body(units: tuple[Part | list[Part], ...]) -> str:
    pieces = []
    content_id = 0
    for unit in units:
        if isinstance(unit, Part):
            pieces.append(f"--batch_b\r\n{unit.text()}\r\n")
            continue
        pieces.append("--batch_b\r\nContent-Type: multipart/mixed; boundary=changes\r\n\r\n")
        for part in unit:
            content_id += 1
            pieces.append(f"--changes\r\n{part.text(content_id=content_id)}\r\n")
        pieces.append("--changes--\r\n")
    return "".join([*pieces, "--batch_b--\r\n"])


def part_answers(response: requests.Response) -> list[PartAnswer]:
    """Return the answers of a batch in order, those of change sets among them."""
    head = f"Content-Type: {response.headers['Content-Type']}\r\n\r\n"
    message = BytesParser().parsebytes(head.encode() + response.content)
    return [_answer(leaf) for leaf in message.walk() if not leaf.is_multipart()]


def _answer(part: Message) -> PartAnswer:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    line, _, rest = content.partition(b"\r\n")
    inner = BytesParser().parsebytes(rest)
    status = re.match(rb"HTTP/1\.1 (\d+)", line)
    assert status is not None
    text = inner.get_payload(decode=True)
    body = json.loads(text) if isinstance(text, bytes) and text.strip() else None
    return PartAnswer(int(status[1]), dict(inner.items()), body)


def code_of(response: requests.Response) -> str:
    """Return the code of an error answer."""
    code: str = response.json()["error"]["code"]
    return code
