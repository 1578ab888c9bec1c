"""How others count a day: models of ours, made from what is said of them in public.

None is anybody's code, and none was run beside a product. Where nothing public tells what happens,
the model does what is kindest to the product: every clock is right, nothing is delivered twice, a
save that fails is made good by the next one that works.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from bench.accuracy.day import Absence, Closed, Day, Device, Fault, Left, Resolved
from bench.accuracy.lives import Ending, Stretch, attention, lives
from functions.timekeeping.identifiers import CaseId

Method = Callable[[Day], Counter[CaseId]]
"""Tells how many seconds of a day each case gets."""

MINUTE = 60

THROTTLED_AFTER_SECONDS = 5 * MINUTE
"""For how long browsers let a hidden page tick each second; later it may once a minute."""

BEAT_SECONDS, JOINED_SECONDS = 2 * MINUTE, 15 * MINUTE


def counter_per_case(day: Day, *, interval_minutes: int) -> Counter[CaseId]:
    """Count as a counter for each case that every page raises at an interval.

    So Microsoft describes its preview: time runs while the case is in focus and stops when she
    switches, minimises, refreshes or closes browsers or locks the screen; the database is updated
    at each interval of 10 to 60 minutes; what ran since may be lost when the page is closed or
    refreshed. Its example: an interval of 15, closed after 20 minutes, 15 are recorded.

    Not public, and read kindly: time that had stopped before the page ends is kept by the browser
    and recorded at a later interval; a sleeping device stops the time; a failed update is repeated
    by the next; two devices never write over each other's figure; of two windows side by side only
    the focused one runs. Two devices both run: neither can know of the other.

    Source: learn.microsoft.com, "Track your time on cases (preview)", 2024.
    """
    seconds: Counter[CaseId] = Counter()
    for life in lives(day):
        updates = range(life.opened, life.ended + 1, interval_minutes * MINUTE)
        reached = [at for at in updates if _reachable(day, life.device, at)]
        for stretch in life.stretches:
            case, end = stretch.sight.case_in_focus, stretch.end
            if case is None:
                continue
            if end == life.ended and life.ending is not Ending.LEFT_OPEN:
                end = max(
                    (at for at in reached if stretch.start < at <= end), default=stretch.start
                )
            seconds[case] += end - stretch.start
    return seconds


def ticks_in_the_page(day: Day) -> Counter[CaseId]:
    """Count as a page that adds one each second, and saves when the case is left.

    The simplest timer: it keeps no start, and does not ask whether anybody sees the page. Browsers
    throttle it while it is hidden: SalesforceLabs/CaseTimer#2 tells what that made of one. Each
    window ticks for itself; a killed browser has not saved. Timers that pause when they are out of
    sight count less too much, where that is switched on.

    Read kindly: nothing ticks while the device sleeps; closing and reloading save; what cannot be
    saved is saved with the next case, as long as the page lives.
    """
    seconds: Counter[CaseId] = Counter()
    for life in lives(day):
        unsaved: Counter[CaseId] = Counter()
        for case, visit in itertools.groupby(life.stretches, key=lambda each: each.sight.case):
            stretches = list(visit)
            if case is not None:
                unsaved[case] += sum(_ticks(each) for each in stretches)
            left_at = stretches[-1].end
            if left_at == life.ended and life.ending is Ending.CRASHED:
                break
            if life.ending is Ending.LEFT_OPEN or _reachable(day, life.device, left_at):
                seconds += unsaved
                unsaved.clear()
    return seconds


def _ticks(stretch: Stretch) -> int:
    match stretch.sight.away:
        case None:
            return stretch.seconds
        case Absence.SLEEP:
            return 0
        case Absence.OTHER_PROGRAM | Absence.LOCK:
            throttled = max(0, stretch.seconds - THROTTLED_AFTER_SECONDS)
            return min(stretch.seconds, THROTTLED_AFTER_SECONDS) + throttled // MINUTE


def one_timer(day: Day) -> Counter[CaseId]:
    """Count as one timer for each agent that a server runs until another one is started.

    So Freshservice describes its time tracking: starting a timer stops the one that runs, wherever
    that is; a status can stop it. Nothing tells it of idleness, sleep, or a browser that died.

    Read kindly: she never forgets to start it when she turns to a case, nor to stop it when she
    closes the page or locks the screen, so that none runs overnight; no start or stop is lost.

    Source: Freshservice's help, "Adding time entries" and "Timesheet management".
    """
    stops = {event.at for event in day.events if _stops_the_timer(event)}
    spans = attention(day)
    seconds: Counter[CaseId] = Counter()
    for span, following in itertools.zip_longest(spans, spans[1:]):
        runs_on = following is not None and span.end not in stops
        seconds[span.case] += (following.start if runs_on else span.end) - span.start
    return seconds


def _stops_the_timer(event: object) -> bool:
    match event:
        case Closed() | Resolved() | Left(absence=Absence.LOCK):
            return True
        case _:
            return False


def joined_heartbeats(day: Day) -> Counter[CaseId]:
    """Count as heartbeats that are joined where they are at most 15 minutes apart.

    So WakaTime describes its durations: the time between two heartbeats belongs to what the first
    one was about, unless they are further apart than the timeout; while one goes on with the same
    thing, there is a heartbeat every two minutes; those of an offline spell are sent later.

    Read kindly: a heartbeat comes at once when she turns to a case, none comes from a page she is
    not in front of, and none is lost, not even when the browser is killed.

    Source: gist.github.com/alanhamlett, "Turn an array of heartbeats into durations".
    """
    beats = list(_heartbeats(day))
    seconds: Counter[CaseId] = Counter()
    for (at, case), (following, _) in itertools.pairwise(beats):
        if following - at <= JOINED_SECONDS:
            seconds[case] += following - at
    return seconds


def _heartbeats(day: Day) -> Iterator[tuple[int, CaseId]]:
    for span in attention(day):
        for at in range(span.start, span.end, BEAT_SECONDS):
            yield at, span.case


def _reachable(day: Day, device: Device, at: int) -> bool:
    return day.fault_at(device, at) is not Fault.UNREACHABLE


COUNTER_EVERY_10 = partial(counter_per_case, interval_minutes=10)
COUNTER_EVERY_60 = partial(counter_per_case, interval_minutes=60)
