"""The calls of a few people's days, made to the real functions over the mock in virtual time.

Everything counts that is asked of Dataverse with the application user's token, also for others: the
calls, the timers every quarter of an hour, what they put on the queue, and what webhooks bring
about. What is in a queue is worked off at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4, uuid5

import pytest

from bench.accuracy.day import Day
from bench.shift.visits import Kind, Piece, Visit, visits
from functions import wiring
from functions.timekeeping.identifiers import NAMESPACE, CaseId
from tests.api.events import TOTALS, Desk
from tests.api.harness import NOON, Api, Clock, wire_time
from tests.conftest import environment
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

RUSH_SECONDS = 900
"""Within which everybody begins."""

QUARTER_SECONDS = 900
BEGINS = NOON.replace(hour=8)
HOUR_SECONDS = 3600
"""What the timer looks back on."""

MakeDay = Callable[[int], Day]


Told = tuple[Kind, bool]
"""What a call costs depends on: what it is, and whether segments come along."""


class Cause(StrEnum):
    """Why there is work that nobody waits for."""

    TIMER = "timer"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Job:
    """What a timer finds and its messages take, in seconds since the office opened.

    ``pieces`` is how many segments it finds.
    """

    at: int
    finding: int
    working_off: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Recording:
    """How many requests each call took, by what it was, and what the background took for all."""

    people: int
    calls: Mapping[Told, Sequence[int]]
    jobs: Sequence[Job]

    @property
    def requests(self) -> int:
        of_calls = sum(sum(taken) for taken in self.calls.values())
        return of_calls + sum(job.finding + job.working_off for job in self.jobs)


def begins(people: int) -> list[float]:
    """Return when each person begins: one after the other, all within the rush."""
    return [number * RUSH_SECONDS / people for number in range(people)]


def recorded(day: MakeDay, *, people: int, until: int) -> Recording:
    """Run so many people's days for so many seconds.

    Raises:
        RuntimeError: a call was not answered as it should be.
    """
    agenda = sorted(
        (round(began) + each.at, number, place, _hers(each, number))
        for number, began in enumerate(begins(people))
        for place, each in enumerate(visits(day(number), seed=number))
        if round(began) + each.at < until
    )
    calls: defaultdict[Told, list[int]] = defaultdict(list)
    jobs = []
    with _office(people) as office:
        for case in sorted({visit.case for *_, visit in agenda}):
            office.mock.add_row("incident", {"incidentid": case})
        quarter = QUARTER_SECONDS
        for at, number, _, visit in agenda:
            while quarter <= at:
                jobs.append(office.quarter(quarter))
                quarter += QUARTER_SECONDS
            calls[visit.kind, bool(visit.pieces)].append(office.visit(at, number, visit))
        while quarter <= until:
            jobs.append(office.quarter(quarter))
            quarter += QUARTER_SECONDS
    return Recording(people, calls, jobs)


def _hers(visit: Visit, person: int) -> Visit:
    def case(of_day: CaseId) -> CaseId:
        return CaseId(uuid5(NAMESPACE, f"{person}/{of_day}"))

    pieces = tuple(replace(each, case=case(each.case)) for each in visit.pieces)
    return replace(visit, case=case(visit.case), pieces=pieces)


@dataclass(slots=True)
class _Office:
    """The functions and the mock; counts what a step takes."""

    clock: Clock
    mock: MockDataverse
    api: Api
    users: Sequence[User]
    told: list[int] = field(default_factory=list)
    """When each piece was told."""

    def visit(self, at: int, person: int, visit: Visit) -> int:
        """Do what is done, and return how many requests it took."""
        self._is_now(at)
        if visit.kind is Kind.RESOLVES:
            self._resolve(visit.case)
        else:
            self._call(self.users[person], visit, began=at - visit.at)
        return self._requests()

    def _call(self, user: User, visit: Visit, *, began: int) -> None:
        body = self._body(visit, began)
        match visit.kind:
            case Kind.GAINED | Kind.LOST:
                focus = body | {"event": visit.kind.value}
                reply = self.api.call("POST", f"cases/{visit.case}/focus", focus, user=user)
            case Kind.REFRESH:
                reply = self.api.call("POST", f"cases/{visit.case}/refresh", body, user=user)
            case Kind.FACES:
                reply = self.api.call("GET", f"cases/{visit.case}/representatives", user=user)
            case Kind.HISTORY:
                reply = self.api.call("GET", f"cases/{visit.case}/history", user=user)
            case _:
                log = {"minutes": 5, "category": 0, "loggedOn": f"{self.clock():%Y-%m-%d}"}
                reply = self.api.call("POST", f"cases/{visit.case}/time-logs", log, user=user)
        kept = [each["status"] for each in (reply.body or {}).get("receipts", ())]
        if reply.status not in {200, 201} or set(kept) - {"accepted"}:
            raise RuntimeError(f"{visit.kind}: {reply.status} {reply.body}")

    def quarter(self, at: int) -> Job:
        """Fire the timer and work off what it finds."""
        self._is_now(at)
        self.api.fire_timer("reconcile_recent")
        finding = self._requests()
        self.api.work_off_queue(TOTALS)
        lately = sum(1 for each in self.told if each > at - HOUR_SECONDS)
        return Job(at, finding, self._requests() - finding, lately)

    def _resolve(self, case: UUID) -> None:
        """Resolve a case, have it told and worked off."""
        desk = Desk(self.api, self.mock)
        desk.resolves(case)
        desk.settle()

    def _is_now(self, at: int) -> None:
        self.clock.now = _moment(at)
        self.mock.clear_requests()

    def _requests(self) -> int:
        service = self.mock.service_user_id
        return sum(1 for each in self.mock.requests if each.sender == service)

    def _body(self, visit: Visit, began: int) -> dict[str, object]:
        self.told += [began + visit.at] * len(visit.pieces)
        segments = [self._segment(each, began) for each in visit.pieces]
        return {"sentAt": wire_time(self.clock()), "surface": "workspace", "segments": segments}

    def _segment(self, piece: Piece, began: int) -> dict[str, str]:
        return {
            "id": str(uuid4()),
            "caseId": str(piece.case),
            "focusStartedAt": wire_time(_moment(began + piece.focus_started)),
            "startedAt": wire_time(_moment(began + piece.start)),
            "endedAt": wire_time(_moment(began + piece.end)),
            "endReason": "interval",
            "surface": "workspace",
            "windowId": "shift",
        }


@contextmanager
def _office(people: int) -> Iterator[_Office]:
    clock = Clock(BEGINS)
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        users = [mock.add_user(f"Person {number} (demo)") for number in range(people)]
        api = Api(mock, clock)
        patch.setattr(wiring, "services", lambda: api.services)
        yield _Office(clock, mock, api, users)
        api.services.shared.executor.shutdown()


def _moment(seconds: int) -> datetime:
    return BEGINS + timedelta(seconds=seconds)
