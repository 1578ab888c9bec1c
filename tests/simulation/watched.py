"""Stories in which days are looked at on the way: whoever writes them leaves each as it must be.

Whenever nothing is under way to a day, the recorded days say what the evidence amounts to: after
each delivery, also where nobody reconciles, and after each reconciliation, also of copies that lag
behind.
"""

from collections import Counter
from dataclasses import dataclass

from functions.contracts.message import QUEUE
from tests.simulation.checks import days_beside_evidence, seconds_of_days
from tests.simulation.course import RECENT, Course
from tests.simulation.run import Outcome, outcome_of
from tests.simulation.story import Story

LOOKS_FOR_CHANGES_SECONDS = 60
DONE = "calls answered 200", "messages worked off"


def run_without_timers(story: Story) -> Outcome:
    """Return how a story ends that nobody reconciles before all is delivered."""
    return outcome_of(story, UnreconciledCourse)


def run_with_many_timers(story: Story) -> Outcome:
    """Return how a story ends in which what changed is reconciled every minute."""
    return outcome_of(story, RestlessCourse)


@dataclass(slots=True)
class WatchedCourse(Course):
    """A story under way whose days are looked at whenever something is done."""

    _done: int = 0

    def pump(self) -> None:
        Course.pump(self)
        met: Counter[str] = self.host.met
        done = sum(met[each] for each in DONE)
        waiting = any(each.waiting for each in self.devices.values())
        if done > self._done and not (waiting or self.host.in_flight[QUEUE]):
            self._done = done
            met["looks at days"] += 1
            self.host.problems.extend(days_beside_evidence(self.settled()))


@dataclass(slots=True)
class UnreconciledCourse(WatchedCourse):
    """A watched story in which no timer runs."""

    def set_timers(self, first: int, last: int) -> None:
        """Set none."""

    def deliver_all(self) -> list[str]:
        found = Course.deliver_all(self)
        return found + list(seconds_of_days(self.settled()))


@dataclass(slots=True)
class RestlessCourse(WatchedCourse):
    """A watched story with a timer every minute."""

    def set_timers(self, first: int, last: int) -> None:
        for at in range(first, last, LOOKS_FOR_CHANGES_SECONDS):
            self.agenda.add(at, lambda: self.host.on_time(RECENT))
