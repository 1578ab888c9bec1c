"""The request log, and answers that go wrong on purpose: before or after the work is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from tests.mock_dataverse.calls import Answer

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
    """One way to fail, for ``times`` requests after ``skip`` others (of those that match)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    when: When
    times: int
    skip: int
    matching: Callable[[RecordedRequest], bool] | None
    drop: bool

    def answer(self) -> Answer:
        return Answer(self.status, dict(self.headers), self.body)


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
    ) -> None:
        text = body.encode() if isinstance(body, str) else body or b""
        self._waiting.append(Fault(status, headers or {}, text, when, times, skip, matching, drop))

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
