"""Stories in which nobody reconciles: whoever delivers leaves each day as it must be.

Whenever nothing is under way, the recorded days say what the evidence amounts to; and when all is
delivered, what is true.
"""

from collections import Counter
from dataclasses import dataclass

from tests.simulation.checks import days_beside_evidence, seconds_of_days
from tests.simulation.course import Course
from tests.simulation.run import Outcome, outcome_of
from tests.simulation.story import Story


def run_without_timers(story: Story) -> Outcome:
    """Return how a story ends that nobody reconciles before all is delivered."""
    return outcome_of(story, UnreconciledCourse)


@dataclass(slots=True)
class UnreconciledCourse(Course):
    """A story under way in which no timer runs."""

    _answered: int = 0

    def set_timers(self, first: int, last: int) -> None:
        """Set none."""

    def deliver_all(self) -> list[str]:
        found = Course.deliver_all(self)
        return found + list(seconds_of_days(self.settled()))

    def pump(self) -> None:
        Course.pump(self)
        met: Counter[str] = self.host.met
        under_way = self.host.in_flight or any(each.waiting for each in self.devices.values())
        if met["calls answered 200"] > self._answered and not under_way:
            self._answered = met["calls answered 200"]
            met["looks at days"] += 1
            self.host.problems.extend(days_beside_evidence(self.settled()))
