"""The records of a few people's days, played for a thousand in virtual time.

**The model.** Each representative has a day of her own, and all begin within a quarter of an hour.
A call takes as many requests as one of its kind that was recorded: the first two at once, and then
one by one. A request takes 80 ms in the median, drawn from a seed, all of which counts as execution
time. The mock's own limits decide about each; who gets 429 waits as long as it says if that is
within the eight seconds of a call, and otherwise comes back after 30 seconds. Everybody's requests
are those of one user on one web server, which is the worst that can be: the client spreads its own
over all web servers that an environment has.

What the background took is multiplied with the people. A timer reads more pages when it finds more;
these, its messages and what webhooks bring about are asked first come, first served, in the lanes
and with the rests of ``functions.repositories.pace``, by one instance.
"""

import heapq
import math
from collections import Counter, deque
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from bench.shift.recording import BEGINS, Cause, Job, MakeDay, Recording, begins
from bench.shift.visits import Kind, Visit, visits
from dataverse_client import Load
from functions.repositories.pace import MOST_LANES, Lanes, rest_seconds
from functions.wiring import CALL_SECONDS
from tests.mock_dataverse.errors import DataverseError
from tests.mock_dataverse.limits import Budget, Limits

LATENCY_MEDIAN_SECONDS, LATENCY_SPREAD = 0.08, 0.5
"""Lognormal: 90 ms in the mean, 180 ms at the 95th percentile."""

FUNCTION_SECONDS = 0.02
"""What a call takes beside its requests."""

MOST_OF_A_CALL = 3
"""What a call counts that was not recorded: the whole of its budget."""

COMES_BACK_SECONDS = 30.0
LANE_LOOKS_EVERY_SECONDS = 1.0
USER = UUID(int=1)

Process = Generator[float, None, None]
"""Something that goes on; it yields when it wants to be asked again."""


@dataclass(slots=True)
class Outcome:
    """What a day came to.

    Args:
        requests: how many there were, by what they were for.
        throttled: how many answers were 429.
        call_seconds: how long each call of the widget's took.
        late: calls that were not answered within eight seconds.
        behind_seconds: how long the background took at most until it had done what was asked of it.
        answered: when each request was, in seconds, and for how long it ran, in milliseconds.
    """

    requests: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    call_seconds: list[float] = field(default_factory=list)
    late: int = 0
    behind_seconds: float = 0.0
    answered: list[tuple[float, float]] = field(default_factory=list)

    def peaks(self, window_seconds: float) -> tuple[int, float]:
        """Return the most requests, and the most milliseconds, of any window of the day."""
        window: deque[tuple[float, float]] = deque()
        used, most, longest = 0.0, 0, 0.0
        for at, milliseconds in sorted(self.answered):
            window.append((at, milliseconds))
            used += milliseconds
            while window[0][0] <= at - window_seconds:
                used -= window.popleft()[1]
            most, longest = max(most, len(window)), max(longest, used)
        return most, longest

    def percentile(self, share: float) -> float:
        """Return how long all calls but a share of them took at most."""
        return sorted(self.call_seconds)[math.ceil(share * len(self.call_seconds)) - 1]


def played(
    recording: Recording,
    day: MakeDay,
    *,
    people: int,
    until: float,
    seed: int,
    limits: Limits | None = None,
) -> Outcome:
    """Play so many people's days for so many seconds; with the documented limits unless given."""
    return _Crowd(recording, people, Random(seed), limits or Limits()).outcome(day, until)


class _Crowd:
    """All that goes on at the same time, in the order of virtual time."""

    def __init__(self, recording: Recording, people: int, rng: Random, limits: Limits) -> None:
        self._recording = recording
        self._people = people
        self._rng = rng
        self._limits = limits
        self._budget = Budget(self._limits)
        self._outcome = Outcome()
        self._numbers = count()
        self._agenda: list[tuple[float, int, Process | float]] = []
        self._waiting: deque[tuple[str, float]] = deque()
        self._lanes = Lanes()
        self._lanes_at_work: set[int] = set()

    def outcome(self, day: MakeDay, until: float) -> Outcome:
        for number, began in enumerate(begins(self._people)):
            for visit in visits(day(number), seed=number):
                at = began + visit.at
                if at < until:
                    self._plan(at, self._visit(at, visit))
        for job in self._recording.jobs:
            if job.at <= until:
                self._plan(job.at, self._job(job.at, job))
        while self._agenda:
            now, _, due = heapq.heappop(self._agenda)
            if isinstance(due, float):
                self._budget.leave(USER, _moment(now), due)
                self._outcome.answered.append((now, due))
            elif (again := next(due, None)) is not None:
                self._plan(again, due)
        return self._outcome

    def _plan(self, at: float, due: Process | float) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), due))

    def _visit(self, now: float, visit: Visit) -> Process:
        """Do what is done; a call that does not come through is made again later."""
        taken = self._recording.calls.get((visit.kind, bool(visit.pieces)))
        requests = self._rng.choice(taken) if taken else MOST_OF_A_CALL
        if visit.kind is Kind.RESOLVES:
            self._ask_in_lanes(now, visit.kind, requests)
            return
        asked, answered = now, 0
        while answered < requests:
            step = min(2 if answered == 0 else 1, requests - answered)
            done = yield from self._step(now, step, ends=asked + CALL_SECONDS, cause=visit.kind)
            if done is None:
                self._outcome.late += 1
                asked = now = now + COMES_BACK_SECONDS
                yield now
                continue
            now, answered = done, answered + step
        self._outcome.call_seconds.append(now - asked + FUNCTION_SECONDS)

    def _step(
        self, now: float, requests: int, *, ends: float, cause: str
    ) -> Generator[float, None, float | None]:
        """Ask so many at once, and return when the last is answered; ``None`` if not in time."""
        last = now
        while requests:
            waits = []
            for _ in range(requests):
                answered, wait = self._asked(now, cause)
                last = max(last, answered)
                waits += [wait] if wait else []
            requests = len(waits)
            if waits:
                now += max(waits)
                if now >= ends:
                    return None
                yield now
        yield last
        return last

    def _job(self, now: float, job: Job) -> Process:
        """Let what a timer takes for everybody wait for its lanes."""
        times = self._people / self._recording.people
        found = job.pieces * (times - 1)
        pages = found // self._limits.elastic_page_rows + found // self._limits.page_rows
        self._ask_in_lanes(now, Cause.TIMER, int(job.finding + pages))
        self._ask_in_lanes(now, Cause.QUEUE, math.ceil(job.working_off * times))
        yield now

    def _ask_in_lanes(self, now: float, cause: str, requests: int) -> None:
        self._waiting.extend([(cause, now)] * requests)
        for lane in range(MOST_LANES):
            if lane not in self._lanes_at_work:
                self._lanes_at_work.add(lane)
                self._plan(now, self._lane(now, lane))

    def _lane(self, now: float, lane: int) -> Process:
        """Take what waits, a request at a time with a rest after each."""
        while self._waiting:
            if lane >= self._lanes.open(self._load(now), now):
                now += LANE_LOOKS_EVERY_SECONDS
                yield now
                continue
            (cause, wanted_at), began = self._waiting.popleft(), now
            now = (yield from self._step(now, 1, ends=math.inf, cause=cause)) or now
            self._outcome.behind_seconds = max(self._outcome.behind_seconds, now - wanted_at)
            now += rest_seconds(now - began, self._load(now))
            yield now
        self._lanes_at_work.discard(lane)

    def _load(self, now: float) -> Load:
        requests, milliseconds = self._budget.left(USER, _moment(now))
        room = min(requests / self._limits.requests, milliseconds / self._limits.execution_ms)
        return Load(self._limits.parallelism_hint, room, self._outcome.throttled)

    def _asked(self, now: float, cause: str) -> tuple[float, float]:
        """Ask Dataverse, and return when it answers and for how long a 429 has one wait."""
        try:
            self._budget.enter(USER, _moment(now))
        except DataverseError as error:
            self._outcome.throttled += 1
            return now, float(error.headers["Retry-After"])
        seconds = self._rng.lognormvariate(math.log(LATENCY_MEDIAN_SECONDS), LATENCY_SPREAD)
        self._plan(now + seconds, seconds * 1000)
        self._outcome.requests[str(cause)] += 1
        return now + seconds, 0.0


def _moment(seconds: float) -> datetime:
    return BEGINS + timedelta(seconds=seconds)
