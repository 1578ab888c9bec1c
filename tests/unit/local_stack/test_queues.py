from datetime import timedelta

import pytest

from tests.local_stack.functions_host.memory_queues import MemoryQueue, memory_queues
from tests.local_stack.functions_host.queues import MessageTooLargeError

LARGEST_TEXT = 48 * 1024


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(clock: Clock) -> MemoryQueue:
    return MemoryQueue(clock)


def test_messages_are_taken_in_the_order_they_came(queue: MemoryQueue) -> None:
    queue.put(b"first")
    queue.put(b"second")

    assert [message.body for message in queue.take(2)] == [b"first", b"second"]


def test_no_more_messages_are_taken_than_asked_for(queue: MemoryQueue) -> None:
    queue.put(b"first")
    queue.put(b"second")

    assert [message.body for message in queue.take(1)] == [b"first"]
    assert queue.peek() == ["second"]


def test_a_taken_message_is_hidden_but_still_there(queue: MemoryQueue) -> None:
    queue.put(b"work")
    queue.take(1)

    assert queue.take(1, within_seconds=0) == []
    assert (queue.peek(), queue.count()) == ([], 1)


def test_a_deleted_message_is_gone(queue: MemoryQueue) -> None:
    queue.put(b"work")
    (message,) = queue.take(1)

    queue.delete(message)

    assert queue.count() == 0


def test_a_message_given_back_comes_again_after_its_time(queue: MemoryQueue, clock: Clock) -> None:
    queue.put(b"work")
    (message,) = queue.take(1)
    queue.give_back(message, timedelta(seconds=30))

    assert queue.take(1, within_seconds=0) == []
    clock.now += 30
    (again,) = queue.take(1)

    assert again.dequeue_count == 2


def test_a_closed_queue_lets_waiting_takers_go(queue: MemoryQueue) -> None:
    queue.close()

    assert queue.take(1) == []


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        pytest.param(LARGEST_TEXT, True, id="48 KiB"),
        pytest.param(LARGEST_TEXT + 1, False, id="more"),
    ],
)
def test_a_message_may_be_48_kib_before_it_is_encoded(
    queue: MemoryQueue,
    size: int,
    fits: bool,  # noqa: FBT001 - a table
) -> None:
    if fits:
        queue.put(b"x" * size)
    else:
        with pytest.raises(MessageTooLargeError):
            queue.put(b"x" * size)

    assert queue.count() == int(fits)


def test_a_buried_message_is_kept_and_listed_beside_its_queue(clock: Clock) -> None:
    queues = memory_queues(clock)
    queues["work"].put(b"bad")
    queues["work"].put(b"good")
    (message,) = queues["work"].take(1)

    queues.bury("work", message)

    assert queues.listing() == {"work": {"waiting": 1, "poison": ["bad"]}}
