"""Writing evidence and days until they agree, whoever else writes meanwhile.

Nobody is locked out. Each round writes what is missing, every day only over the version it was
worked out from, and reads again; it is over when the recorded days say what all segments amount
to. Whoever creates a segment reads afterwards, so of two that write at the same time at least one
sees both. A call that dies half way leaves segments that the next one finds and counts.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from functions.timekeeping.daily import DayChange, RecordedDay, changes, outdated_days
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.timekeeping.segments import Refusal, Segment
from functions.usecases.ledger import (
    Entered,
    Entry,
    Ledger,
    Snapshot,
    StorageUnavailable,
)

ROUNDS = 6
"""How often to write and read again before giving up for now."""

MOST_SEGMENTS, MOST_CHANGES, MOST_LOOKED_UP = 400, 500, 50
"""What one entry holds; a batch of Dataverse takes 1,000 operations."""


@dataclass(slots=True)
class Settled:
    """What became of the pieces: the rest of them is evidence.

    Args:
        taken: pieces whose id was evidence before, whatever it says.
        refused: pieces that are not evidence, and why.
        recorded: the days as they now are.
    """

    taken: set[SegmentId] = field(default_factory=set)
    refused: dict[SegmentId, Refusal] = field(default_factory=dict)
    recorded: tuple[RecordedDay, ...] = ()


def settle(groups: Iterable[Sequence[Segment]], snapshot: Snapshot, *, ledger: Ledger) -> Settled:
    """Make the pieces evidence and have the days say so.

    Args:
        groups: what is to be evidence; the last piece of a group only after the others of it.
        snapshot: what was seen before.
        ledger: where it is written.

    Raises:
        StorageUnavailable: storage does not answer, or the days keep changing.
    """
    settlement = _Settlement(snapshot, tuple(groups))
    for _ in range(ROUNDS):
        entry = settlement.next_entry()
        if entry is None:
            return settlement.settled
        settlement.take_in(entry, ledger.enter(entry))
    raise StorageUnavailable("the days keep changing, or their evidence cannot be seen")


class _Settlement:
    """What is known so far.

    Evidence does not go away, so ``_seen`` (in answers) and ``_stored`` (by this call) only grow.
    An answer is outdated for a day as long as it does not show what this call stored there, or
    fewer segments than the day was made from. ``_fresh`` tells that the days were read after the
    last write.
    """

    def __init__(self, snapshot: Snapshot, groups: tuple[Sequence[Segment], ...]) -> None:
        self.settled = Settled(recorded=snapshot.evidence.recorded)
        self._snapshot = snapshot
        self._groups = groups
        self._days = set(snapshot.evidence.days)
        self._days |= {piece.day for pieces in groups for piece in pieces}
        self._fresh = snapshot.evidence.days == self._days
        self._seen = {segment.id: segment for segment in snapshot.evidence.segments}
        self._stored: dict[SegmentId, Segment] = {}
        self._gone: set[CaseId] = set()

    def next_entry(self) -> Entry | None:
        """Return what is still to be done, or ``None`` when all is settled and seen to be."""
        outdated = self._outdated_days()
        pending = self._pending()[:MOST_SEGMENTS]
        due = self._due(pending, outdated) if self._fresh else ()
        if not due:
            # Nothing stops at a failure now, so a last piece must wait for the others.
            held = self._held_back()
            pending = [piece for piece in pending if piece.id not in held]
        unseen = frozenset(self.settled.taken - self._seen.keys() - self._stored.keys())
        if self._fresh and not (pending or due or unseen or outdated):
            return None
        return Entry(
            representative=self._snapshot.representative,
            segments=tuple(pending),
            retention_days=self._snapshot.settings.environment.retention_days,
            changes=due[:MOST_CHANGES],
            days=frozenset(self._days),
            look_up=frozenset(sorted(unseen)[:MOST_LOOKED_UP]),
        )

    def take_in(self, entry: Entry, entered: Entered) -> None:
        stored = (segment for segment in entry.segments if segment.id in entered.stored)
        self._stored |= {segment.id: segment for segment in stored}
        self.settled.taken |= entered.taken
        self.settled.refused |= entered.refused
        self._gone |= entered.gone
        self._fresh = False
        if entered.evidence is not None:
            self._seen |= {each.id: each for each in entered.evidence.segments}
            self.settled.recorded = entered.evidence.recorded
            # What was evidence before may lie on another day, which nobody may have recorded yet.
            taken = self.settled.taken & self._seen.keys()
            self._days |= {self._seen[segment].day for segment in taken}
            self._fresh = entered.evidence.days == self._days

    def _done(self) -> AbstractSet[SegmentId]:
        known = self._seen.keys() | self._stored.keys()
        return known | self.settled.taken | self.settled.refused.keys()

    def _pending(self) -> list[Segment]:
        done = self._done()
        return [piece for pieces in self._groups for piece in pieces if piece.id not in done]

    def _held_back(self) -> AbstractSet[SegmentId]:
        """Return the last pieces of groups of which another piece is still to be done."""
        done = self._done()
        return {
            pieces[-1].id
            for pieces in self._groups
            if any(piece.id not in done for piece in pieces[:-1])
        }

    def _outdated_days(self) -> AbstractSet[date]:
        unshown = {each.day for each in self._stored.values() if each.id not in self._seen}
        return outdated_days(self._seen.values(), self.settled.recorded) | unshown

    def _due(
        self, pending: Iterable[Segment], outdated: AbstractSet[date]
    ) -> tuple[DayChange, ...]:
        evidence = (self._seen | self._stored).values()
        of_days = [each for each in (*evidence, *pending) if each.day in self._days]
        return tuple(
            change
            for change in changes(of_days, self.settled.recorded)
            if change.time.day not in outdated and change.time.case not in self._gone
        )
