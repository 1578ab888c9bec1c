"""A representative's days: what her segments amount to per case, and what is recorded of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from functions.timekeeping.allocation import tracked_seconds
from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id
from functions.timekeeping.segments import NETWORK_DELAY, Segment, judged_span
from functions.timekeeping.settings import widest_limits
from functions.timekeeping.spans import Span


@dataclass(frozen=True, slots=True, order=True)
class WorkDay:
    """One representative's day: all that her segments of it depend on each other for."""

    representative: RepresentativeId
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyTime:
    """Seconds of one representative on one case and day.

    ``segment_count`` is from how many segments they were worked out: it only grows, so figures
    from fewer segments are outdated.
    """

    case: CaseId
    representative: RepresentativeId
    day: date
    tracked_seconds: int
    segment_count: int


NO_CASE = CaseId(UUID(int=0))
"""The case of a row that names none."""


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A daily time as it is stored, with the version that a change must still find.

    Args:
        stray: the id of a row that is not the one row of its case, representative and day.
        counts_for: the case it counts for, where that is not the one whose segments it is from.
        misplaced: no merge speaks for that.
        foreign: somebody else wrote it, so it proves nothing of how many segments there are.
    """

    time: DailyTime
    version: str
    stray: UUID | None = None
    counts_for: CaseId | None = None
    misplaced: bool = False
    foreign: bool = False

    @property
    def cases(self) -> frozenset[CaseId]:
        """All cases whose totals it may have a part in."""
        return frozenset({self.time.case, self.counts_for or self.time.case}) - {NO_CASE}


@dataclass(frozen=True, slots=True)
class DayChange:
    """A daily time to be written; over ``version``, or for the first time when ``None``.

    ``stray`` is as it was found. What is ``put_back`` counts for the case of its segments again.
    """

    time: DailyTime
    version: str | None
    stray: UUID | None = None
    put_back: bool = False


def daily_times(segments: Iterable[Segment]) -> list[DailyTime]:
    """Return what one representative's segments amount to, for each day and case they touch.

    A case that lost all its seconds to others still has a row, with 0, and so has one of which no
    segment counts.
    """
    by_day: defaultdict[date, list[Segment]] = defaultdict(list)
    for segment in segments:
        by_day[segment.day].append(segment)
    times: list[DailyTime] = []
    for day, of_day in sorted(by_day.items()):
        seconds = tracked_seconds(each for each in map(counted, of_day) if each is not None)
        segments_of = Counter(segment.case for segment in of_day)
        times += [
            DailyTime(
                case=case,
                representative=of_day[0].representative,
                day=day,
                tracked_seconds=seconds[case],
                segment_count=segments_of[case],
            )
            for case in sorted(segments_of)
        ]
    return times


def counted(segment: Segment) -> Segment | None:
    """Return as much of a segment as counts, or ``None`` if nothing of it does.

    What came past the service has met no clock but the client's. It is judged as of when it was
    written, by the limits that no setting could have widened: the settings of then are not known.
    """
    if segment.unjudged_since is None:
        return segment
    limits = widest_limits(segment.unjudged_since + NETWORK_DELAY)
    kept = judged_span(segment.span.start, segment.span.end, limits)
    if kept == segment.span:
        return segment
    return replace(segment, span=kept) if isinstance(kept, Span) else None


def changes(segments: Iterable[Segment], recorded: Iterable[RecordedDay]) -> list[DayChange]:
    """Return what must be written so that the recorded days say what the segments amount to.

    A day that says it was made from no segment, or that somebody else wrote, has no seconds unless
    there are some, and a stray one never has any.
    """
    evidence = list(segments)
    rows = _known_by_id(evidence, recorded)
    stored = {(each.time.case, each.time.day): each for each in rows if not each.stray}
    result = []
    for time in daily_times(evidence):
        before = stored.pop((time.case, time.day), None)
        if before is None:
            result.append(DayChange(time, None))
        elif before.time != time or before.misplaced:
            result.append(DayChange(time, before.version, put_back=before.misplaced))
    result += [
        DayChange(replace(each.time, tracked_seconds=0), each.version)
        for each in stored.values()
        if (each.time.segment_count == 0 or each.foreign) and each.time.tracked_seconds > 0
    ]
    result += [
        DayChange(replace(each.time, tracked_seconds=0), each.version, each.stray)
        for each in rows
        if each.stray and each.time.tracked_seconds > 0
    ]
    return result


def outdated_days(segments: Iterable[Segment], recorded: Iterable[RecordedDay]) -> frozenset[date]:
    """Return the days of which more segments were recorded than these.

    Elastic tables may answer from an outdated copy; figures made from one would lose time. A copy
    holds all that came before the latest it holds, so it is enough to count.
    """
    evidence = list(segments)
    counts = Counter((segment.case, segment.day) for segment in evidence)
    return frozenset(
        each.time.day
        for each in _known_by_id(evidence, recorded)
        if not each.stray
        and not each.foreign
        and counts[each.time.case, each.time.day] < each.time.segment_count
    )


def _known_by_id(segments: Iterable[Segment], recorded: Iterable[RecordedDay]) -> list[RecordedDay]:
    """Return the recorded days; a stray one that has the id of a day with segments is that day.

    Somebody wrote another case or day into it, or none. No other row can be made for the day.
    """
    rows = list(recorded)
    if not any(each.stray for each in rows):
        return rows
    places = {(each.case, each.representative, each.day) for each in segments}
    place_of = {automatic_time_id(*place): place for place in places}
    return [_placed(each, place_of.get(each.stray)) if each.stray else each for each in rows]


def _placed(stray: RecordedDay, place: tuple[CaseId, RepresentativeId, date] | None) -> RecordedDay:
    if place is None:
        return stray
    case, _, day = place
    time = replace(stray.time, case=case, day=day)
    return replace(stray, time=time, stray=None, counts_for=stray.time.case, misplaced=True)
