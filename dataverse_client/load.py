"""What Dataverse tells, with its answers, about how much may be asked of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Lock

from dataverse_client.wire import Answer

PARALLELISM = "x-ms-dop-hint"
ALLOWANCES = (
    "x-ms-ratelimit-burst-remaining-xrm-requests",
    "x-ms-ratelimit-time-remaining-xrm-requests",
)
_NUMBER = re.compile(r"\d{1,15}(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Load:
    """What was told so far.

    Attributes:
        parallelism: how many requests at once Dataverse suggests; None as long as it did not.
        room: what the last answer said is left of what we may use, from 1 for all to 0 for nothing;
            of requests and time the scarcer. All is the most that any answer said. Each web server
            counts for itself, so this is enough to step back, and too little to go faster.
        throttled: how many answers were 429.
    """

    parallelism: int | None = None
    room: float = 1.0
    throttled: int = 0


class LoadGauge:
    """The load as the latest answers told it, shared by all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._load = Load()
        self._most: dict[str, float] = {}

    @property
    def load(self) -> Load:
        return self._load

    def remember(self, answer: Answer) -> None:
        """Take in what an answer tells; one that tells nothing changes nothing."""
        with self._lock:
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                self._load = replace(self._load, throttled=self._load.throttled + 1)
            suggested = _number(answer.headers, PARALLELISM)
            if suggested is not None and suggested >= 1:
                self._load = replace(self._load, parallelism=int(suggested))
            rooms = [self._room(name, answer.headers) for name in ALLOWANCES]
            told = [room for room in rooms if room is not None]
            if told:
                self._load = replace(self._load, room=min(told))

    def _room(self, name: str, headers: Mapping[str, str]) -> float | None:
        left = _number(headers, name)
        if left is None:
            return None
        most = self._most[name] = max(left, self._most.get(name, 0.0))
        return left / most if most else 0.0


def _number(headers: Mapping[str, str], name: str) -> float | None:
    """Return the number a header holds; Dataverse may group its digits, as in ``1,199.83``."""
    text = headers.get(name, "").replace(",", "")
    return float(text) if _NUMBER.fullmatch(text) else None
