"""What the pages of a working day call: a model of ours of the widget's ``core/``, stated as such.

- A case that gets the focus is told, with the piece that the case before it ended with: one call.
- Where no other case gets the focus, the loss is told; a sleeping device tells when it wakes.
- What is shown on a page in sight is refreshed after each ten minutes without a call about it.
- Who worked on a case is asked once a page has told of it, and knows that there is time on it.
- A page that is closed tells the rest; what a killed browser left, the next page of its device.

How often people look closer is an assumption: see ``CLOSER_LOOKS``. A time log is followed by a
refresh and by the faces again, and an open history is read again once.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random

from bench.accuracy.day import Absence, Day, Resolved
from bench.accuracy.lives import Ending, Life, Sight, lives
from functions.timekeeping.identifiers import CaseId

INTERVAL_SECONDS = 600
FACES_SECONDS = 1
"""How long after a case's first answer the faces are asked for."""


class Kind(StrEnum):
    """What is called."""

    GAINED = "gained"
    LOST = "lost"
    REFRESH = "refresh"
    OUTBOX = "outbox"
    FACES = "representatives"
    HISTORY = "history"
    LOG = "time log"
    RESOLVES = "resolves the case"
    """No call of the widget's: Dataverse tells of it by a webhook."""


CLOSER_LOOKS: dict[tuple[Kind, ...], float] = {
    (Kind.HISTORY, Kind.HISTORY): 1 / 4,
    (Kind.LOG, Kind.REFRESH, Kind.FACES): 1 / 8,
    (Kind.REFRESH,): 1 / 10,
}
"""Of how many of the cases that a page shows for the first time she wants more: what is called."""

LOOKS_AFTER_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished piece of focus, in seconds of the day."""

    case: CaseId
    focus_started: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A call, in seconds since the day began; ``pieces`` come along."""

    at: int
    kind: Kind
    case: CaseId
    pieces: tuple[Piece, ...] = ()


def visits(day: Day, *, seed: int) -> list[Visit]:
    """Return what is called on a day, in order; the first call is at 0 seconds."""
    rng = Random(seed)
    left: list[tuple[Life, list[Piece]]] = []
    made: list[Visit] = []
    worked_on: set[CaseId] = set()
    for life in lives(day):
        found = [
            each for each in left if each[0].device is life.device and each[0].ended < life.opened
        ]
        left = [each for each in left if each not in found]
        page = _Page(life, rng, [piece for _, pieces in found for piece in pieces], worked_on)
        made += page.calls()
        left.append((life, page.waiting))
    made += [
        Visit(each.at, Kind.RESOLVES, each.case)
        for each in day.events
        if isinstance(each, Resolved)
    ]
    began = min((each.at for each in made), default=0)
    return sorted((_earlier(each, began) for each in made), key=lambda each: each.at)


@dataclass(slots=True)
class _Page:
    """A page: what waits to be sent, what runs since when, and when it last told of that.

    ``worked_on`` are the cases of which something was told, by any page of hers.
    """

    life: Life
    rng: Random
    waiting: list[Piece]
    worked_on: set[CaseId]
    made: list[Visit] = field(default_factory=list)
    _running: CaseId | None = None
    _focus_started: int = 0
    _piece_started: int = 0
    _reported_at: int = 0
    _seen: set[CaseId] = field(default_factory=set)
    _with_faces: set[CaseId] = field(default_factory=set)

    def calls(self) -> list[Visit]:
        for stretch in self.life.stretches:
            self._turn(stretch.start, stretch.sight)
            if stretch.sight.case is not None and _in_sight(stretch.sight):
                self._refresh(stretch.sight.case, stretch.end)
        running = self._running
        self._finish(self.life.ended)
        if running is not None and self.life.ending is not Ending.CRASHED:
            self._call(self.life.ended, Kind.LOST, running)
        return self.made

    def _turn(self, at: int, sight: Sight) -> None:
        """Let the case in focus run from now on, and tell of it."""
        before, now = self._running, sight.case_in_focus
        if now != before:
            self._finish(at)
            self._running, self._focus_started, self._piece_started = now, at, at
            if now is not None:
                self._call(at, Kind.GAINED, now)
            elif before is not None and sight.away is not Absence.SLEEP:
                self._call(at, Kind.REFRESH if sight.case is None else Kind.LOST, before)
        if sight.case is not None and sight.case not in self._seen:
            self._seen.add(sight.case)
            self._look_closer(at, sight.case)

    def _refresh(self, case: CaseId, until: int) -> None:
        while self._reported_at + INTERVAL_SECONDS < until:
            at = self._reported_at + INTERVAL_SECONDS
            running, began = self._running, self._focus_started
            self._finish(at)
            self._running, self._focus_started, self._piece_started = running, began, at
            self._call(at, Kind.REFRESH, case)

    def _look_closer(self, at: int, case: CaseId) -> None:
        for kinds, share in CLOSER_LOOKS.items():
            if self.rng.random() < share:
                for kind in kinds:
                    at += LOOKS_AFTER_SECONDS
                    self.made.append(Visit(at, kind, case))
                    self.worked_on |= {case} if kind is Kind.LOG else set()

    def _finish(self, at: int) -> None:
        """End the piece that runs; it waits to be sent."""
        if self._running is not None and at > self._piece_started:
            piece = Piece(self._running, self._focus_started, self._piece_started, at)
            self.waiting.append(piece)
        self._running = None

    def _call(self, at: int, kind: Kind, case: CaseId) -> None:
        self.made.append(Visit(at, kind, case, tuple(self.waiting)))
        self.worked_on |= {each.case for each in self.waiting}
        self.waiting.clear()
        self._reported_at = at
        if case in self.worked_on and case not in self._with_faces and at < self.life.ended:
            self._with_faces.add(case)
            self.made.append(Visit(at + FACES_SECONDS, Kind.FACES, case))


def _in_sight(sight: Sight) -> bool:
    return sight.away in {None, Absence.OTHER_PROGRAM}


def _earlier(visit: Visit, seconds: int) -> Visit:
    def moved(piece: Piece) -> Piece:
        return replace(
            piece,
            focus_started=piece.focus_started - seconds,
            start=piece.start - seconds,
            end=piece.end - seconds,
        )

    return replace(visit, at=visit.at - seconds, pieces=tuple(map(moved, visit.pieces)))
