"""In virtual time, beside background work that never ends, nobody who waits is turned away."""

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dataverse_client.load import LoadGauge
from functions.repositories.pace import Lanes, rest_seconds
from tests.mock_dataverse.errors import DataverseError
from tests.mock_dataverse.limits import Budget, Limits
from tests.unit.dataverse_client.answers import an_answer

SERVICE = UUID(int=1)
MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)
WINDOW_SECONDS = 300
LEAST = 34
"""What background work asks for in five minutes although little is left: a request every ten
seconds, and what is under way when it becomes little."""


@dataclass(slots=True)
class Afternoon:
    """One application user's requests: people's at their times, background work in all lanes."""

    limits: Limits
    latency_seconds: float
    lanes: Lanes = field(default_factory=Lanes)
    gauge: LoadGauge = field(default_factory=LoadGauge)
    people_turned_away: int = 0
    background: list[float] = field(default_factory=list)
    most_lanes: int = 0
    _budget: Budget = field(init=False)
    _events: list[tuple[float, int, str]] = field(default_factory=list)
    _number: int = 0
    _taken: int = 0

    def __post_init__(self) -> None:
        self._budget = Budget(self.limits)

    def pass_by(self, *, seconds: float, people_every: float) -> None:
        calls = int(seconds / people_every)
        for number in range(calls):
            self._plan(number * people_every, "person")
        now = 0.0
        while self._events and now < seconds:
            now, _, what = heapq.heappop(self._events)
            match what:
                case "person":
                    self.people_turned_away += not self._sent(now, "answer")
                case "lane":
                    self._taken -= 1
                case _:
                    self._answered(now)
                    if what == "background":
                        self._rest(now, taken=self.latency_seconds)
            self._fill(now)

    def _fill(self, now: float) -> None:
        while self._taken < self.lanes.open(self.gauge.load, now):
            self._taken += 1
            self.most_lanes = max(self.most_lanes, self._taken)
            self.background.append(now)
            if not self._sent(now, "background"):
                self._rest(now, taken=0.1)

    def _sent(self, now: float, answer: str) -> bool:
        try:
            self._budget.enter(SERVICE, _moment(now))
        except DataverseError:
            self.gauge.remember(an_answer(429))
            return False
        self._plan(now + self.latency_seconds, answer)
        return True

    def _answered(self, now: float) -> None:
        self._budget.leave(SERVICE, _moment(now), self.latency_seconds * 1000)
        headers = self._budget.headers(SERVICE, _moment(now))
        self.gauge.remember(an_answer(headers=headers))

    def _rest(self, now: float, *, taken: float) -> None:
        self._plan(now + rest_seconds(taken, self.gauge.load), "lane")

    def _plan(self, at: float, what: str) -> None:
        self._number += 1
        heapq.heappush(self._events, (at, self._number, what))


def _moment(seconds: float) -> datetime:
    return MIDNIGHT + timedelta(seconds=seconds)


@settings(deadline=None, max_examples=30)
@given(
    allowed=st.integers(200, 1200),
    latency_seconds=st.floats(0.05, 2),
    hint=st.integers(1, 60),
    share=st.floats(0.1, 1),
)
def test_nobody_is_turned_away_while_people_use_what_is_left_to_them(
    allowed: int, latency_seconds: float, hint: int, share: float
) -> None:
    afternoon = Afternoon(Limits(requests=allowed, parallelism_hint=hint), latency_seconds)
    theirs = max(1.0, (allowed / 4 - LEAST) * share)

    afternoon.pass_by(seconds=900, people_every=WINDOW_SECONDS / theirs)

    assert afternoon.people_turned_away == 0
    assert afternoon.most_lanes <= max(1, hint / 4)
    assert len(afternoon.background) >= 900 / 13, "it gets on all the same"


def test_where_there_is_room_all_lanes_are_used() -> None:
    afternoon = Afternoon(Limits(parallelism_hint=16), latency_seconds=0.5)

    afternoon.pass_by(seconds=300, people_every=5)

    assert afternoon.most_lanes == 4
    assert 1100 <= len(afternoon.background) <= 1200  # four lanes, a request each second
