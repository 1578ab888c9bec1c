"""Reconciliation leaves time, threads and room to people."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataverse_client import Load
from functions import wiring
from functions.repositories import pace
from functions.repositories.pace import Lanes, Pace, Turns
from functions.usecases.ledger import StorageUnavailable

ROOT = Path(wiring.__file__).parents[1]
HOST = json.loads((ROOT / "host.json").read_text(encoding="utf-8"))
QUEUES = HOST["extensions"]["queues"]
MESSAGES_AT_ONCE = QUEUES["batchSize"] + QUEUES["newBatchThreshold"]
PATIENCE_SECONDS = 30
"""How long a thread may take to do what it was told before the test fails."""


@dataclass(slots=True)
class Ticking:
    """Counts seconds when told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def paced(load: Callable[[], Load] = Load) -> Pace:
    return Pace(Ticking(), lambda _: None, load)


def rests(*seconds: float, room: float = 1.0) -> list[float]:
    """Return the rests that follow requests which take so long."""
    clock, found = Ticking(), list[float]()
    pace = Pace(clock, found.append, lambda: Load(room=room))
    for each in seconds:
        with pace.request():
            clock.now += each
    return found


def test_a_request_is_followed_by_a_rest_as_long() -> None:
    assert rests(0.25, 2.0) == [0.25, 2.0]


def test_a_request_that_failed_is_followed_by_a_rest_as_well() -> None:
    clock, found = Ticking(), list[float]()
    pace = Pace(clock, found.append)

    def ask_in_vain() -> None:
        clock.now += 2.0
        raise StorageUnavailable("no answer")

    with pytest.raises(StorageUnavailable), pace.request():
        ask_in_vain()

    assert found == [2.0]


def test_no_rest_is_longer_than_ten_seconds() -> None:
    assert rests(60.0) == [10.0]


def test_a_request_that_took_no_time_needs_no_rest() -> None:
    assert rests(0.0) == []


def test_with_a_quarter_of_the_allowance_left_a_rest_is_as_long_as_its_request() -> None:
    assert rests(0.25, room=0.25) == [0.25]


def test_where_little_is_left_of_the_allowance_each_rest_is_long() -> None:
    assert rests(0.25, room=0.24) == [10.0]


@pytest.mark.parametrize(
    ("suggested", "lanes"),
    [(None, 1), (1, 1), (4, 1), (7, 1), (8, 2), (12, 3), (16, 4), (52, 4)],
)
def test_a_quarter_of_the_suggested_parallelism_is_ours(suggested: int | None, lanes: int) -> None:
    assert Lanes().open(Load(parallelism=suggested), 0.0) == lanes


@pytest.mark.parametrize(
    ("strained", "afterwards"),
    [
        pytest.param({"throttled": 1}, {"throttled": 1}, id="somebody was turned away"),
        pytest.param({"room": 0.4}, {"room": 0.6}, id="little is left"),
    ],
)
def test_a_strain_closes_all_lanes_but_one_and_calm_opens_one_after_the_other(
    strained: dict[str, int], afterwards: dict[str, int]
) -> None:
    lanes, calm = Lanes(), Load(parallelism=16)

    opened = [
        lanes.open(calm, 0.0),
        lanes.open(replace(calm, **strained), 100.0),
        *(
            lanes.open(replace(calm, **afterwards), 100.0 + later)
            for later in (59, 60, 119, 120, 180, 600)
        ),
    ]

    assert opened == [4, 1, 1, 2, 2, 3, 4, 4]


@given(
    told=st.lists(
        st.tuples(
            st.floats(0, 100),  # seconds since the last
            st.one_of(st.none(), st.integers(1, 200)),
            st.floats(0, 1),
            st.integers(0, 2),  # requests turned away since the last
        ),
        max_size=40,
    )
)
def test_whatever_dataverse_tells_the_lanes_keep_their_rules(
    told: list[tuple[float, int | None, float, int]],
) -> None:
    lanes, now, throttled, strained_at = Lanes(), 0.0, 0, -1e9
    for seconds, suggested, room, more in told:
        now += seconds
        throttled += more
        if more or room < 0.5:
            strained_at = now

        opened = lanes.open(Load(parallelism=suggested, room=room, throttled=throttled), now)

        share = max(1, min((suggested or 1) // 4, 4))
        assert opened == min(share, 1 + (now - strained_at) // 60)


@dataclass(slots=True)
class Crowd:
    """Threads that want a lane, in the order of their numbers; each keeps it until told to go.

    ``beside`` is how many were under way when each came in, itself counted.
    """

    people: int
    load: Load
    order: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    _in_line: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _under_way: int = 0
    _may_go: bool = False

    def told(self) -> Load:
        """Return the load; whoever asks stands in line."""
        with self._changed:
            self._in_line.add(threading.current_thread().name)
            self._changed.notify_all()
        return self.load

    def visit(self, pace: Pace, *, at_first: int, then: Load) -> None:
        """Let them come, tell another load when so many are under way, and let all of them go."""
        threads = [
            threading.Thread(target=self._visit, args=(pace, number), name=str(number))
            for number in range(self.people)
        ]
        for thread in threads:
            thread.start()
            self._until(lambda each=thread.name: each in self._in_line)  # type: ignore[misc]
        self._until(lambda: self._under_way == at_first)
        self.load = then
        with self._changed:
            self._may_go = True
            self._changed.notify_all()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)

    def _visit(self, pace: Pace, number: int) -> None:
        with pace.request(), self._changed:
            self._under_way += 1
            self.order.append(number)
            self.beside.append(self._under_way)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._may_go, PATIENCE_SECONDS)
            self._under_way -= 1

    def _until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_SECONDS)


def test_no_more_requests_are_under_way_than_lanes_are_open() -> None:
    crowd = Crowd(people=8, load=Load(parallelism=12))

    crowd.visit(paced(crowd.told), at_first=3, then=Load(parallelism=12, throttled=1))

    assert crowd.beside == [1, 2, 3, 1, 1, 1, 1, 1]


def test_who_came_first_has_the_next_lane() -> None:
    crowd = Crowd(people=6, load=Load())

    crowd.visit(paced(crowd.told), at_first=1, then=Load())

    assert crowd.order == [0, 1, 2, 3, 4, 5]


def test_who_waits_too_long_for_a_lane_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LONGEST_WAIT_FOR_A_LANE_SECONDS", 0.0)
    only = paced()

    with only.request(), pytest.raises(StorageUnavailable, match="takes long"), only.request():
        pass

    with only.request():
        pass  # the lane came back, and nobody stands in line


def test_each_lane_has_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LONGEST_WAIT_SECONDS", 0.0)
    turns = Turns(paced(lambda: Load(parallelism=8)))
    third = turns.turn()

    with turns.turn(), turns.turn(), pytest.raises(StorageUnavailable, match="takes long"), third:
        pass


def test_where_the_line_is_full_a_message_stays_in_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "MOST_IN_LINE", 1)
    turns = Turns(paced())

    with turns.turn(), pytest.raises(StorageUnavailable, match="enough"), turns.turn():
        pass

    with turns.turn():
        pass  # the turn came back


def test_a_burst_of_messages_finds_room_in_the_line() -> None:
    assert MESSAGES_AT_ONCE <= pace.MOST_IN_LINE


def test_who_waits_too_long_goes_back_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LONGEST_WAIT_SECONDS", 0.0)
    turns = Turns(paced())

    with turns.turn(), pytest.raises(StorageUnavailable, match="takes long"), turns.turn():
        pass


@pytest.mark.parametrize(
    "asks_seconds",
    [
        pytest.param(pace.LONGEST_WAIT_SECONDS + wiring.RECONCILING_SECONDS, id="a message"),
        pytest.param(wiring.LOOKING_SECONDS, id="a timer"),
    ],
)
def test_background_work_ends_before_the_host_ends_it(asks_seconds: float) -> None:
    longest = asks_seconds + pace.LONGEST_WAIT_FOR_A_LANE_SECONDS + pace.LONGEST_REST_SECONDS

    assert timedelta(seconds=longest) < duration(HOST["functionTimeout"])


def test_all_that_can_stand_in_line_come_to_their_request_while_rests_are_long() -> None:
    events, reconciling, timers = MESSAGES_AT_ONCE, 1, 2

    longest = (events + reconciling + timers) * pace.LONGEST_REST_SECONDS

    assert longest < pace.LONGEST_WAIT_FOR_A_LANE_SECONDS
    assert 2 * longest < wiring.RECONCILING_SECONDS, "a snapshot takes a look and a write"


def test_a_message_outlives_two_days_without_dataverse() -> None:
    lasts = QUEUES["maxDequeueCount"] * duration(QUEUES["visibilityTimeout"])

    assert lasts >= timedelta(days=2)
    assert lasts < timedelta(days=7), "a message of a Storage Queue lives no longer"


def duration(text: str) -> timedelta:
    hours, minutes, seconds = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
