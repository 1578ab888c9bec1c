"""What every figure must be in the end: the truth, with what representatives corrected."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.simulation.people import Person
from tests.simulation.truth import Truth

AUTOMATIC, LOGS, ACTIVITIES, TOTAL = KINDS = ("automatic", "timelogs", "activities", "total")

Range = tuple[int, int]
"""The least and the most that a figure may be; nearly always the same."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of cases, by kind, in seconds."""

    truth: Truth
    people: Mapping[int, Person]

    def of(self, who: int, case: int) -> dict[str, Range]:
        """Return what one representative spent on a case, and on all that were merged into it."""
        family = {each for each, survivor in self.truth.survivor.items() if survivor == case}
        least, most = (
            sum(
                seconds
                for (whose, on, _), seconds in tracked.items()
                if whose == who and on in family
            )
            for tracked in (self.truth.least, self.truth.most)
        )
        corrected = sum(self.people[who].corrected[each] for each in family)
        automatic = max(0, least + corrected), max(0, most + corrected)
        logged, done = self.truth.logged[who, case], self.truth.done[who, case]
        return {
            AUTOMATIC: automatic,
            LOGS: (logged, logged),
            ACTIVITIES: (done, done),
            TOTAL: (automatic[0] + logged + done, automatic[1] + logged + done),
        }

    def of_all(self, case: int) -> dict[str, Range]:
        parts = [self.of(who, case) for who in self.people]
        return {
            kind: (sum(each[kind][0] for each in parts), sum(each[kind][1] for each in parts))
            for kind in KINDS
        }

    def contributors(self, case: int) -> list[int]:
        """Return who has a figure of a case."""
        return [who for who in self.people if any(most for _, most in self.of(who, case).values())]
