"""The request log, and answers that go wrong on purpose: before or after the work is done."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from tests.mock_dataverse.calls import Answer
from tests.mock_dataverse.errors import TOO_MANY_REQUESTS, UNEXPECTED, ConnectionDroppedError

When = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One HTTP request.

    ``caller`` is whom it acted as, ``sender`` whose token it was; ``parts`` are method, path and
    status of each part of a batch that was run. While a fault is chosen, statuses are still 0.
    """

    method: str
    path: str
    caller: UUID | None = None
    impersonating: bool = False
    status: int = 0
    parts: tuple[tuple[str, str, int], ...] = ()
    sender: UUID | None = None
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    body: str = ""


@dataclass(slots=True)
class Fault:
    """One way to fail, for ``times`` requests after ``skip`` others (of those that match).

    With ``part`` only that part of a batch fails, beginning with 0; where it drops the connection,
    the parts behind it are not run. ``instead`` is called for the answer, and may raise what no
    answer can say.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    when: When
    times: int
    skip: int
    matching: Callable[[RecordedRequest], bool] | None
    drop: bool
    part: int | None
    instead: Callable[[], None] | None

    @property
    def spoils_all(self) -> bool:
        return self.part is None

    def answer(self) -> Answer:
        """Return the answer that is given instead.

        Raises:
            ConnectionDroppedError: there is none.
        """
        if self.instead:
            self.instead()
        if self.drop:
            raise ConnectionDroppedError
        if self.body:
            kind = "text/html" if self.body.lstrip().startswith(b"<") else "application/json"
            return Answer(self.status, {"Content-Type": kind, **self.headers}, self.body)
        code = TOO_MANY_REQUESTS if self.status == 429 else UNEXPECTED
        body = json.dumps({"error": {"code": code, "message": "A fault that a test asked for."}})
        kind = "application/json; odata.metadata=minimal"
        return Answer(self.status, {"Content-Type": kind, **self.headers}, body.encode())


class Faults:
    """The faults that wait, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
        *,
        when: When = "before",
        times: int = 1,
        skip: int = 0,
        matching: Callable[[RecordedRequest], bool] | None = None,
        drop: bool = False,
        part: int | None = None,
        instead: Callable[[], None] | None = None,
    ) -> None:
        text = body.encode() if isinstance(body, str) else body or b""
        self._waiting.append(
            Fault(status, headers or {}, text, when, times, skip, matching, drop, part, instead)
        )

    def clear(self) -> None:
        self._waiting.clear()

    @property
    def waiting(self) -> int:
        """How many faults have not happened yet."""
        return sum(fault.times for fault in self._waiting)

    def next_for(self, request: RecordedRequest) -> Fault | None:
        """Return the fault that hits this request; the others count it as passed."""
        chosen: Fault | None = None
        for fault in list(self._waiting):
            if fault.matching and not fault.matching(request):
                continue
            if fault.skip:
                fault.skip -= 1
            elif chosen is None:
                chosen = fault
                fault.times -= 1
        self._waiting = [fault for fault in self._waiting if fault.times > 0]
        return chosen
