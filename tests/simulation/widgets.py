"""Widgets as far as time goes: a model of ours. What they record is kept until a receipt names it.

- A focus is cut every ten minutes; a piece is sent when it is finished.
- What cannot be sent waits with the device, for any page of it, and is sent again and again.
- A killed browser loses what came after its last beat. Beats are five seconds apart, from the
  moment the focus began.
- Sleep is noticed within the second: what comes after it is a focus of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from tests.api.harness import wire_time
from tests.mock_dataverse.people import User
from tests.simulation.agenda import BEGINNING, CHANGES, Agenda
from tests.simulation.host import Host
from tests.simulation.story import Worked

PIECE_SECONDS = 600
BEAT_SECONDS = 5
MOST_IN_A_CALL = 500
NETWORK_MS = 100
PART_OF_A_SECOND_MS = 300
"""What the clock of a device shows beyond the whole second, unless it is set wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a focus, by a clock that is right."""

    id: UUID
    case: int
    focus: int
    start: int
    end: int

    @property
    def told(self) -> str:
        return f"{self.start} to {self.end} on case {self.case}"


@dataclass(slots=True)
class Page:
    """A window that shows a case; ``focus`` and ``piece`` are when these began."""

    case: int
    number: int
    focus: int | None = None
    piece: int = 0
    pieces: int = 0
    dead: bool = False


@dataclass(slots=True)
class Device:
    """A browser with its windows and what waits in its storage."""

    who: int
    number: int
    user: User
    host: Host
    agenda: Agenda
    case_id: Callable[[int], UUID]
    is_open: Callable[[int], bool]
    clock_error: int = 0
    sleeping: int = 0
    offline: int = 0
    down: bool = False
    pages: list[Page] = field(default_factory=list)
    recorded: dict[UUID, Piece] = field(default_factory=dict)
    receipts: dict[UUID, str] = field(default_factory=dict)
    _outbox: dict[UUID, Piece] = field(default_factory=dict)
    _opened: int = 0
    _calls: int = 0
    _failures: int = 0
    _calling: bool = False
    _retries: bool = False

    @property
    def waiting(self) -> int:
        return len(self._outbox)

    def open(self, step: Worked) -> Page:
        self._opened += 1
        page = Page(step.case, self._opened)
        self.pages.append(page)
        was_down, self.down = self.down, False
        self._gain(page)
        if was_down:
            self.send()
        return page

    def close(self, page: Page) -> None:
        if page.dead:
            return
        self._lose(page, self.agenda.now)
        self.pages.remove(page)
        self.send(page.case)

    def crash(self) -> None:
        """Die: what is left of a running focus is what was written down at the last beat."""
        for page in self.pages:
            page.dead = True
            if page.focus is not None:
                self._lose(page, self._last_beat(page.focus))
        self.pages.clear()
        self.down = True

    def fall_asleep(self) -> None:
        self.sleeping += 1
        for page in self.pages:
            self._lose(page, self.agenda.now)

    def wake(self) -> None:
        self.sleeping -= 1
        for page in self.pages:
            self._gain(page)
        self.send()

    def lose_network(self) -> None:
        self.offline += 1

    def find_network(self) -> None:
        self.offline -= 1
        self.send()

    def refresh(self) -> None:
        """Deliver what ran until the last beat, as somebody who chooses Refresh does."""
        for page in self.pages:
            if page.focus is not None and not self._calling:
                beat = self._last_beat(page.focus)
                self._finish(page, beat)
                page.piece = max(page.piece, beat)
        self.send()

    def go_well(self) -> None:
        """Be on, online and running from now on."""
        self.down = False
        while self.sleeping:
            self.wake()
        self.offline = 0
        self.send()

    def see_closed(self, case: int) -> None:
        """Stop in the windows of a case that is closed."""
        for page in self._showing(case):
            self._lose(page, self.agenda.now)
            self.send(case)

    def see_opened(self, case: int) -> None:
        for page in self._showing(case):
            self._gain(page)

    def send(self, case: int | None = None) -> None:
        """Deliver what waits, with a call about a case or without, if anything can be sent now."""
        if not self._outbox or self.sleeping or self.offline or self.down or self._calling:
            return
        some = list(self._outbox.values())[:MOST_IN_A_CALL]
        self._calling = True
        reply = self._call(case, some)
        self._calling = False
        if reply is None:
            self._failures += 1
            self._send_later(min(600, 15 * 2**self._failures))
            return
        self._failures = 0
        for each in some:
            if each.id in reply:
                self.receipts[each.id] = reply[each.id]
                del self._outbox[each.id]
            else:
                self.host.problems.append(f"no receipt for {each.told}")
        if self._outbox:
            self._send_later(1)

    def _call(self, case: int | None, some: list[Piece]) -> dict[UUID, str] | None:
        """Return the receipts, or ``None`` without an answer that settles anything."""
        self._calls += 1
        sent_at = self._by_its_clock(self.agenda.now, -NETWORK_MS)
        body: dict[str, object] = {
            "sentAt": wire_time(sent_at),
            "segments": [self._on_the_wire(each) for each in some],
        }
        path = "segments"
        if case is not None:
            kind = ("refresh", "focus")[self._calls % 2]
            path = f"cases/{self.case_id(case)}/{kind}"
            body |= {"surface": "workspace"} | ({"event": "lost"} if kind == "focus" else {})
        reply = self.host.ask("POST", path, body, user=self.user)
        if reply is not None and reply.status == 404 and case is not None:
            return self._call(None, some)
        if reply is None or reply.status not in (200, 202):
            if reply is not None and reply.status < 500:
                self.host.problems.append(f"{path} answered {reply.status}: {reply.text}")
            return None
        return {UUID(segment): verdict for segment, verdict in reply.receipts.items()}

    def _send_later(self, seconds: int) -> None:
        if not self._retries:
            self._retries = True
            self.agenda.add(self.agenda.now + seconds, self._send_again)

    def _send_again(self) -> None:
        self._retries = False
        if self._calling:
            self._send_later(1)
        self.send()

    def _showing(self, case: int) -> list[Page]:
        return [page for page in self.pages if page.case == case]

    def _gain(self, page: Page) -> None:
        if page.focus is None and not self.sleeping and self.is_open(page.case):
            page.focus = page.piece = self.agenda.now
            self._cut_later(page, page.focus)

    def _last_beat(self, focus: int) -> int:
        return focus + (self.agenda.now - focus) // BEAT_SECONDS * BEAT_SECONDS

    def _lose(self, page: Page, at: int) -> None:
        if page.focus is not None:
            self._finish(page, at)
            page.focus = None

    def _cut_later(self, page: Page, focus: int) -> None:
        def cut() -> None:
            if page.focus == focus:
                self._finish(page, self.agenda.now)
                page.piece = self.agenda.now
                self._cut_later(page, focus)
                self.send(page.case)

        self.agenda.add(page.piece + PIECE_SECONDS, cut, rank=CHANGES)

    def _finish(self, page: Page, at: int) -> None:
        assert page.focus is not None
        if at <= page.piece:
            return
        page.pieces += 1
        name = f"{self.who}/{self.number}/{page.number}/{page.pieces}"
        piece = Piece(uuid5(NAMESPACE_OID, name), page.case, page.focus, page.piece, at)
        self.recorded[piece.id] = self._outbox[piece.id] = piece

    def _by_its_clock(self, at: int, milliseconds: int = 0) -> datetime:
        beyond = 0 if self.clock_error else PART_OF_A_SECOND_MS
        return BEGINNING + timedelta(
            seconds=at + self.clock_error, milliseconds=beyond + milliseconds
        )

    def _on_the_wire(self, piece: Piece) -> dict[str, object]:
        moments = {"focusStartedAt": piece.focus, "startedAt": piece.start, "endedAt": piece.end}
        return {
            "id": str(piece.id),
            "caseId": str(self.case_id(piece.case)),
            **{name: wire_time(self._by_its_clock(at)) for name, at in moments.items()},
            "endReason": "interval",
            "surface": "workspace",
            "windowId": f"window-{self.number}",
        }
