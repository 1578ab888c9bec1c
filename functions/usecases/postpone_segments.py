"""Storage does not answer: what may be recorded waits in a queue, and the widget has its receipt.

The queue's message keeps when the segments were sent and received, so that they are judged as of
then, whenever storage is back.
"""

from dataclasses import dataclass, replace

from functions.timekeeping.segments import Receipt, Refusal, Verdict, judged
from functions.timekeeping.settings import widest_limits
from functions.usecases.record_segments import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """The receipts for now, and what is to be recorded later."""

    receipts: tuple[Receipt, ...]
    waiting: Delivery


def postpone_segments(delivery: Delivery) -> Postponed:
    """Refuse what no setting could allow and let the rest wait."""
    limits = widest_limits(delivery.received_at)
    fates = {each.id: judged(each, limits) for each in delivery.corrected()}
    receipts = []
    for segment, fate in fates.items():
        if isinstance(fate, Refusal):
            receipts.append(Receipt(segment=segment, verdict=Verdict.REJECTED, refusal=fate))
        else:
            receipts.append(Receipt(segment=segment, verdict=Verdict.QUEUED))
    waiting = tuple(each for each in delivery.segments if not isinstance(fates[each.id], Refusal))
    return Postponed(receipts=tuple(receipts), waiting=replace(delivery, segments=waiting))
