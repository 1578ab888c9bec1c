"""Writing evidence and days until they agree, whoever else writes meanwhile.

Nobody is locked out. Each round writes what is missing, every day only over the version it was
worked out from, and reads again; it is over when the recorded days say what all segments amount
to. Whoever creates a segment reads afterwards, so of two that write at the same time at least one
sees both. A call that dies half way leaves segments that the next one finds and counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from functions.timekeeping.daily import RecordedDay, changes, is_complete
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


def settle(pieces: Iterable[Segment], snapshot: Snapshot, *, ledger: Ledger) -> Settled:
    """Make the pieces evidence and have the days say so.

    Raises:
        StorageUnavailable: storage does not answer, or the days keep changing.
    """
    settlement = _Settlement(snapshot, tuple(pieces))
    for _ in range(ROUNDS):
        entry = settlement.next_entry()
        if entry is None:
            return settlement.settled
        settlement.take_in(entry, ledger.enter(entry))
    raise StorageUnavailable("others keep writing to the same days")


class _Settlement:
    """What is known so far.

    ``_confirmed`` are segments known to be evidence. It only grows: a later read may come from an
    older copy, but evidence does not go away. ``_fresh`` tells that the days were read after the
    last write.
    """

    def __init__(self, snapshot: Snapshot, pieces: tuple[Segment, ...]) -> None:
        self.settled = Settled(recorded=snapshot.evidence.recorded)
        self._snapshot = snapshot
        self._pieces = pieces
        self._days = snapshot.evidence.days | {piece.day for piece in pieces}
        self._fresh = snapshot.evidence.days == self._days
        self._confirmed = {segment.id: segment for segment in snapshot.evidence.segments}
        self._gone: set[CaseId] = set()

    def next_entry(self) -> Entry | None:
        """Return what is still to be done, or ``None`` when all is settled and seen to be."""
        done = self._confirmed.keys() | self.settled.taken | self.settled.refused.keys()
        pending = tuple(piece for piece in self._pieces if piece.id not in done)
        unseen = frozenset(self.settled.taken - self._confirmed.keys())
        evidence = [each for each in self._confirmed.values() if each.day in self._days]
        reliable = self._fresh and is_complete(evidence, self.settled.recorded)
        due = changes([*evidence, *pending], self.settled.recorded) if reliable else []
        due = [change for change in due if change.time.case not in self._gone]
        if reliable and not (pending or unseen or due):
            return None
        return Entry(
            representative=self._snapshot.representative,
            segments=pending,
            retention_days=self._snapshot.settings.environment.retention_days,
            changes=tuple(due),
            days=frozenset(self._days),
            look_up=unseen,
        )

    def take_in(self, entry: Entry, entered: Entered) -> None:
        stored = (segment for segment in entry.segments if segment.id in entered.stored)
        self._confirmed |= {segment.id: segment for segment in stored}
        self.settled.taken |= entered.taken
        self.settled.refused |= entered.refused
        self._gone |= entered.gone
        self._fresh = entered.evidence is not None
        if entered.evidence is not None:
            self._confirmed |= {each.id: each for each in entered.evidence.segments}
            self.settled.recorded = entered.evidence.recorded
