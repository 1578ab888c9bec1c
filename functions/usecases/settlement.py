"""Writing evidence and days until they agree, whoever else writes meanwhile.

Nobody is locked out. Each round writes what is missing, every day only over the version it was
worked out from, and reads again; it is over when the recorded days say what all segments amount
to. Whoever creates a segment reads afterwards, so of two that write at the same time at least one
sees both. A call that dies half way leaves segments that the next one finds and counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from functions.timekeeping.daily import (
    DailyTime,
    DayChange,
    RecordedDay,
    changes,
    outdated_days,
)
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


def settle(
    pieces: Iterable[Segment], snapshot: Snapshot, *, ledger: Ledger, in_order: bool = False
) -> Settled:
    """Make the pieces evidence and have the days say so.

    Args:
        pieces: what is to be evidence.
        snapshot: what was seen before.
        ledger: where it is written.
        in_order: no piece may become evidence before those that come first.

    Raises:
        StorageUnavailable: storage does not answer, or the days keep changing.
    """
    settlement = _Settlement(snapshot, tuple(pieces), in_order=in_order)
    for _ in range(ROUNDS):
        entry = settlement.next_entry()
        if entry is None:
            return settlement.settled
        settlement.take_in(entry, ledger.enter(entry))
    raise StorageUnavailable("the days keep changing, or their evidence cannot be seen")


class _Settlement:
    """What is known so far.

    Evidence does not go away, so ``_seen`` (in answers) and ``_stored`` (by this call) only grow.
    Whether an answer is outdated is told by what it shows, never by what this call stored itself,
    and not where the recorded day is the one that this call wrote. ``_fresh`` tells that the days
    were read after the last write.
    """

    def __init__(self, snapshot: Snapshot, pieces: tuple[Segment, ...], *, in_order: bool) -> None:
        self.settled = Settled(recorded=snapshot.evidence.recorded)
        self._snapshot = snapshot
        self._pieces = pieces
        self._in_order = in_order
        self._days = snapshot.evidence.days | {piece.day for piece in pieces}
        self._fresh = snapshot.evidence.days == self._days
        self._seen = {segment.id: segment for segment in snapshot.evidence.segments}
        self._stored: dict[SegmentId, Segment] = {}
        self._written: set[DailyTime] = set()
        self._gone: set[CaseId] = set()

    def next_entry(self) -> Entry | None:
        """Return what is still to be done, or ``None`` when all is settled and seen to be."""
        known = self._seen | self._stored
        done = known.keys() | self.settled.taken | self.settled.refused.keys()
        pending = tuple(piece for piece in self._pieces if piece.id not in done)
        unseen = frozenset(self.settled.taken - known.keys())
        outdated = self._outdated_days()
        due = self._due(known.values(), pending, outdated) if self._fresh else ()
        if self._fresh and not (pending or unseen or outdated or due):
            return None
        return Entry(
            representative=self._snapshot.representative,
            segments=pending,
            in_order=self._in_order,
            retention_days=self._snapshot.settings.environment.retention_days,
            changes=due,
            days=frozenset(self._days),
            look_up=unseen,
        )

    def take_in(self, entry: Entry, entered: Entered) -> None:
        stored = (segment for segment in entry.segments if segment.id in entered.stored)
        self._stored |= {segment.id: segment for segment in stored}
        self.settled.taken |= entered.taken
        self.settled.refused |= entered.refused
        self._gone |= entered.gone
        self._fresh = entered.evidence is not None
        if entered.evidence is not None:
            self._written |= {change.time for change in entry.changes}
            self._seen |= {each.id: each for each in entered.evidence.segments}
            self.settled.recorded = entered.evidence.recorded

    def _outdated_days(self) -> frozenset[date]:
        others = (each for each in self.settled.recorded if each.time not in self._written)
        return outdated_days(self._seen.values(), others)

    def _due(
        self,
        known: Iterable[Segment],
        pending: Iterable[Segment],
        outdated: frozenset[date],
    ) -> tuple[DayChange, ...]:
        evidence = [each for each in (*known, *pending) if each.day in self._days]
        return tuple(
            change
            for change in changes(evidence, self.settled.recorded)
            if change.time.day not in outdated and change.time.case not in self._gone
        )
