"""Widgets as the functions see them: threads that keep each segment until a receipt names it."""

import http.client
import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from tests.real_queues.endurance.truth import Sent

AHEAD = timedelta(seconds=4)
"""How far the widgets' clocks are ahead. Up to five seconds count as none, either way: so a call
may take nine seconds until it is taken for a clock that is behind."""

PATIENCE_SECONDS = 8.0
PAUSE_SECONDS = 0.05
SURFACES = ("workspace", "hub", "inbox")
MOST_WAITING = 4
LONGEST_SECONDS = 600
HALF_SPAN_SECONDS = 2_400


@dataclass(slots=True)
class Diary:
    """What all widgets sent and were answered."""

    sent: list[Sent] = field(default_factory=list)
    receipts: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    answers: int = 0
    unanswered: int = 0
    too_slow: int = 0
    refusals: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Foci:
    """Segments of one person, around a midnight; no two foci of hers begin in the same second."""

    def __init__(self, person: UUID, *, midnight: int, randomness: random.Random) -> None:
        self._person = person
        self._randomness = randomness
        seconds = range(midnight - HALF_SPAN_SECONDS, midnight + HALF_SPAN_SECONDS)
        self._begins = iter(randomness.sample(seconds, len(seconds)))
        self._lock = threading.Lock()

    def segment(self, window: str, cases: Sequence[UUID]) -> Sent:
        with self._lock:
            began = next(self._begins)
            draw = self._randomness
            start = began + draw.choice((0, draw.randrange(900)))
            return Sent(
                id=UUID(int=draw.getrandbits(128), version=4),
                window=window,
                person=self._person,
                case=draw.choice(cases),
                focus_started=began,
                start=start,
                end=start + draw.randint(1, LONGEST_SECONDS),
            )


@dataclass(slots=True, kw_only=True)
class Widget:
    """One window of one person, on one case after the other."""

    name: str
    token: str
    port: int
    cases: Sequence[UUID]
    foci: Foci
    diary: Diary
    randomness: random.Random
    over: threading.Event
    _outbox: dict[str, Sent] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Work until it is over, then go on until nothing is left in the outbox."""
        while not self.over.is_set() or self._outbox:
            if not self.over.is_set():
                self._work()
            if not self._tell():
                time.sleep(PAUSE_SECONDS)
        if self._connection is not None:
            self._connection.close()

    def _work(self) -> None:
        if len(self._outbox) < self.randomness.randint(0, MOST_WAITING):
            segment = self.foci.segment(f"{self.name}-{next(self._numbers)}", self.cases)
            self._outbox[str(segment.id)] = segment
            with self.diary.lock:
                self.diary.sent.append(segment)

    def _tell(self) -> bool:
        """Send what is in the outbox by one of the calls; tell whether it was answered well."""
        case = self.randomness.choice(self.cases)
        content: dict[str, object] = {"segments": [_wire(each) for each in self._outbox.values()]}
        here = {"surface": self.randomness.choice(SURFACES)}
        match self.randomness.choice(("focus", "refresh", "segments")):
            case "segments" if self._outbox:
                answer = self._call("segments", content)
            case "focus":
                event = self.randomness.choice(("gained", "lost"))
                answer = self._call(f"cases/{case}/focus", {**content, **here, "event": event})
            case _:
                answer = self._call(f"cases/{case}/refresh", {**content, **here})
        if answer is None:
            return False
        with self.diary.lock:
            for receipt in answer["receipts"]:
                self.diary.receipts[receipt["status"]] += 1
                if receipt["reason"] or self._outbox.pop(receipt["id"], None) is None:
                    self.diary.unexpected.append(f"{self.name} got {receipt}")
        return True

    def _call(self, path: str, content: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        """Return the answer, or ``None`` for none or a refusal."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE_SECONDS
            )
        body = json.dumps({**content, "sentAt": _moment(datetime.now(UTC) + AHEAD)})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            self._connection.request("POST", f"/api/{path}", body, headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._connection = None
            with self.diary.lock:
                self.diary.unanswered += 1
                self.diary.too_slow += isinstance(error, TimeoutError)
            return None
        with self.diary.lock:
            self.diary.answers += 1
            if answer.status not in (HTTPStatus.OK, HTTPStatus.ACCEPTED):
                self.diary.refusals[answer.status] += 1
                return None
        return json.loads(text)


def _wire(segment: Sent) -> dict[str, str]:
    return {
        "id": str(segment.id),
        "caseId": str(segment.case),
        "focusStartedAt": _at(segment.focus_started),
        "startedAt": _at(segment.start),
        "endedAt": _at(segment.end),
        "endReason": "interval",
        "surface": "workspace",
        "windowId": segment.window,
    }


def _at(second: int) -> str:
    return _moment(datetime.fromtimestamp(second, UTC))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"
