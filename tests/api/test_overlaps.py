"""I2 over HTTP: whatever the windows, devices, order and repetitions, an hour has sixty minutes."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.harness import Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

HOUR = 3600
WINDOWS = ("desk-1", "desk-2", "laptop", "tablet")

Report = dict[str, Any]


def _an_hour(dice: random.Random, cases: list[UUID]) -> list[Report]:
    """Return an hour of four windows, each changing cases now and then, cut at random."""
    segments = []
    for window in WINDOWS:
        second = dice.randrange(300)
        while second < HOUR:
            case, focus = dice.choice(cases), second
            until = min(HOUR, focus + dice.randrange(60, 900))
            while second < until:
                end = min(until, second + dice.randrange(30, 600))
                segments.append(
                    reported(case, second, end, focus=focus, window=window, id=_id(dice))
                )
                second = end
            second += dice.choice([0, 0, dice.randrange(240)])
    return segments


def _id(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def _owed(segments: list[Report]) -> Counter[str]:
    """Ask for each second which covering segment's focus began last; ties to the greater id."""
    owed: Counter[str] = Counter()
    for second in range(HOUR):
        moment = reported(uuid4(), second, second)["startedAt"]
        covering = [s for s in segments if s["startedAt"] <= moment < s["endedAt"]]
        if covering:
            winner = max(covering, key=lambda s: (s["focusStartedAt"], s["id"]))
            owed[winner["caseId"]] += 1
    return owed


def _batches(dice: random.Random, segments: list[Report]) -> list[list[Report]]:
    """Cut the segments into batches in any order, a third of them sent twice."""
    waiting = dice.sample(segments, len(segments))
    batches = []
    while waiting:
        size = dice.randrange(1, 8)
        batches.append(waiting[:size])
        waiting = waiting[size:]
    batches += dice.sample(batches, len(batches) // 3)
    return dice.sample(batches, len(batches))


@pytest.fixture
def cases(mock: MockDataverse) -> list[UUID]:
    return [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(3)]


@pytest.mark.parametrize("seed", range(6))
def test_seconds_over_all_cases_are_the_union(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, cases: list[UUID], seed: int
) -> None:
    dice = random.Random(seed)
    segments = _an_hour(dice, cases)
    clock.advance(hours=1)

    for batch in _batches(dice, segments):
        if dice.random() < 0.3:
            mock.fail_call(dice.randrange(3), 503, when=dice.choice(["before", "after"]))
        api.deliver(*batch, user=amira)
        if dice.random() < 0.2:
            api.restart()
    mock.faults.clear()
    api.work_off_queue()

    assert tracked(mock) == _owed(segments)


@pytest.mark.parametrize("seed", range(4))
def test_calls_at_the_same_time_count_each_second_once(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, cases: list[UUID], seed: int
) -> None:
    dice = random.Random(seed)
    segments = _an_hour(dice, cases)
    clock.advance(hours=1)

    def deliver(batch: list[Report]) -> None:
        api.deliver(*batch, user=amira)

    with ThreadPoolExecutor(8) as windows:
        list(windows.map(deliver, _batches(dice, segments)))
    api.work_off_queue()

    assert tracked(mock) == _owed(segments)
