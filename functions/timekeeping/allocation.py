"""Whose second is it: of overlapping segments, one case gets each instant."""

import heapq
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.segments import Segment
from functions.timekeeping.spans import Span


@dataclass(frozen=True, slots=True)
class Allotment:
    """A span and the segment it was given to."""

    span: Span
    segment: Segment


def _precedence(segment: Segment) -> tuple[datetime, int]:
    return segment.focus_started_at, segment.id.int


def allotted(segments: Iterable[Segment]) -> list[Allotment]:
    """Return who gets which span, earliest first and disjoint; together they are the union.

    Among overlapping segments the one whose focus began last wins; of two that began in the same
    second, the one with the greater id::

        case A   |--------------|        focus began 09:00
        case B        |----|             focus began 09:05
        given    A    B    A

    The segments are one representative's; two segments of a case never make its time longer than
    their union.
    """
    pending = sorted(segments, key=lambda segment: segment.span)
    bounds = sorted({bound for s in pending for bound in (s.span.start, s.span.end)})
    running: list[tuple[float, int, int, Segment]] = []
    result: list[Allotment] = []
    arrived = 0
    for start, end in itertools.pairwise(bounds):
        while arrived < len(pending) and pending[arrived].span.start <= start:
            began, tie = _precedence(pending[arrived])
            heapq.heappush(running, (-began.timestamp(), -tie, arrived, pending[arrived]))
            arrived += 1
        while running and running[0][-1].span.end <= start:
            heapq.heappop(running)
        if running:
            _give(result, Span(start, end), running[0][-1])
    return result


def _give(result: list[Allotment], span: Span, winner: Segment) -> None:
    if result and result[-1].segment is winner and result[-1].span.end == span.start:
        span = Span(result.pop().span.start, span.end)
    result.append(Allotment(span, winner))


def tracked_seconds(segments: Iterable[Segment]) -> Counter[CaseId]:
    """Return the seconds that each case gets of a representative's segments."""
    seconds: Counter[CaseId] = Counter()
    for allotment in allotted(segments):
        seconds[allotment.segment.case] += allotment.span.seconds
    return seconds
