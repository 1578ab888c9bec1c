"""A story: what happens to an office, as flat facts. Any part of a story is a story too.

Moments are whole seconds from the story's beginning, by a clock that is right. Representatives,
devices, cases and time logs are numbers; whoever is named is there from the beginning. A step that
cannot happen (a case that is gone is resolved, a log is changed that nobody entered) does not.
"""

from dataclasses import dataclass, fields
from typing import TypeAlias

from tests.simulation.mishaps import Mishap


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """In one window of a device a case is in focus, within ``[start, end)``."""

    who: int
    device: int
    case: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slept:
    """A device sleeps; no program on it runs."""

    who: int
    device: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WasOffline:
    """A device reaches nobody."""

    who: int
    device: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The browser of a device is killed with all its windows, without a word to any page."""

    who: int
    device: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockIsOff:
    """A device's clock is ahead (or, negative, behind) by so much, all the time.

    Five seconds and less count as the network's doing and are not put right: this is for more.
    """

    who: int
    device: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """Somebody logs time by hand."""

    who: int
    case: int
    log: int
    minutes: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogChanged:
    """Whoever logged it changes how long it was."""

    log: int
    minutes: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogVoided:
    """Whoever logged it takes it back."""

    log: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRestored:
    """Whoever logged it lets it count again."""

    log: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Somebody makes her automatic time on a case this long; at least a second."""

    who: int
    case: int
    seconds: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone:
    """An activity regarding a case is completed."""

    who: int
    case: int
    minutes: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A case is resolved; everybody's form of it shows that at once."""

    case: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A case is cancelled."""

    case: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactivated:
    """A closed case is opened again; one that was merged stays closed."""

    case: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A case becomes part of another, if both are active."""

    case: int
    into: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A case is deleted with all that is recorded on it; none that had to do with a merge."""

    case: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMadeWrong:
    """A colleague with a console writes a wrong number into somebody's recorded days of a case."""

    who: int
    case: int
    seconds: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysErased:
    """A colleague with a console deletes somebody's recorded days of a case."""

    who: int
    case: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTimeSet:
    """An administrator shows or hides what others did."""

    visible: bool
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsIn:
    """Days are those of this time zone."""

    zone: str


OfDevice: TypeAlias = Worked | Slept | WasOffline | Crashed | ClockIsOff
ByHand: TypeAlias = Logged | LogChanged | LogVoided | LogRestored | Corrected
OfOffice: TypeAlias = (
    TaskDone
    | Resolved
    | Cancelled
    | Reactivated
    | Merged
    | Deleted
    | DayMadeWrong
    | DaysErased
    | MyTimeSet
)
Step: TypeAlias = OfDevice | ByHand | OfOffice | ReportsIn | Mishap
Story: TypeAlias = tuple[Step, ...]


def ended(story: Story) -> int:
    """Return the last moment that a story names."""
    return max((getattr(step, name, 0) for step in story for name in ("at", "end")), default=0)


def began(story: Story) -> int:
    """Return the first moment that a story names."""
    named = (getattr(step, name, None) for step in story for name in ("at", "start"))
    return min((moment for moment in named if moment is not None), default=0)


def numbers(story: Story, *names: str) -> list[int]:
    """Return the representatives, devices, cases or logs that a story names, each once."""
    found = {getattr(step, name, None) for step in story for name in names}
    return sorted(each for each in found if isinstance(each, int))


def values(step: Step) -> dict[str, object]:
    """Return what a step says, by name, in the order of its definition."""
    return {each.name: getattr(step, each.name) for each in fields(step)}
