"""Messages that fail, and messages whose host died: when they come again, and where they end."""

import threading
import time

import pytest

from tests.real_queues.hosts import HIDDEN_SECONDS, SOON, Work, emptied, fail, queues_of, running

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


def test_a_message_whose_function_fails_comes_again_after_its_time(storage: str) -> None:
    work = Work(fail)
    with running(work.functions, storage, visibilityTimeout="00:00:01") as host:
        host.queues["work"].put(b"call back")

        assert work.delivery() == (b"call back", 1)
        failed_at = time.monotonic()
        assert work.delivery() == (b"call back", 2)
        assert time.monotonic() - failed_at >= 0.9
        assert emptied(host.queues["work"].count)


def test_a_message_under_way_is_seen_by_no_other_host_however_long_it_takes(storage: str) -> None:
    finish = threading.Event()
    work, idle = Work(lambda: finish.wait(SOON)), Work()
    with running(work.functions, storage) as host:
        host.queues["work"].put(b"takes long")
        assert work.delivery() == (b"takes long", 1)
        with running(idle.functions, storage):
            seen_by_another = idle.delivery(within_seconds=2.5 * HIDDEN_SECONDS)
        finish.set()

        assert seen_by_another is None
        assert emptied(host.queues["work"].count)


def test_the_message_of_a_host_that_died_comes_to_another(storage: str) -> None:
    queues_of(storage)["work"].put(b"interrupted")
    queues_of(storage)["work"].take(1)
    work = Work()

    with running(work.functions, storage):
        assert work.delivery() == (b"interrupted", 2)


def test_a_message_that_keeps_failing_is_poison_after_its_last_delivery(storage: str) -> None:
    work = Work(fail, fail, fail)
    limits = {"maxDequeueCount": 3, "visibilityTimeout": "00:00:00"}
    with running(work.functions, storage, **limits) as host:
        host.queues["work"].put(b"bad")

        (poison,) = host.queues["work-poison"].take(1, within_seconds=SOON)

        assert poison.body == b"bad"
        assert [work.delivery() for _ in range(3)] == [(b"bad", count) for count in (1, 2, 3)]
        assert emptied(host.queues["work"].count)


def test_a_message_whose_host_died_at_the_last_delivery_is_poison_unseen(storage: str) -> None:
    queues_of(storage)["work"].put(b"kills")
    queues_of(storage)["work"].take(1)
    work = Work()

    with running(work.functions, storage, maxDequeueCount=1) as host:
        (poison,) = host.queues["work-poison"].take(1, within_seconds=SOON)

        assert poison.body == b"kills"
        assert work.delivery(within_seconds=0) is None


def test_a_host_takes_a_new_batch_only_when_few_of_the_last_are_under_way(storage: str) -> None:
    finish = threading.Event()
    work = Work(*(lambda: finish.wait(SOON) for _ in range(9)))
    for number in range(9):
        queues_of(storage)["work"].put(b"%d" % number)

    with running(work.functions, storage, batchSize=4, newBatchThreshold=1) as host:
        under_way = [work.delivery() for _ in range(4)]
        waiting = len(host.queues["work"].peek())
        finish.set()

        assert None not in under_way
        assert waiting == 5
        assert emptied(host.queues["work"].count)
