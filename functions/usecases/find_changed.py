"""What changed since a moment: days to be made again, cases to be totalled, snapshots missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId


class SeesChanges(Protocol):
    """Where changes are seen."""

    def work_days_since(self, moment: datetime) -> frozenset[WorkDay]:
        """Return the days that have new segments or a changed record.

        Raises:
            StorageUnavailable: no usable answer in time.
        """

    def cases_since(self, moment: datetime) -> frozenset[CaseId]:
        """Return the cases that changed themselves, or of which an entry or activity did.

        Raises:
            StorageUnavailable: no usable answer in time.
        """

    def cases_with_other_activities(self, written_since: datetime) -> frozenset[CaseId]:
        """Return the cases whose total, written since then, counts other activities than there are.

        Raises:
            StorageUnavailable: no usable answer in time.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is to be worked out again; days of one representative stand together."""

    days: tuple[WorkDay, ...]
    cases: tuple[CaseId, ...]


def find_changed(since: datetime, *, changes: SeesChanges) -> Changed:
    """Return what changed since a moment. A case of which only a day changed comes with that day.

    Raises:
        StorageUnavailable: storage does not answer.
    """
    return Changed(
        days=tuple(sorted(changes.work_days_since(since))),
        cases=tuple(sorted(changes.cases_since(since))),
    )


def find_other_activities(written_since: datetime, *, changes: SeesChanges) -> tuple[CaseId, ...]:
    """Return the cases of which an activity was deleted, or moved to another case.

    Raises:
        StorageUnavailable: storage does not answer.
    """
    return tuple(sorted(changes.cases_with_other_activities(written_since)))


class SeesRestored(Protocol):
    """Where it is seen in which order records came in."""

    def work_days_put_in_last(self, written_before: datetime) -> frozenset[WorkDay]:
        """Return the days of the records that were put in last, of those written before a moment.

        Raises:
            StorageUnavailable: no usable answer in time, or storage does not know the order.
        """


def find_restored(written_before: datetime, *, changes: SeesRestored) -> tuple[WorkDay, ...]:
    """Return the days of cases that the recycle bin may have brought back, and some others.

    What comes back says that it was written when it was, so no look at what was written lately
    sees it; among what is older it was put in last.

    Raises:
        StorageUnavailable: storage does not answer.
    """
    return tuple(sorted(changes.work_days_put_in_last(written_before)))


class SeesResolutions(Protocol):
    """Where resolutions and their snapshots are seen."""

    def unkept_since(self, moment: datetime) -> frozenset[CaseId]:
        """Return the cases that were resolved since, and of which that has no snapshot.

        Raises:
            StorageUnavailable: no usable answer in time.
        """


def find_unkept(since: datetime, *, changes: SeesResolutions) -> tuple[CaseId, ...]:
    """Return the cases of whose resolutions since a moment nobody was told: snapshots are missing.

    Raises:
        StorageUnavailable: storage does not answer.
    """
    return tuple(sorted(changes.unkept_since(since)))
