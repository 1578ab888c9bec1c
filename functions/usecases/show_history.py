"""The history of a case: automatic time, time logs and activities, as far as the caller may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from functions.timekeeping.entries import Activity, Adjustment, TimeLog
from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.totals import Contribution, Scope
from functions.usecases.ledger import Ledger, Look

T = TypeVar("T")


class Section(StrEnum):
    """The three lists."""

    AUTOMATIC_TIME = "automaticTime"
    TIME_LOGS = "timeLogs"
    ACTIVITIES = "activities"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list; ``cursor`` leads to the next one, ``None`` at the end."""

    items: tuple[T, ...] = ()
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A representative as people know her; ``image_path`` is relative to the environment."""

    name: str
    image_path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lists of a case are wanted; ``only`` whose entries, ``None`` for everybody's.

    Args:
        people: representatives whose names are wanted.
        cursor: where a page ended; only with one section.
    """

    case: CaseId
    sections: frozenset[Section]
    only: RepresentativeId | None
    people: frozenset[RepresentativeId] = frozenset()
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What was read."""

    time_logs: Part[TimeLog] = Part()
    activities: Part[Activity] = Part()
    adjustments: tuple[Adjustment, ...] = ()
    people: Mapping[RepresentativeId, Person]


class ReadsLists(Protocol):
    """Where the lists are."""

    def read(self, wanted: Wanted) -> Lists:
        """Read in one round trip.

        Raises:
            StorageUnavailable: no usable answer in time.
            InvalidEntry: the cursor is not one of ours.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The lists as the viewer may see them; a section that was not asked for is empty."""

    viewer: RepresentativeId
    scope: Scope
    automatic: tuple[Contribution, ...]
    lists: Lists


def show_history(
    case: CaseId,
    *,
    sections: Iterable[Section],
    cursor: str | None,
    app: str | None,
    ledger: Ledger,
    archive: ReadsLists,
) -> History:
    """Return the wanted lists, newest entries first.

    Raises:
        CaseNotFound: the caller may not read the case.
        InvalidEntry: the cursor is not one of ours.
        StorageUnavailable: storage does not answer.
    """
    sections = frozenset(sections)
    snapshot = ledger.look(Look(cases=frozenset({case}), figures_of=case, app=app))
    if case not in snapshot.cases:
        raise CaseNotFound(f"no case {case}")
    scope = snapshot.settings.for_app(app).scope
    only = snapshot.representative if scope is Scope.MINE else None
    automatic: tuple[Contribution, ...] = ()
    if Section.AUTOMATIC_TIME in sections:
        seen = (each for each in snapshot.figures.values() if each.tracked or each.corrections)
        automatic = tuple(each for each in seen if only in (None, each.representative))
    wanted = Wanted(
        case=case,
        sections=sections,
        only=only,
        people=frozenset(each.representative for each in automatic),
        cursor=cursor,
    )
    return History(
        viewer=snapshot.representative,
        scope=scope,
        automatic=tuple(sorted(automatic, key=lambda each: -each.automatic)),
        lists=archive.read(wanted),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Everyone who worked on a case, most time first, with names."""

    viewer: RepresentativeId
    scope: Scope
    contributions: tuple[Contribution, ...]
    people: Mapping[RepresentativeId, Person]


def show_representatives(
    case: CaseId, *, app: str | None, ledger: Ledger, archive: ReadsLists
) -> Team:
    """Return who worked on the case, as far as the caller may see.

    Raises:
        CaseNotFound: the caller may not read the case.
        StorageUnavailable: storage does not answer.
    """
    snapshot = ledger.look(Look(cases=frozenset({case}), figures_of=case, app=app))
    if case not in snapshot.cases:
        raise CaseNotFound(f"no case {case}")
    scope = snapshot.settings.for_app(app).scope
    seen = [
        each
        for each in snapshot.figures.values()
        if scope is Scope.EVERYONE or each.representative == snapshot.representative
    ]
    wanted = Wanted(
        case=case,
        sections=frozenset(),
        only=None,
        people=frozenset(each.representative for each in seen),
    )
    return Team(
        viewer=snapshot.representative,
        scope=scope,
        contributions=tuple(sorted(seen, key=lambda each: -each.by_kind.total)),
        people=archive.read(wanted).people,
    )
