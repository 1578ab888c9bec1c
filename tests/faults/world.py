"""An office, and the world around the functions: who calls again, delivers again and dies.

What fails is done again by whoever does so in reality: the widget repeats a call with the same ids,
the host delivers a message until its function has returned, a timer comes again, Dataverse tells of
a change twice at most.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from http import HTTPStatus
from io import StringIO
from typing import Any
from uuid import UUID

import pytest

from functions import wiring
from functions.usecases.ledger import StorageUnavailable
from operations import rebuild
from operations.__main__ import parser
from solution.tools.environment.options import TOKEN
from tests.api.events import WEBHOOK, Desk
from tests.api.harness import Api, Clock, Reply, wire_time
from tests.api.rebuilding import PassingTime
from tests.conftest import environment
from tests.faults.shown import Shown, without_moments
from tests.faults.trouble import (
    ANSWERED,
    DONE,
    PUT,
    Around,
    Moment,
    NeverEnds,
    ProcessDied,
    PutFailed,
)
from tests.local_stack.functions_host.app import Function
from tests.mock_dataverse.app import DEFAULT_TOKEN
from tests.mock_dataverse.people import User

AMIRA, BEN = (UUID(f"a0000000-0000-4000-8000-00000000000{number}") for number in (1, 2))
CASE, OTHER_CASE = (UUID(f"5c0e7f3a-0000-4000-8000-00000000000{number}") for number in (1, 2))
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_ATTEMPTS = 8
"""After one fault, all is well again long before."""

NO_ANSWER = 599
"""What a caller makes of a connection that breaks."""


@dataclass
class World(Api):
    """The functions among people, queues and Dataverse. What goes wrong begins with `begin`.

    Args:
        beginning: is called when the story begins.
        trouble: what goes wrong around the functions, and when.
        wait_seconds: how long a caller waits before a call is repeated.
    """

    beginning: Callable[["World"], None] = lambda _: None
    trouble: tuple[Moment, Around] | None = None
    wait_seconds: float = 30.0
    happened: int = 0
    ran: set[str] = field(default_factory=set)
    moments: list[Moment] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    receipts: set[str] = field(default_factory=set)
    _begun: bool = False
    _untold: bool = False
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    people: dict[UUID, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        for whose, name in ((AMIRA, "Amira (test)"), (BEN, "Ben (test)")):
            user = self.mock.add_user(name, systemuserid=whose, entra_object_id=whose)
            self.people[whose] = user
        for case, title in ((CASE, "Printer on fire"), (OTHER_CASE, "No network")):
            self.mock.add_row("incident", {"incidentid": case, "title": title})

    @property
    def amira(self) -> User:
        return self.people[AMIRA]

    @property
    def ben(self) -> User:
        return self.people[BEN]

    @property
    def desk(self) -> Desk:
        return Desk(self, self.mock)

    def begin(self) -> None:
        """Let things go wrong from here on."""
        self._begun = True
        self.beginning(self)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        user: User | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Call until there is an answer that a repetition would not change; ids stay the same."""
        reply = Reply(NO_ANSWER, None, {})
        for _ in range(MOST_ATTEMPTS):
            if isinstance(body, dict) and "sentAt" in body:
                body = {**body, "sentAt": wire_time(self.clock())}
            reply = self._called(method, path, body, user=user, headers=headers)
            if path == WEBHOOK or reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return reply
            self.clock.advance(seconds=self.wait_seconds)
        raise NeverEnds(f"{method} {path}: {reply}")

    def delivers(self, path: str, user: User, *segments: object, **more: object) -> Reply:
        """Deliver segments as a widget does, and take note of the receipts."""
        body = {"sentAt": "", "segments": segments, **more}
        reply = self.call("POST", path, body, user=user)
        self.receipts |= reply.receipts.keys()
        return reply

    def shows(self, path: str, user: User) -> None:
        """Read something, and keep what was shown."""
        reply = self.call("GET", path, user=user)
        self.shown.append(Shown(path, reply.status, without_moments(reply.body)))

    def hears(self) -> None:
        """Have Dataverse tell what happened; what it tells in vain it does not tell again."""
        self._untold |= any(status >= HTTPStatus.MULTIPLE_CHOICES for status in self.desk.tell())

    def fires(self, timer: str) -> None:
        """Run a timer, and again a quarter of an hour later if it fails."""
        for _ in range(MOST_ATTEMPTS):
            if self._ended(lambda: self.fire_timer(timer)):
                return
            self.clock.advance(minutes=15)
        raise NeverEnds(f"{timer}: {self.surprises}")

    def rebuilds(self, *words: str) -> None:
        """Have somebody rebuild, and begin again if it breaks off."""
        typed = ["rebuild", "--environment", self.mock.base_url, *words]
        codes = [1]

        def rebuilt() -> None:
            with pytest.MonkeyPatch.context() as patch, silence():
                patch.setenv(TOKEN, DEFAULT_TOKEN)
                arguments = parser().parse_args(typed)
                codes.append(rebuild.run(arguments, clock=self.clock, stopping=PassingTime()))
            self._outlives_the_fault()

        for _ in range(MOST_ATTEMPTS):
            if self._ended(rebuilt) and codes[-1] == 0:
                return
        raise NeverEnds(f"rebuild: {self.surprises}")

    def works_off(self) -> None:
        """Deliver messages until none waits; one that fails comes again behind the others."""
        deliveries: Counter[tuple[str, str]] = Counter()
        while queue := next((each for each in sorted(self.queues) if self._has_work(each)), None):
            text = self.queues[queue].popleft()
            deliveries[queue, text] += 1
            if deliveries[queue, text] > MOST_ATTEMPTS:
                raise NeverEnds(f"{queue}: {text}")
            if not self._worked_off(queue, text, delivery=deliveries[queue, text]):
                self.queues[queue].append(text)
                self.clock.advance(minutes=5)

    def settles(self) -> None:
        """Let all end that ends by itself; what Dataverse told in vain is found by the timers."""
        self.hears()
        self.works_off()
        if self._untold:
            for timer in ("reconcile_recent", "reconcile_history"):
                self.fires(timer)
                self.works_off()

    def put(self, queue: str, message: str) -> None:
        trouble = self._at(PUT, queue)
        if trouble is Around.NOT_PUT:
            raise PutFailed
        super().put(queue, message)
        if trouble is Around.DIES_AFTER_PUT:
            raise ProcessDied

    def dies(self) -> None:
        """Let the process die now: nothing that is still under way in it reaches Dataverse."""

        def is_dead() -> None:
            raise ProcessDied

        self.mock.faults.add(0, times=1_000, instead=is_dead)
        raise ProcessDied

    def revives(self) -> None:
        """Start the process that the platform starts instead."""
        self.services.shared.executor.shutdown()
        self.mock.faults.clear()
        self.restart()

    def _run(self, function: Function, argument: object) -> tuple[Any, tuple[str, ...]]:
        if self._begun:
            self.ran.add(function.name)
        try:
            return super()._run(function, argument)
        finally:
            self._outlives_the_fault()

    def _outlives_the_fault(self) -> None:
        """Let a fault last no longer than the call that it hit."""
        if self.happened:
            self.mock.faults.clear()

    def _called(self, method: str, path: str, body: object, **how: Any) -> Reply:  # noqa: ANN401
        reply = Reply(NO_ANSWER, None, {})

        def call() -> None:
            nonlocal reply
            reply = Api.call(self, method, path, body, **how)

        self._ended(call)
        if reply.status not in EXPECTED:
            self.surprises.append(f"{method} {ID.sub('*', path)}: {reply.status} {reply.text}")
        if self._at(ANSWERED, f"{method} {ID.sub('*', path)}") is Around.ANSWER_LOST:
            self.revives()
            return Reply(HTTPStatus.GATEWAY_TIMEOUT, None, {})
        return reply

    def _worked_off(self, queue: str, text: str, *, delivery: int) -> bool:
        ended = self._ended(lambda: self.deliver_message(queue, text, delivery=delivery))
        if ended and self._at(DONE, queue) is Around.COMES_AGAIN:
            self.revives()
            return False
        return ended

    def _ended(self, work: Callable[[], None]) -> bool:
        """Tell whether a function came to its end; of what it raised only a bug is a surprise."""
        try:
            work()
        except ProcessDied:
            self.revives()
        except (StorageUnavailable, PutFailed):
            pass
        except Exception as error:  # noqa: BLE001 - the host takes all of them
            self.surprises.append(repr(error))
        else:
            return True
        return False

    def _has_work(self, queue: str) -> bool:
        return bool(self.queues[queue]) and not queue.endswith("-poison")

    def _at(self, what: str, where: str) -> Around | None:
        """Take note of a moment, and return what goes wrong at it."""
        if not self._begun:
            return None
        moment = Moment(what, where, self._seen[what, where])
        self._seen[what, where] += 1
        self.moments.append(moment)
        if self.trouble is None or self.trouble[0] != moment:
            return None
        self.happened += 1
        return self.trouble[1]


@contextmanager
def silence() -> Iterator[None]:
    """Print what is printed inside nowhere."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield


EXPECTED = {200, 201, 202, 400, 403, 404, 409, 422, 503, NO_ANSWER}
"""What an answer may say; 503 asks for a repetition."""


@contextmanager
def a_world(
    beginning: Callable[[World], None] = lambda _: None,
    trouble: tuple[Moment, Around] | None = None,
) -> Iterator[World]:
    """Make a world in which nothing has happened yet."""
    clock = Clock()
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        world = World(mock, clock, beginning=beginning, trouble=trouble)
        patch.setattr(wiring, "services", lambda: world.services)
        yield world
        world.services.shared.executor.shutdown()
