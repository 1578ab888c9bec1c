"""What the stories need from storage: to look, in one round trip, and to enter, in another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from functions.timekeeping.cases import Case
from functions.timekeeping.daily import DayChange, RecordedDay
from functions.timekeeping.identifiers import CaseId, RepresentativeId, SegmentId
from functions.timekeeping.segments import Refusal, Segment
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.spans import Span
from functions.timekeeping.totals import Contribution


class StorageUnavailable(Exception):  # noqa: N818 - the request may work later
    """Storage gave no usable answer in the time the call can wait.

    ``retry_after_seconds`` is what storage asked for, if it asked.
    """

    def __init__(self, message: str, *, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class ServiceNotAllowed(Exception):  # noqa: N818 - a matter of roles, not of code
    """Storage refuses what the service itself must be able to do: its role lacks a privilege."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a story wants to know.

    Args:
        cases: the cases that the caller must be able to read.
        figures_of: the case whose contributions are wanted.
        spans: the caller's evidence of the days these touch is wanted.
        app: the app that the caller works in, if it is known; its settings are wanted.
    """

    cases: frozenset[CaseId] = frozenset()
    figures_of: CaseId | None = None
    spans: tuple[Span, ...] = ()
    app: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One representative's segments and recorded days, complete for ``days`` and no others."""

    days: frozenset[date] = frozenset()
    segments: tuple[Segment, ...] = ()
    recorded: tuple[RecordedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a look saw.

    Args:
        cases: only those the caller may read.
        may_track: she has the right to have evidence at all.
        evidence: of the days that the look's spans touch, perhaps of a day beside them.
    """

    representative: RepresentativeId
    settings: SettingsBook
    cases: Mapping[CaseId, Case]
    may_track: bool
    evidence: Evidence
    figures: Mapping[RepresentativeId, Contribution]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a story wants written, in this order.

    Args:
        representative: whose segments and days they are.
        segments: to be created, never to be written over.
        retention_days: after how many days the new segments expire.
        changes: daily times, each only over the version it was worked out from, and none after a
            segment that cannot be created.
        days: the days of which the evidence is wanted afterwards.
        look_up: segments wanted whatever their day.
    """

    representative: RepresentativeId
    segments: tuple[Segment, ...] = ()
    retention_days: int
    changes: tuple[DayChange, ...] = ()
    days: frozenset[date]
    look_up: frozenset[SegmentId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an entry came to.

    Args:
        stored: segments that are now evidence.
        taken: segments whose id was evidence before.
        refused: segments that the caller's rights or the case do not allow.
        gone: cases that no longer exist, so that no day of theirs can be recorded.
        evidence: as read after the writes; ``None`` when they stopped early.
    """

    stored: frozenset[SegmentId] = frozenset()
    taken: frozenset[SegmentId] = frozenset()
    refused: Mapping[SegmentId, Refusal] = field(default_factory=dict)
    gone: frozenset[CaseId] = frozenset()
    evidence: Evidence | None = None


class Ledger(Protocol):
    """Storage as one caller may use it."""

    def look(self, look: Look) -> Snapshot:
        """Answer the questions of one look.

        Raises:
            StorageUnavailable: no usable answer in time.
            NotARepresentative: the caller is no user of the environment.
            ServiceNotAllowed: the application user's role is not complete.
        """

    def enter(self, entry: Entry) -> Entered:
        """Write what can be written of an entry, then read the evidence again.

        Raises:
            StorageUnavailable: no usable answer in time; all, some or nothing was written.
        """
