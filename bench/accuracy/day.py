"""A day of one representative as it really was: what she did, and what failed around her.

Moments are whole seconds from the day's midnight in UTC, by a clock that is right; a late shift
reaches beyond 86,400.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from typing import TypeAlias

from functions.timekeeping.identifiers import CaseId


class Device(StrEnum):
    """A machine with one browser, which shares its storage among its windows."""

    DESK = "desk"
    LAPTOP = "laptop"


@dataclass(frozen=True, slots=True)
class Window:
    """A browser window; all windows of a device are in sight unless she is away from it."""

    number: int
    device: Device


class Absence(Enum):
    """Why nobody looks at a device's windows; each tells a page in its own way, or not at all."""

    OTHER_PROGRAM = "another program covers them"
    LOCK = "she locked the screen"
    SLEEP = "the device sleeps, and no program on it runs"


@dataclass(frozen=True, slots=True)
class Opened:
    """She opens a window on a case, and works there."""

    at: int
    window: Window
    case: CaseId


@dataclass(frozen=True, slots=True)
class Showed:
    """She brings another case to the front of a window."""

    at: int
    window: Window
    case: CaseId


@dataclass(frozen=True, slots=True)
class Turned:
    """She goes on in another window of the same device."""

    at: int
    window: Window


@dataclass(frozen=True, slots=True)
class Closed:
    """A window is closed in good order; a reload is this and ``Opened`` a second later or more."""

    at: int
    window: Window


@dataclass(frozen=True, slots=True)
class Crashed:
    """A browser is killed with all its windows, without a word to any page."""

    at: int
    device: Device


@dataclass(frozen=True, slots=True)
class Left:
    """A device is left."""

    at: int
    device: Device
    absence: Absence


@dataclass(frozen=True, slots=True)
class Returned:
    """She is back, in the window she was in."""

    at: int
    device: Device


@dataclass(frozen=True, slots=True)
class Resolved:
    """She resolves a case; from now on it is not worked on, whoever looks at it."""

    at: int
    case: CaseId


Event: TypeAlias = Opened | Showed | Turned | Closed | Crashed | Left | Returned | Resolved


@dataclass(frozen=True, slots=True)
class ClockSet:
    """Somebody sets a device's clock, forward or (negative) back."""

    at: int
    device: Device
    by_ms: int


class Fault(Enum):
    """What happens to a call."""

    UNREACHABLE = "it does not arrive"
    ANSWER_LOST = "it does its work, and the caller does not learn of it"


@dataclass(frozen=True, slots=True)
class Outage:
    """Calls made within ``[start, end)`` fail; those of one device, or all."""

    start: int
    end: int
    fault: Fault
    device: Device | None = None

    def hits(self, device: Device, at: int) -> bool:
        return self.start <= at < self.end and self.device in (None, device)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Events in their order, and what nobody did.

    ``clock_errors_ms`` is by how much a device's clock is ahead at the start.
    """

    date: date
    events: tuple[Event, ...]
    outages: tuple[Outage, ...] = ()
    clock_sets: tuple[ClockSet, ...] = ()
    clock_errors_ms: Mapping[Device, int] = field(default_factory=dict)
    network_delay_ms: int = 100

    @property
    def ended(self) -> int:
        return self.events[-1].at

    def moment(self, at: int, *, plus_ms: int = 0) -> datetime:
        """Return what a clock shows that is ahead by so many milliseconds."""
        midnight = datetime(self.date.year, self.date.month, self.date.day, tzinfo=UTC)
        return midnight + timedelta(seconds=at, milliseconds=plus_ms)

    def clock_error_ms(self, device: Device, at: int) -> int:
        """Return by how much a device's clock is ahead."""
        sets = (each.by_ms for each in self.clock_sets if each.device is device and each.at <= at)
        return self.clock_errors_ms.get(device, 0) + sum(sets)

    def fault_at(self, device: Device, at: int) -> Fault | None:
        """Return what happens to a device's call; the worse of two faults."""
        faults = {outage.fault for outage in self.outages if outage.hits(device, at)}
        return next((fault for fault in Fault if fault in faults), None)
