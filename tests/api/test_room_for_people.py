"""People and reconciliation share threads and an allowance; nobody who waits is kept for it."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from uuid import UUID

from functions import wiring
from functions.contracts.reconcile import day_messages
from functions.repositories.pace import Pace, Turns
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import RepresentativeId
from tests.api.events import Desk
from tests.api.harness import FUNCTIONS, NOON, Api
from tests.api.reconciling import from_a_form
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User

ALLOWED = 200
REQUEST_SECONDS = 0.2
PEOPLE_EVERY_SECONDS = 60.0


ROOT = Path(wiring.__file__).parents[1]


def test_with_every_queue_full_there_are_threads_left_for_people() -> None:
    host = json.loads((ROOT / "host.json").read_text(encoding="utf-8"))
    example = json.loads((ROOT / "local.settings.example.json").read_text(encoding="utf-8"))
    queues = host["extensions"]["queues"]
    kinds = Counter(each.kind for each in FUNCTIONS.values())

    messages = kinds["queueTrigger"] * (queues["batchSize"] + queues["newBatchThreshold"])
    threads = int(example["Values"]["PYTHON_THREADPOOL_THREAD_COUNT"])

    assert messages > 0
    assert threads - messages - kinds["timerTrigger"] >= 6


@dataclass(slots=True)
class Stretch:
    """Some virtual time: every request takes some, and so does every rest."""

    api: Api
    user: User
    case: UUID
    statuses: set[int] = field(default_factory=set)
    background: int = 0
    _called_at: float = 0.0

    def seconds(self) -> float:
        return self.api.clock().timestamp()

    def rest(self, seconds: float) -> None:
        """Let time pass in which somebody refreshes a case now and then."""
        self.background += 1
        until = self.seconds() + seconds
        while (due := self._called_at + PEOPLE_EVERY_SECONDS) <= until:
            self.api.clock.advance(seconds=max(0.0, due - self.seconds()))
            self._called_at = self.seconds()
            self.statuses.add(self.api.refresh(self.case, user=self.user).status)
        self.api.clock.advance(seconds=max(0.0, until - self.seconds()))

    def passes(self, _: RecordedRequest) -> bool:
        """Let a request take its time; it is none of those that fail."""
        self.api.clock.advance(seconds=REQUEST_SECONDS)
        return False

    def reconcile_until_it_ends(self, messages: list[str]) -> None:
        ends = self.seconds() + timedelta(minutes=12).total_seconds()
        self._called_at = self.seconds()
        for message in cycle(messages):
            self.api.queues["reconcile"].append(message)
            self.api.work_off_queue("reconcile")
            if self.seconds() > ends:
                return


def test_people_meet_no_limit_while_reconciliation_has_more_to_do_than_is_allowed(
    api: Api, amira: User, ben: User, case: UUID
) -> None:
    api.mock.limits.requests = ALLOWED
    stretch = Stretch(api, ben, case)
    dataverse = api.services.dataverse
    pace = Pace(stretch.seconds, stretch.rest, lambda: dataverse.load)
    api.services = replace(api.services, pace=pace, turns=Turns(pace))
    from_a_form(api.mock, amira, case, -600, 0)
    api.mock.faults.add(0, matching=stretch.passes)

    hers = WorkDay(RepresentativeId(amira.systemuserid), NOON.date())
    stretch.reconcile_until_it_ends(list(day_messages([hers])))

    assert stretch.statuses == {200}
    assert dataverse.load.throttled == 0
    assert stretch.background > ALLOWED, "it would have used all that is allowed in five minutes"


class Watched(Pace):
    """Knows how many lanes are taken."""

    taken = 0

    @contextmanager
    def request(self) -> Iterator[None]:
        with super().request():
            self.taken += 1
            try:
                yield
            finally:
                self.taken -= 1


def test_whatever_nobody_waits_for_is_asked_in_a_lane(
    api: Api, amira: User, case: UUID, other_case: UUID
) -> None:
    pace = Watched(lambda: 0.0, lambda _: None)
    api.services = replace(api.services, pace=pace, turns=Turns(pace))
    desk = Desk(api, api.mock)
    from_a_form(api.mock, amira, case, -600, 0)
    desk.merges(other_case, into=case)
    desk.resolves(case)
    desk.adds_task(case, 5)
    desk.tell()
    lanes: list[int] = []

    def taken(_: RecordedRequest) -> bool:
        lanes.append(pace.taken)
        return False

    api.mock.faults.add(0, matching=taken)
    for timer in ("reconcile_recent", "reconcile_history"):
        api.fire_timer(timer)
    desk.work_off()

    assert len(desk.snapshots) == 1
    assert len(lanes) > 10
    assert set(lanes) == {1}
