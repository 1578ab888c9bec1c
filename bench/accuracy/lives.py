"""What each page of a day could see, and what is true.

**The truth.** A second belongs to the case that is in front of her: the one which the focused
window of a device shows, while the device is awake, unlocked, and no other program covers the
window. Where windows overlap (a desk that stays on while she works on a laptop), it is the window
focused last. A resolved case has no more seconds. Work in another program belongs to no case,
because nobody can see to which; nor can anybody see where her thoughts are while a case is in
front of her.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from bench.accuracy.day import (
    Absence,
    Closed,
    Crashed,
    Day,
    Device,
    Event,
    Left,
    Opened,
    Resolved,
    Returned,
    Showed,
    Turned,
    Window,
)
from functions.timekeeping.identifiers import CaseId


@dataclass(frozen=True, slots=True)
class Sight:
    """What is the matter with a page; ``case`` is what it shows, unless that is resolved."""

    case: CaseId | None
    focused: bool
    away: Absence | None

    @property
    def case_in_focus(self) -> CaseId | None:
        return self.case if self.focused and self.away is None else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span ``[start, end)`` in which nothing changes for a page."""

    start: int
    end: int
    sight: Sight

    @property
    def seconds(self) -> int:
        return self.end - self.start


class Ending(Enum):
    """How a page ended."""

    CLOSED = "in good order"
    CRASHED = "without a word"
    LEFT_OPEN = "not before the day"


@dataclass(slots=True)
class Life:
    """A page from its loading to its end; its stretches are in order and leave no gap."""

    window: Window
    opened: int
    ended: int = 0
    ending: Ending = Ending.LEFT_OPEN
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def device(self) -> Device:
        return self.window.device


@dataclass(frozen=True, slots=True)
class Attention:
    """A span ``[start, end)`` of the truth."""

    start: int
    end: int
    case: CaseId

    @property
    def seconds(self) -> int:
        return self.end - self.start


def attention(day: Day) -> list[Attention]:
    """Return which case had her attention when: disjoint, earliest first."""
    spans: list[Attention] = []
    since, before = 0, None
    for at, scene in _scenes(day):
        case = scene.attended()
        if case == before:
            continue
        if before is not None:
            spans.append(Attention(since, at, before))
        since, before = at, case
    if before is not None:
        spans.append(Attention(since, day.ended, before))
    return spans


def true_seconds(day: Day) -> Counter[CaseId]:
    """Return the seconds that each case really had of her attention."""
    seconds: Counter[CaseId] = Counter()
    for span in attention(day):
        seconds[span.case] += span.seconds
    return seconds


def lives(day: Day) -> list[Life]:
    """Return the pages of a day in the order of their loading."""
    told: list[Life] = []
    alive: dict[Window, tuple[Life, int, Sight]] = {}
    for at, scene in _scenes(day):
        for window, (life, since, before) in list(alive.items()):
            now = scene.sight(window) if window in scene.showing else None
            if now == before:
                continue
            life.stretches.append(Stretch(since, at, before))
            if now is None:
                life.ended, life.ending = at, scene.endings[window]
                del alive[window]
            else:
                alive[window] = (life, at, now)
        for window in scene.showing.keys() - alive.keys():
            told.append(Life(window, opened=at))
            alive[window] = (told[-1], at, scene.sight(window))
    for life, since, before in alive.values():
        life.stretches.append(Stretch(since, day.ended, before))
        life.ended = day.ended
    return told


def _scenes(day: Day) -> Iterator[tuple[int, "_Scene"]]:
    """Yield how things stand after each moment at which something happens."""
    scene = _Scene()
    for at, events in groupby(day.events, key=lambda event: event.at):
        for event in events:
            scene.apply(event)
        yield at, scene


@dataclass(slots=True)
class _Scene:
    """How things stand: what windows show, which have the focus, and where she is not."""

    showing: dict[Window, CaseId] = field(default_factory=dict)
    focused: dict[Device, Window] = field(default_factory=dict)
    focus_order: dict[Device, int] = field(default_factory=dict)
    away: dict[Device, Absence] = field(default_factory=dict)
    resolved: set[CaseId] = field(default_factory=set)
    endings: dict[Window, Ending] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        match event:
            case Opened(window=window, case=case) | Showed(window=window, case=case):
                self.showing[window] = case
                self._focus(window)
            case Turned(window=window):
                self._focus(window)
            case Closed(window=window):
                self._end(window, Ending.CLOSED)
            case Crashed(device=device):
                for window in [each for each in self.showing if each.device is device]:
                    self._end(window, Ending.CRASHED)
            case Left(device=device, absence=absence):
                self.away[device] = absence
            case Returned(device=device):
                self.away.pop(device, None)
                self._come_last(device)
            case Resolved(case=case):
                self.resolved.add(case)

    def sight(self, window: Window) -> Sight:
        device = window.device
        focused = self.focused.get(device) == window
        return Sight(self._running(window), focused, self.away.get(device))

    def attended(self) -> CaseId | None:
        fronts = [window for device, window in self.focused.items() if device not in self.away]
        running = [window for window in fronts if self._running(window) is not None]
        latest = max(running, key=lambda window: self.focus_order[window.device], default=None)
        return None if latest is None else self._running(latest)

    def _running(self, window: Window) -> CaseId | None:
        case = self.showing[window]
        return None if case in self.resolved else case

    def _focus(self, window: Window) -> None:
        self.focused[window.device] = window
        self._come_last(window.device)

    def _come_last(self, device: Device) -> None:
        self.focus_order[device] = max(self.focus_order.values(), default=0) + 1

    def _end(self, window: Window, ending: Ending) -> None:
        del self.showing[window]
        self.endings[window] = ending
        if self.focused.get(window.device) == window:
            del self.focused[window.device]
