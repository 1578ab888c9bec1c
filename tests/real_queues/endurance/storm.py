"""Runs everything, kills the functions, lets the rest settle and reads what is recorded."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from tests.local_stack.office.cases import CASES, State
from tests.local_stack.token_desk import DATAVERSE_PATH
from tests.real_queues.endurance.outcome import (
    DAYS,
    EVIDENCE,
    TASKS,
    TOTALS,
    Outcome,
    Rows,
    unequal_totals,
)
from tests.real_queues.endurance.people import PEOPLE, WINDOWS_EACH
from tests.real_queues.endurance.stage import Stage, running
from tests.real_queues.endurance.widgets import Diary, Foci, Widget

MOST_ANSWERS = 24
"""A life ends after so many answers at most; some end before the first."""

LONGEST_LIFE_SECONDS = 3.0
TASK_SECONDS, TASKS_A_TIMER = 0.5, 8
SETTLE_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.1


class NotSettledError(Exception):
    """Something still waits after a time in which all should have been worked off."""


class _Weather:
    """Dataverse throttles for five minutes at a time, and then does not after all."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.outages = 0

    def change(self, over: threading.Event) -> None:
        throttled = {"status": 429, "headers": {"Retry-After": "300"}, "times": 1_000_000}
        draw = random.Random(self._stage.randomness.random())
        while not over.wait(draw.uniform(0.5, 1.5)):
            self._stage.ask(self._stage.dataverse, "POST", "/__mock__/fail", throttled)
            self.outages += 1
            over.wait(draw.uniform(0.1, 0.5))
            self._stage.ask(self._stage.dataverse, "DELETE", "/__mock__/fail")


class _Colleague:
    """Logs tasks, of which webhooks tell, and now and then has worked out again what changed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def work(self, over: threading.Event) -> None:
        for number, case in enumerate(itertools.cycle(_cases())):
            if number % TASKS_A_TIMER == 0:
                self._stage.fire("reconcile_recent")
            self._log_task(case)
            if over.wait(TASK_SECONDS):
                return

    def _log_task(self, case: UUID) -> None:
        task = {
            "subject": "Call back",
            "actualdurationminutes": 1,
            "regardingobjectid_incident_task@odata.bind": f"/incidents({case})",
        }
        self._stage.ask(self._stage.dataverse, "PATCH", f"{DATAVERSE_PATH}/tasks({uuid4()})", task)


def endure(kills: int, *, seed: int) -> Outcome:
    """Have the widgets work until the functions were killed so often, and all has settled since.

    Raises:
        NotSettledError: it did not settle.
        ChildFailedError: a part failed that nobody killed.
    """
    started = time.monotonic()
    with running(random.Random(seed)) as stage:
        diary, weather = Diary(), _Weather(stage)
        _work_and_die(stage, diary, weather, kills)
        rows = {table: stage.rows(table) for table in (EVIDENCE, DAYS)}
        # What lost its webhook to a kill is found by the timer.
        stage.fire("reconcile_recent")
        totals = _totals_in_time(stage)
        stage.lives.check()
        return Outcome(
            diary=diary,
            rows={**rows, **totals},
            poison={name: each["poison"] for name, each in stage.queues().items()},
            outages=weather.outages,
            seconds=time.monotonic() - started,
        )


def _work_and_die(stage: Stage, diary: Diary, weather: _Weather, kills: int) -> None:
    """Have everybody work while the functions are killed; return when nothing waits any more."""
    over = threading.Event()
    works = [widget.run for widget in _widgets(stage, diary, over)]
    widgets = [threading.Thread(target=work, daemon=True) for work in works]
    others = [
        threading.Thread(target=work, args=(over,), daemon=True)
        for work in (weather.change, _Colleague(stage).work)
    ]
    for thread in (*widgets, *others):
        thread.start()
    for _ in range(kills - 1):
        _wait_for_answers(diary, stage)
        stage.lives.tell("next")
        stage.lives.check()
    over.set()
    for thread in others:
        thread.join()
    stage.lives.tell("next")
    _until(lambda: not any(widget.is_alive() for widget in widgets), "outboxes")
    _until(lambda: not _waiting(stage), "queues")


def _widgets(stage: Stage, diary: Diary, over: threading.Event) -> Iterator[Widget]:
    now = datetime.now(UTC)
    midnight = (now - timedelta(hours=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    for person in PEOPLE:
        foci = Foci(
            person.systemuserid,
            midnight=int(midnight.timestamp()),
            randomness=random.Random(stage.randomness.random()),
        )
        for window in range(WINDOWS_EACH):
            yield Widget(
                name=f"{person.alias}-{window}",
                token=stage.desk.issuer.for_api(person.entra_object_id, now=now),
                port=stage.port,
                cases=_cases(),
                foci=foci,
                diary=diary,
                randomness=random.Random(stage.randomness.random()),
                over=over,
            )


def _cases() -> list[UUID]:
    return [case.id for case in CASES if case.state is State.ACTIVE]


def _wait_for_answers(diary: Diary, stage: Stage) -> None:
    """Let a life serve for a while: a few answers, and a moment more in which others are begun."""
    enough = diary.answers + stage.randomness.randint(0, MOST_ANSWERS)
    give_up_at = time.monotonic() + LONGEST_LIFE_SECONDS
    while diary.answers < enough and time.monotonic() < give_up_at:
        time.sleep(0.01)
    time.sleep(stage.randomness.uniform(0, 0.05))


def _waiting(stage: Stage) -> int:
    return sum(each["waiting"] for each in stage.queues().values())


def _totals_in_time(stage: Stage) -> Rows:
    """Return the totals once they are what they should be, or as they are after all that time."""
    give_up_at = time.monotonic() + SETTLE_SECONDS
    while True:
        rows = {table: stage.rows(table) for table in (DAYS, TOTALS, TASKS)}
        if not unequal_totals(rows) or time.monotonic() > give_up_at:
            return {TOTALS: rows[TOTALS], TASKS: rows[TASKS]}
        time.sleep(LOOK_EVERY_SECONDS)


def _until(done: Callable[[], bool], what: str) -> None:
    give_up_at = time.monotonic() + SETTLE_SECONDS
    while not done():
        if time.monotonic() > give_up_at:
            raise NotSettledError(f"{what} are not empty after {SETTLE_SECONDS} s")
        time.sleep(LOOK_EVERY_SECONDS)
