"""The queues of a storage account at the HTTP border: as much as our commands see of them."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import responses
from requests import PreparedRequest

ACCOUNT = "https://cht.queue.core.windows.net"
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SENT = NOON - timedelta(minutes=1)
"""When every message was put into its queue."""

Answer = tuple[int, Mapping[str, str], str]


@dataclass(slots=True, kw_only=True)
class Message:
    """One message as it is stored; ``ttl`` is what its sender asked for, in seconds."""

    id: str
    text: str
    ttl: int
    hidden_until: datetime = NOON
    takes: int = 0

    @property
    def body(self) -> str:
        return base64.b64decode(self.text).decode()


@dataclass(slots=True)
class Storage:
    """Queues by name. ``on_send`` is called after a message was put into a queue."""

    now: datetime = NOON
    taking_lasts: timedelta = timedelta()
    queues: dict[str, list[Message]] = field(default_factory=dict)
    requests: list[PreparedRequest] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    on_send: Callable[[str, Message], None] = lambda _, __: None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def put(self, queue: str, *bodies: str) -> None:
        for body in bodies:
            self.put_text(queue, base64.b64encode(body.encode()).decode())

    def put_text(self, queue: str, text: str, *, ttl: int = 604_800) -> Message:
        message = Message(id=f"m{next(self._numbers)}", text=text, ttl=ttl)
        self.queues.setdefault(queue, []).append(message)
        return message

    def bodies(self, queue: str) -> list[str]:
        return [each.body for each in self.queues.get(queue, [])]

    def visible(self, queue: str) -> list[str]:
        return [each.id for each in self.queues[queue] if each.hidden_until <= self.now]

    def answer(self, request: PreparedRequest) -> Answer:
        self.requests.append(request)
        parts = urlsplit(str(request.url))
        _, queue, *rest = parts.path.split("/")
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if str(request.method) in self.refused:
            return _error(403, "AuthorizationPermissionMismatch")
        if request.method == "PUT" and not rest:
            self.queues[queue] = []
            return 201, {}, ""
        if queue not in self.queues:
            return _error(404, "QueueNotFound")
        if not rest:
            return 200, {"x-ms-approximate-messages-count": str(len(self.queues[queue]))}, ""
        return self._messages(request, queue, rest[1:], options)

    def _messages(
        self,
        request: PreparedRequest,
        queue: str,
        which: list[str],
        options: Mapping[str, str],
    ) -> Answer:
        messages = self.queues[queue]
        if request.method == "POST":
            (text,) = ET.fromstring(request.body or b"").itertext()  # noqa: S314 - from ourselves
            message = self.put_text(queue, text, ttl=int(options["messagettl"]))
            self.on_send(queue, message)
            return 201, {}, self._xml([message])
        if request.method == "GET":
            found = [each for each in messages if each.hidden_until <= self.now]
            found = found[: int(options["numofmessages"])]
            if "peekonly" not in options:
                for each in found:
                    each.takes += 1
                    each.hidden_until = self.now + timedelta(
                        seconds=int(options["visibilitytimeout"])
                    )
                self.now += self.taking_lasts
            return 200, {}, self._xml(found)
        (message,) = (each for each in messages if each.id == which[0])
        if options["popreceipt"] != f"{message.id}/{message.takes}":
            return _error(400, "PopReceiptMismatch")
        if request.method == "DELETE":
            messages.remove(message)
        else:
            message.hidden_until = self.now + timedelta(seconds=int(options["visibilitytimeout"]))
        return 204, {}, ""

    def _xml(self, messages: list[Message]) -> str:
        sent, expires = (
            format_datetime(SENT + timedelta(days=days), usegmt=True) for days in (0, 7)
        )
        each = "".join(
            f"<QueueMessage><MessageId>{message.id}</MessageId>"
            f"<InsertionTime>{sent}</InsertionTime><ExpirationTime>{expires}</ExpirationTime>"
            f"<PopReceipt>{message.id}/{message.takes}</PopReceipt>"
            f"<TimeNextVisible>{sent}</TimeNextVisible>"
            f"<DequeueCount>{message.takes}</DequeueCount>"
            f"<MessageText>{escape(message.text)}</MessageText></QueueMessage>"
            for message in messages
        )
        return f"<QueueMessagesList>{each}</QueueMessagesList>"


def _error(status: int, code: str) -> Answer:
    body = f"<Error><Code>{code}</Code><Message>It says {code}.\nTime: now</Message></Error>"
    return status, {"x-ms-error-code": code}, body


@contextmanager
def served(storage: Storage) -> Iterator[responses.RequestsMock]:
    """Answer every request to the account from this storage."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as router:
        for method in ("GET", "PUT", "POST", "DELETE"):
            router.add_callback(
                method,
                re.compile(re.escape(ACCOUNT)),
                storage.answer,
                content_type="application/xml",
            )
        yield router
