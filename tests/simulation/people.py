"""What a representative enters by hand: one thing after the other, each until it is answered."""

from collections import Counter, deque
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from tests.api.harness import Reply
from tests.mock_dataverse.people import User
from tests.simulation.agenda import Agenda
from tests.simulation.host import Host
from tests.simulation.office import Office
from tests.simulation.story import ByHand, Corrected, LogChanged, Logged, LogRestored, LogVoided

LOGS = UUID("109c0000-0000-4000-8000-000000000000")
AGAIN_SECONDS = 60
GONE = 404


@dataclass(slots=True)
class Person:
    """A representative at a form; ``corrected`` are the seconds that her corrections added."""

    user: User
    host: Host
    agenda: Agenda
    office: Office
    corrected: Counter[int] = field(default_factory=Counter)
    _logged: dict[int, Logged] = field(default_factory=dict)
    _to_do: deque[ByHand] = field(default_factory=deque)
    _at_it: bool = False

    def enter(self, step: ByHand) -> None:
        self._to_do.append(step)
        self._go_on()

    @property
    def waiting(self) -> int:
        return len(self._to_do)

    def _go_on(self) -> None:
        """Do what is to be done until an answer fails to come."""
        while self._to_do and not self._at_it:
            self._at_it = True
            done = self._try(self._to_do[0])
            self._at_it = False
            if not done:
                self.agenda.add(self.agenda.now + AGAIN_SECONDS, self._go_on)
                return
            self._to_do.popleft()

    def _try(self, step: ByHand) -> bool:
        """Tell whether a step is answered, be it with a refusal."""
        match step:
            case Logged():
                self._logged[step.log] = step
                body = {"id": str(log_id(step.log)), "minutes": step.minutes, "category": 0}
                reply = self._ask("POST", f"cases/{self.office.case_id(step.case)}/time-logs", body)
                return self._settles(reply, {201, 404})
            case Corrected():
                return self._correct(step)
            case LogChanged():
                return self._change(step.log, "PATCH", "", {"minutes": step.minutes})
            case LogVoided():
                return self._change(step.log, "DELETE", "")
            case LogRestored():
                return self._change(step.log, "POST", "/restore")

    def _change(self, log: int, method: str, end: str, body: object = None) -> bool:
        logged = self._logged.get(log)
        if logged is None:
            return True
        for case in self.office.successors(logged.case):
            path = f"cases/{self.office.case_id(case)}/time-logs/{log_id(log)}{end}"
            reply = self._ask(method, path, body)
            if reply is None or reply.status != GONE:
                return self._settles(reply, {200})
        if not self.office.was_deleted(logged.case):
            self.host.problems.append(f"time log {log} is nowhere to be found")
        return True

    def _correct(self, step: Corrected) -> bool:
        before = self.office.automatic(self.user, step.case)
        body = {"durationSeconds": step.seconds, "reason": "Telephone"}
        path = f"cases/{self.office.case_id(step.case)}/automatic-time"
        reply = self._ask("PUT", path, body)
        after = self.office.automatic(self.user, step.case)
        added = after.adjusted - before.adjusted
        self.corrected[step.case] += added
        possible = {step.seconds - each.tracked - before.adjusted for each in (before, after)}
        answered = reply is not None and reply.status == 200
        if (answered or added) and added not in possible:
            self.host.problems.append(f"{step} added {added} s and not one of {possible}")
        return self._settles(reply, {200, 404, 422})

    def _ask(self, method: str, path: str, body: object) -> Reply | None:
        return self.host.ask(method, path, body, user=self.user)

    def _settles(self, reply: Reply | None, expected: set[int]) -> bool:
        if reply is None or reply.status >= 500:
            return False
        if reply.status not in expected:
            self.host.problems.append(f"an entry was answered {reply.status}: {reply.text}")
        return True


def log_id(log: int) -> UUID:
    return uuid5(LOGS, str(log))
