"""What our widget delivers of a day: a model of ours, stated as such.

It follows ``core/recorder.ts``, ``core/timeline.ts`` and ``core/outbox.ts`` of the widget:

- a focus is cut every ten minutes, and a piece is sent when it is finished;
- what cannot be sent waits in the browser, for that page or a later one of the device;
- a call whose answer is lost is made again, with the same pieces;
- a killed browser loses the five seconds between two beats, here always all of them;
- a sleep is seen between two ticks, so that the last second before it is lost, here always;
- times are those of the page's own line: it begins with the device's clock, and follows it only
  where that leaps forward by more than ten seconds.

A locked screen is told to the page, as browsers do that take the focus away.

Where a clock is put forward while a case is in focus, what was not sent until then goes out by
the new clock, and the service moves it too far back: to where another case may lose it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bench.accuracy.day import Absence, Day, Device, Fault
from bench.accuracy.lives import Ending, Life, Stretch, lives
from functions.timekeeping.identifiers import CaseId, SegmentId
from functions.timekeeping.segments import ReportedSegment, Surface

PIECE_SECONDS = 600
BEAT_SECONDS = 5
TICK_SECONDS = 1
LEAP_MS = 10_000

NIGHT_SECONDS = 15 * 3600
"""What could not be delivered by the end of a day is delivered on the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Segments on their way: by the sender's clock, and when they got to the server by its own."""

    sent_at: datetime
    received_at: datetime
    segments: tuple[ReportedSegment, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A finished piece: ``ready`` is when it can first be sent, ``known_until`` when it ends."""

    life: Life
    case: CaseId
    focus_started: int
    started: int
    known_until: int
    ready: int


def calls(day: Day) -> list[Call]:
    """Return what is delivered of a day, in the order of its arrival."""
    told = lives(day)
    together: defaultdict[tuple[int, int, Device], list[ReportedSegment]] = defaultdict(list)
    pieces = (piece for life in told for piece in _pieces(day, life))
    for number, piece in enumerate(pieces, start=1):
        segment = _reported(day, piece, SegmentId(UUID(int=number)))
        for at in _deliveries(day, piece, told):
            device, alive = piece.life.device, at <= piece.life.ended
            line = _line_ms(day, piece.life, at) if alive else day.clock_error_ms(device, at)
            together[at, line, device].append(segment)
    return [
        Call(
            sent_at=day.moment(at, plus_ms=line),
            received_at=day.moment(at, plus_ms=day.network_delay_ms),
            segments=tuple(segments),
        )
        for (at, line, _), segments in sorted(together.items())
    ]


def _pieces(day: Day, life: Life) -> Iterator[_Piece]:
    """Yield what a page finishes, or what it leaves behind when it is killed."""
    leaps = _leaps(day, life)
    for stretch in life.stretches:
        case = stretch.sight.case_in_focus
        if case is None:
            continue
        bounds = [stretch.start, *(at for at in leaps if stretch.start < at < stretch.end)]
        for start, end in zip(bounds, [*bounds[1:], stretch.end], strict=True):
            lost, ready = TICK_SECONDS, end
            if end == stretch.end:
                lost, ready = _at_the_end(life, stretch)
            for piece in range(start, end - lost, PIECE_SECONDS):
                until = min(piece + PIECE_SECONDS, end - lost)
                last = until == end - lost
                yield _Piece(life, case, start, piece, until, ready if last else until)


def _at_the_end(life: Life, stretch: Stretch) -> tuple[int, int]:
    """Return how many seconds a focus loses at its end, and when its last piece can be sent."""
    if stretch.end == life.ended:
        if life.ending is Ending.CRASHED:
            return BEAT_SECONDS, stretch.end + 1
        return 0, stretch.end
    after = next(each.sight for each in life.stretches if each.start == stretch.end)
    if after.away is Absence.SLEEP:
        return TICK_SECONDS, stretch.end + 1
    return 0, stretch.end


def _deliveries(day: Day, piece: _Piece, told: list[Life]) -> Iterator[int]:
    """Yield when a piece is delivered: once, or again after each answer that was lost."""
    at = piece.ready
    while True:
        at = _first_chance(day, piece.life.device, at, told)
        yield at
        if day.fault_at(piece.life.device, at) is not Fault.ANSWER_LOST:
            return
        at = max(each.end for each in day.outages if each.hits(piece.life.device, at))


def _first_chance(day: Day, device: Device, since: int, told: list[Life]) -> int:
    """Return the first moment at which a page of the device is awake and reaches the service."""
    awake = [
        (stretch.start, stretch.end)
        for life in told
        if life.device is device
        for stretch in life.stretches
        if stretch.sight.away is not Absence.SLEEP and stretch.end >= since
    ]
    moments = [max(since, start) for start, _ in awake]
    moments += [outage.end for outage in day.outages if outage.end > since]
    chances = (
        at
        for at in sorted(moments)
        if any(start <= at <= end for start, end in awake)
        and day.fault_at(device, at) is not Fault.UNREACHABLE
    )
    return next(chances, day.ended + NIGHT_SECONDS)


def _reported(day: Day, piece: _Piece, segment: SegmentId) -> ReportedSegment:
    def wire(at: int) -> datetime:
        return day.moment(at, plus_ms=_line_ms(day, piece.life, piece.focus_started))

    return ReportedSegment(
        id=segment,
        case=piece.case,
        focus_started_at=wire(piece.focus_started),
        started_at=wire(piece.started),
        ended_at=wire(piece.known_until),
        end_reason="interval",
        surface=Surface.WORKSPACE,
        window_id=f"window-{piece.life.window.number}",
    )


def _leaps(day: Day, life: Life) -> list[int]:
    """Return when a page's line of time leaps forward with the device's clock."""
    line = day.clock_error_ms(life.device, life.opened)
    leaps = []
    for each in day.clock_sets:
        clock = day.clock_error_ms(life.device, each.at)
        if life.opened < each.at < life.ended and clock - line > LEAP_MS:
            line = clock
            leaps.append(each.at)
    return leaps


def _line_ms(day: Day, life: Life, at: int) -> int:
    """Return by how much a page's line of time is ahead."""
    followed = [life.opened, *(leap for leap in _leaps(day, life) if leap <= at)]
    return day.clock_error_ms(life.device, followed[-1])
