from datetime import timedelta

import pytest

from tests.local_stack.functions_host.queues import MessageTooLargeError, Queue, Queues

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
def queue(clock: Clock) -> Queue:
    return Queue(clock)


def test_messages_are_taken_in_the_order_they_came(queue: Queue) -> None:
    queue.put(b"first")
    queue.put(b"second")

    first, second = queue.take(), queue.take()

    assert first is not None
    assert second is not None
    assert [first.body, second.body] == [b"first", b"second"]


def test_a_taken_message_is_hidden_but_still_there(queue: Queue) -> None:
    queue.put(b"work")
    queue.take()

    assert queue.take(within_seconds=0) is None
    assert queue.bodies() == ["work"]


def test_a_deleted_message_is_gone(queue: Queue) -> None:
    queue.put(b"work")
    message = queue.take()
    assert message is not None

    queue.delete(message)

    assert queue.bodies() == []


def test_a_message_given_back_comes_again_after_its_time(queue: Queue, clock: Clock) -> None:
    queue.put(b"work")
    message = queue.take()
    assert message is not None
    queue.give_back(message, timedelta(seconds=30))

    assert queue.take(within_seconds=0) is None
    clock.now += 30
    again = queue.take()

    assert again is not None
    assert again.dequeue_count == 2


def test_a_closed_queue_lets_waiting_takers_go(queue: Queue) -> None:
    queue.close()

    assert queue.take() is None


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        pytest.param(LARGEST_TEXT, True, id="48 KiB"),
        pytest.param(LARGEST_TEXT + 1, False, id="more"),
    ],
)
def test_a_message_may_be_48_kib_before_it_is_encoded(queue: Queue, size: int, fits: bool) -> None:  # noqa: FBT001 - a table
    if fits:
        queue.put(b"x" * size)
    else:
        with pytest.raises(MessageTooLargeError):
            queue.put(b"x" * size)

    assert len(queue.bodies()) == int(fits)


def test_a_buried_message_is_kept_and_listed_beside_its_queue(clock: Clock) -> None:
    queues = Queues(["work"], clock)
    queues["work"].put(b"bad")
    queues["work"].put(b"good")
    message = queues["work"].take()
    assert message is not None

    queues.bury("work", message)

    assert queues.listing() == {"work": {"waiting": 1, "poison": ["bad"]}}
