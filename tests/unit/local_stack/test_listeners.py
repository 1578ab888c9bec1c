import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.local_stack.functions_host.app import functions_of
from tests.local_stack.functions_host.invocation import Worker
from tests.local_stack.functions_host.listeners import Timer
from tests.local_stack.functions_host.memory_queues import memory_queues
from tests.unit.local_stack.sample_app import Seen, sample_app

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
SOON = 10.0


def test_a_started_timer_fires_when_it_is_due(seen: Seen) -> None:
    tick = next(each for each in functions_of(sample_app(seen)) if each.name == "tick")
    hours = itertools.count()
    worker = Worker(Path(), memory_queues(), threads=1)
    timer = Timer(tick, worker, clock=lambda: NOON + timedelta(hours=next(hours)))

    timer.start()

    assert seen.timer_fired.wait(SOON)
    timer.close()
    worker.close()


def test_a_timer_that_was_not_started_stays_silent(seen: Seen) -> None:
    tick = next(each for each in functions_of(sample_app(seen)) if each.name == "tick")
    worker = Worker(Path(), memory_queues(), threads=1)

    Timer(tick, worker).close()

    assert not seen.timer_fired.is_set()
    worker.close()
