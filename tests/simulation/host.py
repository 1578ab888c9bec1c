"""The functions in a host that dies, over queues that deliver at least once, in virtual time."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from azure.functions.queue import QueueMessage

from functions import wiring
from functions.configuration import Configuration
from functions.usecases.ledger import StorageUnavailable
from tests.api.harness import ISSUER, Api, Outbox, Reply, StaticKeys
from tests.local_stack.functions_host.app import Function
from tests.local_stack.tokens import AUDIENCE, TENANT
from tests.mock_dataverse.people import User
from tests.simulation.agenda import Action, Agenda
from tests.simulation.mishaps import Died, Fate, QueuesWent, When

P = ParamSpec("P")
T = TypeVar("T")

AGAIN_SECONDS = 300
"""How long a message is not seen after its delivery failed (``host.json``)."""

POISON = "-poison"


class KilledError(BaseException):
    """The process is no more: nothing of it may catch this, and nothing follows."""


class AtOnce(Executor):
    """Runs what it is given before it returns: the same story, the same order of requests."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)
        return future


@dataclass(slots=True)
class Letter:
    """A message in a queue."""

    number: int
    queue: str
    body: str
    fate: Fate | None
    deliveries: int = 0


@dataclass
class Host(Api):
    """Calls, timers and queues of one app, of which a new instance starts when one is killed.

    ``problems`` are what must never happen, whatever the story; ``met`` counts what did happen.
    """

    agenda: Agenda = field(kw_only=True)
    problems: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    after_message: Callable[[str], None] = lambda _: None
    in_flight: Counter[str] = field(default_factory=Counter)
    """How many messages of each queue are not worked off yet."""
    poison: list[Letter] = field(default_factory=list)
    overtaking: bool = False
    patience: float = 0.0
    """Seconds that requests were waited for; the story's clock does not show them."""
    _fates: list[QueuesWent] = field(default_factory=list)
    _deaths: list[tuple[When, int]] = field(default_factory=list)
    _letters: int = 0
    _signed_in: dict[UUID, dict[str, str]] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        user: User | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply | None:
        """Call the API; ``None`` when the process dies before it answers."""
        try:
            reply = self.call(method, path, body, user=user, headers=headers)
        except KilledError:
            self.restart()
            return None
        self.met[f"calls answered {reply.status}"] += 1
        if reply.status in (500, 502):
            self.problems.append(f"{method} {path} answered {reply.status}: {reply.text}")
        return reply

    def signed_in(self, user: User) -> dict[str, str]:
        known = self._signed_in
        if user.systemuserid not in known:
            known[user.systemuserid] = super().signed_in(user)
        return known[user.systemuserid]

    def on_time(self, timer: str) -> None:
        """Run a timer function; one that fails runs the next time."""
        try:
            self.fire_timer(timer)
        except KilledError:
            self.restart()
        except StorageUnavailable:
            self.met["timers without Dataverse"] += 1
        except Exception as error:  # noqa: BLE001 - told as what it is: a bug
            self.problems.append(f"timer {timer}: {type(error).__name__}: {error}")

    def follow(self, step: Died | QueuesWent) -> None:
        """Let a process die, or messages have a fate, from now on."""
        if isinstance(step, Died):
            self._deaths.append((step.when, step.skip))
        else:
            self._fates.append(step)

    def overtake(self, others: Action) -> None:
        """Let another instance do what comes next, and others, while this one waits."""
        self.met["requests overtaken"] += 1
        self.overtaking, waits = True, self.services
        self.restart()
        following = self.agenda.next_delivery()
        if following:
            following()
        others()
        self.overtaking, self.services = False, waits

    def forget_deaths(self) -> None:
        self._deaths.clear()

    def pass_by(self, place: When) -> None:
        """Die here if that is what the story says."""
        waits = [(when, skip - (when is place)) for when, skip in self._deaths]
        self._deaths = [each for each in waits if each[1] >= 0]
        if len(self._deaths) < len(waits):
            self.die(place)

    def die(self, place: When) -> None:
        self.met[f"killed {place.value}"] += 1
        raise KilledError

    def restart(self) -> None:
        configuration = Configuration(
            dataverse_url=self.mock.base_url,
            token_tenant=UUID(TENANT),
            token_audience=AUDIENCE,
            token_issuer=ISSUER,
        )
        services = wiring.build(
            configuration,
            keys=StaticKeys(),
            clock=self.clock,
            seconds=lambda: self.clock().timestamp() + self.patience,
            rest=self._rest,
        )
        services.shared.executor.shutdown()
        self.services = replace(services, shared=replace(services.shared, executor=AtOnce()))

    def _rest(self, seconds: float) -> None:
        self.patience += seconds

    def _run(self, function: Function, argument: object) -> tuple[Any, tuple[str, ...]]:
        outboxes = {parameter: Outbox() for parameter in function.outputs}
        result = function.handler(**{function.trigger_parameter: argument}, **outboxes)
        sent: list[str] = []
        for parameter, outbox in outboxes.items():
            for message in outbox.messages:
                self.pass_by(When.BEFORE_MESSAGE)
                self._put(function.outputs[parameter], message)
                sent.append(message)
                self.pass_by(When.AFTER_MESSAGE)
        self.pass_by(When.BEFORE_ANSWER)
        return result, tuple(sent)

    def _put(self, queue: str, message: str) -> None:
        now = self.agenda.now
        fate = next((each.fate for each in self._fates if each.start <= now < each.end), None)
        self._letters += 1
        letter = Letter(self._letters, queue, message, fate)
        self.met["messages"] += 1
        if queue.endswith(POISON):
            self.poison.append(letter)
            return
        self.in_flight[queue] += 1
        self._deliver_in(1 + late_seconds(letter.number, fate), letter)

    def _deliver_in(self, seconds: int, letter: Letter) -> None:
        self.agenda.add(self.agenda.now + seconds, lambda: self._deliver(letter))

    def _deliver(self, letter: Letter) -> None:
        (function,) = (
            each
            for each in self._functions.values()
            if each.trigger.get("queueName") == letter.queue
        )
        letter.deliveries += 1
        message = QueueMessage(
            id=str(letter.number), body=letter.body.encode(), dequeue_count=letter.deliveries
        )
        try:
            self._run(function, message)
        except KilledError:
            self.restart()
            self._deliver_in(AGAIN_SECONDS, letter)
        except StorageUnavailable:
            self.met["messages delivered again"] += 1
            self._deliver_in(AGAIN_SECONDS, letter)
        except Exception as error:  # noqa: BLE001 - told as what it is: a bug
            self.problems.append(f"queue {letter.queue}: {type(error).__name__}: {error}")
        else:
            if letter.fate is Fate.TWICE:
                letter.fate = None
                self.met["messages delivered twice"] += 1
                self._deliver_in(AGAIN_SECONDS, letter)
            else:
                self.in_flight[letter.queue] -= 1
                self.met["messages worked off"] += 1
        self.after_message(letter.queue)


def late_seconds(number: int, fate: Fate | None) -> int:
    """Return by how much something is late: minutes, and not in order."""
    return 60 + 7919 * number % 840 if fate is Fate.LATE else 0
