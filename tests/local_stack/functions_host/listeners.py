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
from tests.local_stack.functions_host.queues import Message, Queue, Queues
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
        self._settings = settings
        self._free = threading.Semaphore(settings.messages_at_once)
        self._pool = concurrent.futures.ThreadPoolExecutor(
            settings.messages_at_once, f"drain-{self.queue_name}"
        )
        self._receiver = threading.Thread(target=self._receive, daemon=True)
        self._receiver.start()

    @property
    def queue_name(self) -> str:
        return str(self._function.trigger["queueName"])

    @property
    def _queue(self) -> Queue:
        return self._queues[self.queue_name]

    def close(self) -> None:
        """Wait for the messages under way; the queue must have been closed before."""
        self._receiver.join()
        self._pool.shutdown(cancel_futures=True)

    def _receive(self) -> None:
        while True:
            self._free.acquire()
            message = self._queue.take()
            if message is None:
                return
            self._pool.submit(self._process, message)

    def _process(self, message: Message) -> None:
        try:
            self._worker.call(self._function, _argument(self._function, message))
        except Exception:
            log.exception(
                "%s failed, attempt %d of %d",
                self._function.name,
                message.dequeue_count,
                self._settings.max_dequeue_count,
            )
            if message.dequeue_count >= self._settings.max_dequeue_count:
                self._queues.bury(self.queue_name, message)
            else:
                self._queue.give_back(message, self._settings.visibility_timeout)
        else:
            self._queue.delete(message)
        finally:
            self._free.release()


def _argument(function: Function, message: Message) -> QueueMessage | str:
    if function.takes_text:
        return message.body.decode()
    return QueueMessage(
        id=message.id,
        body=message.body,
        dequeue_count=message.dequeue_count,
        insertion_time=message.inserted_at,
        pop_receipt=message.id,
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
