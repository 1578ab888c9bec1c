"""What calls functions without a request: queues that have messages, timers that come due."""

import concurrent.futures
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from azure.functions.queue import QueueMessage
from azure.functions.timer import TimerRequest

from tests.local_stack.functions_host.app import Function
from tests.local_stack.functions_host.invocation import Worker
from tests.local_stack.functions_host.queues import Message, Queues
from tests.local_stack.functions_host.schedules import Schedule
from tests.local_stack.functions_host.settings import HostSettings

log = logging.getLogger(__name__)


class QueueListener:
    """Drains one queue on threads of its own, so that waiting functions never starve others."""

    def __init__(
        self, function: Function, worker: Worker, queues: Queues, settings: HostSettings
    ) -> None:
        self._function = function
        self._worker = worker
        self._queues = queues
        self._queue = queues[self.queue_name]
        self._settings = settings
        self._under_way = 0
        self._less_under_way = threading.Condition()
        self._pool = concurrent.futures.ThreadPoolExecutor(
            settings.messages_at_once, f"drain-{self.queue_name}"
        )
        self._receiver = threading.Thread(target=self._receive, daemon=True)
        self._receiver.start()

    @property
    def queue_name(self) -> str:
        return str(self._function.trigger["queueName"])

    def close(self) -> None:
        """Wait for the messages under way; the queue must have been closed before."""
        self._receiver.join()
        self._pool.shutdown(cancel_futures=True)

    def _receive(self) -> None:
        """Take a batch, and the next one as soon as few enough of it are under way."""
        while messages := self._queue.take(self._settings.batch_size):
            with self._less_under_way:
                self._under_way += len(messages)
            for message in messages:
                self._pool.submit(self._process, message)
            with self._less_under_way:
                self._less_under_way.wait_for(self._has_room)

    def _has_room(self) -> bool:
        return self._under_way <= self._settings.new_batch_threshold

    def _process(self, message: Message) -> None:
        try:
            self._deliver(message)
        except Exception:
            log.exception("message %s of %s comes again", message.id, self.queue_name)
        finally:
            with self._less_under_way:
                self._under_way -= 1
                self._less_under_way.notify()

    def _deliver(self, message: Message) -> None:
        """Run the function, unless too often already; what fails for the last time is buried."""
        most = self._settings.max_dequeue_count
        if message.dequeue_count > most:
            self._queues.bury(self.queue_name, message)
            return
        try:
            with self._queue.held(message):
                self._worker.call(self._function, _argument(self._function, message))
        except Exception:
            name = self._function.name
            log.exception("%s failed, attempt %d of %d", name, message.dequeue_count, most)
            if message.dequeue_count >= most:
                self._queues.bury(self.queue_name, message)
            else:
                self._queue.give_back(message, self._settings.visibility_timeout)
        else:
            self._queue.delete(message)


def _argument(function: Function, message: Message) -> QueueMessage | str:
    if function.takes_text:
        return message.body.decode()
    return QueueMessage(
        id=message.id,
        body=message.body,
        dequeue_count=message.dequeue_count,
        insertion_time=message.inserted_at,
        pop_receipt=message.pop_receipt,
    )


class Timer:
    """Fires one function; by itself only while it is started, and never twice at once."""

    def __init__(
        self,
        function: Function,
        worker: Worker,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._function = function
        self._worker = worker
        self._clock = clock
        self._running = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def fire(self) -> None:
        """Run the function; what it raises is logged, as nobody waits for it."""
        with self._running:
            try:
                self._worker.call(self._function, TimerRequest(past_due=False))
            except Exception:
                log.exception("%s failed", self._function.name)

    def start(self) -> None:
        schedule = Schedule.parse(str(self._function.trigger["schedule"]))
        self._thread = threading.Thread(target=self._keep_firing, args=(schedule,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _keep_firing(self, schedule: Schedule) -> None:
        due = schedule.next_after(self._clock())
        while not self._stop.wait(max(0.0, (due - self._clock()).total_seconds())):
            self.fire()
            due = schedule.next_after(self._clock())
