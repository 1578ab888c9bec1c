"""How far a method's figures are from the truth."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.accuracy.day import Day
from bench.accuracy.lives import true_seconds
from bench.accuracy.ours import our_seconds
from bench.accuracy.peers import (
    COUNTER_EVERY_10,
    COUNTER_EVERY_60,
    Method,
    joined_heartbeats,
    one_timer,
    ticks_in_the_page,
)
from bench.accuracy.working_days import working_days
from functions.timekeeping.identifiers import CaseId

DAYS, SEED = 500, 2026

NEAR_SECONDS = 5
"""What we say that a killed browser costs at most."""

METHODS: dict[str, Method] = {
    "Ours": our_seconds,
    "Counter per case, every 10 min": COUNTER_EVERY_10,
    "Counter per case, every 60 min": COUNTER_EVERY_60,
    "Tick counter in the page": ticks_in_the_page,
    "One timer per agent": one_timer,
    "Heartbeats joined within 15 min": joined_heartbeats,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """A method over some days.

    Args:
        method: what it is called.
        lost_seconds: what cases have too little, summed over cases and days.
        over_counted_seconds: what cases have too much; the two are never set off.
        true_seconds: what all cases should have.
        worst_seconds: the most that one case was off on one day.
        exact_days: of ``days``, those on which every case was right to the second.
        near_days: those on which every case was right to ``NEAR_SECONDS``.
        days: how many there were.
    """

    method: str
    lost_seconds: int
    over_counted_seconds: int
    true_seconds: int
    worst_seconds: int
    exact_days: int
    near_days: int
    days: int

    @property
    def lost_percent(self) -> float:
        return 100 * self.lost_seconds / self.true_seconds

    @property
    def over_counted_percent(self) -> float:
        return 100 * self.over_counted_seconds / self.true_seconds

    @property
    def exact_percent(self) -> float:
        return 100 * self.exact_days / self.days

    @property
    def near_percent(self) -> float:
        return 100 * self.near_days / self.days


def measure(*, days: int = DAYS, seed: int = SEED) -> list[Figures]:
    """Return every method's figures over so many made-up days."""
    return measured(working_days(days, seed=seed))


def measured(days: Iterable[Day]) -> list[Figures]:
    """Return the figures of every method over the same days; there must be work on some."""
    truths = [(day, true_seconds(day)) for day in days]
    return [_figures(name, method, truths) for name, method in METHODS.items()]


def _figures(
    name: str, count: Callable[[Day], Counter[CaseId]], truths: list[tuple[Day, Counter[CaseId]]]
) -> Figures:
    differences = [differences_of(count(day), truth) for day, truth in truths]
    each = [difference for of_day in differences for difference in of_day.values()]
    return Figures(
        method=name,
        lost_seconds=-sum(min(0, difference) for difference in each),
        over_counted_seconds=sum(max(0, difference) for difference in each),
        true_seconds=sum(truth.total() for _, truth in truths),
        worst_seconds=max(abs(difference) for difference in each),
        exact_days=_days_within(0, differences),
        near_days=_days_within(NEAR_SECONDS, differences),
        days=len(truths),
    )


def _days_within(seconds: int, differences: list[dict[CaseId, int]]) -> int:
    return sum(
        all(abs(difference) <= seconds for difference in of_day.values()) for of_day in differences
    )


def differences_of(counted: Counter[CaseId], truth: Counter[CaseId]) -> dict[CaseId, int]:
    """Return by how many seconds each case was counted too long (or, negative, too short)."""
    return {case: counted[case] - truth[case] for case in counted.keys() | truth.keys()}
