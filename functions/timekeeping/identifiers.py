"""What rows are called: distinct types, so that a case cannot be passed for a representative."""

from datetime import date
from typing import NewType
from uuid import UUID, uuid5

CaseId = NewType("CaseId", UUID)
RepresentativeId = NewType("RepresentativeId", UUID)
SegmentId = NewType("SegmentId", UUID)
TimeLogId = NewType("TimeLogId", UUID)
AdjustmentId = NewType("AdjustmentId", UUID)
ActivityId = NewType("ActivityId", UUID)
ResolutionId = NewType("ResolutionId", UUID)

NAMESPACE = UUID("6f0c3a52-5d0e-4f0b-9a86-2c1f6b7d9e41")
"""Namespace of every UUIDv5 we derive; changing it would orphan all rows written so far."""


def automatic_time_id(case: CaseId, representative: RepresentativeId, day: date) -> UUID:
    """Return the one id that the automatic time of a representative on a case and day has."""
    return uuid5(NAMESPACE, f"automatic-time/{case}/{representative}/{day.isoformat()}")


def snapshot_id(resolution: ResolutionId) -> UUID:
    """Return the one id of the snapshot at a resolution, whichever case a merge gave it to."""
    return uuid5(NAMESPACE, f"snapshot/{resolution}")


def id_on_day(segment: SegmentId, day: date) -> SegmentId:
    """Return the id of the part of a segment that a midnight moved to a later day."""
    return SegmentId(uuid5(segment, day.isoformat()))
