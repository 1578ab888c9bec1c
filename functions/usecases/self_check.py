"""The service tries its own calls, before the first representative does, and says what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Protocol
from uuid import UUID

from functions.timekeeping.identifiers import CaseId, SegmentId


class Check(StrEnum):
    """What is tried, in this order."""

    SETTINGS = "settings"
    APP_SETTINGS = "settingsOfApps"
    REPRESENTATIVE = "representative"
    ACTING = "actingForThem"
    CASE = "case"
    NEW_SEGMENT = "newSegment"
    REPEATED_SEGMENT = "repeatedSegment"
    SEGMENT_READ = "segmentReadBack"
    WIDGET_CALL = "widgetCall"


class Fate(StrEnum):
    """What became of it.

    ``OTHERWISE`` is done in another way, ``ABSENT`` found nothing, ``WRONG`` found something else
    than it should; for ``NONE_YET`` there is nothing that it could be tried on.
    """

    DONE = auto()
    OTHERWISE = auto()
    NONE_YET = auto()
    REFUSED = auto()
    ABSENT = auto()
    WRONG = auto()
    NO_ANSWER = auto()
    NO_TOKEN = auto()
    SKIPPED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a check, with the status and the code that storage answered, if it did."""

    fate: Fate
    status: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A check, what became of it, and what follows from that."""

    check: Check
    outcome: Outcome
    follows: str

    @property
    def is_ok(self) -> bool:
        return self.outcome.fate in (Fate.DONE, Fate.OTHERWISE, Fate.NONE_YET)


class TriesCalls(Protocol):
    """The calls that the service makes of storage."""

    def outcomes(
        self, named: UUID, case: CaseId | None, *, app: str | None, segment: SegmentId
    ) -> Mapping[Check, Outcome]:
        """Try all of them; none that fails is raised."""


def self_check(
    named: UUID,
    case: CaseId | None,
    *,
    app: str | None,
    segment: SegmentId,
    calls: TriesCalls,
) -> tuple[Line, ...]:
    """Return what became of each check.

    Args:
        named: the representative to act for, by the id of the user or of their sign-in.
        case: a case to read as that person; any, if none is named.
        app: the app whose settings are asked for if their table does not tell; any, likewise.
        segment: the id of the segment that is written for the check.
        calls: who makes the calls.
    """
    outcomes = calls.outcomes(named, case, app=app, segment=segment)
    return tuple(
        Line(check=check, outcome=outcomes[check], follows=_follows(check, outcomes[check]))
        for check in Check
    )


def _follows(check: Check, outcome: Outcome) -> str:
    return FOLLOWS.get((check, outcome.fate)) or BY_FATE[outcome.fate]


BY_FATE = {
    Fate.DONE: "Works.",
    Fate.OTHERWISE: "Works in another way.",
    Fate.NONE_YET: "Nothing is there yet to try it on.",
    Fate.REFUSED: "Dataverse refuses it: compare the roles with those of the solution.",
    Fate.ABSENT: "Nothing was found.",
    Fate.WRONG: "Something else came back than was expected.",
    Fate.NO_ANSWER: "Dataverse does not answer now. Segments wait in the queue; try again later.",
    Fate.NO_TOKEN: "The functions cannot sign in to Dataverse: look at their identity or secret, "
    "and at the application user.",
    Fate.SKIPPED: "Not tried, because of what failed before.",
}

NOT_RECORDED = (
    "No time of theirs can be recorded: give them the role Case Time Representative, and the "
    "application user the role Case Time Service."
)
FOLLOWS = {
    (Check.SETTINGS, Fate.OTHERWISE): "Their table may not be read: they are asked for one by one.",
    (Check.SETTINGS, Fate.REFUSED): "The values known last hold; where none are known, tracking "
    "goes on, and nobody sees the time of others or may log time by hand.",
    (Check.APP_SETTINGS, Fate.OTHERWISE): "Their table may not be read: they are asked for one by "
    "one, for the app that a call comes from.",
    (Check.APP_SETTINGS, Fate.REFUSED): "The values known last hold; where none are known, "
    "tracking goes on in apps, and nobody sees the time of others or may log time by hand there.",
    (Check.APP_SETTINGS, Fate.ABSENT): "Their table may not be read, and no app was found to ask "
    "for: name an app.",
    (Check.REPRESENTATIVE, Fate.ABSENT): "No enabled user of this environment has this id: nothing "
    "further could be tried.",
    (Check.REPRESENTATIVE, Fate.REFUSED): "The application user may not read users: give it the "
    "role Case Time Service.",
    (Check.ACTING, Fate.REFUSED): "The application user may not act for them. It needs the role "
    "Case Time Service, and they need to be enabled, with a licence and a role.",
    (Check.ACTING, Fate.WRONG): "Dataverse acts for somebody else than was named.",
    (Check.CASE, Fate.NONE_YET): "No case is there to read; name one.",
    (Check.CASE, Fate.ABSENT): "They see no such case, so no time on it can be recorded or shown.",
    (Check.CASE, Fate.REFUSED): "They may not read cases, or the application user may not: both "
    "need the right to.",
    (Check.NEW_SEGMENT, Fate.REFUSED): NOT_RECORDED,
    (Check.REPEATED_SEGMENT, Fate.DONE): "A segment that arrives twice is known, and counts once.",
    (Check.REPEATED_SEGMENT, Fate.WRONG): "Dataverse takes a segment twice: evidence could be "
    "written over. Do not use this environment, and report it.",
    (
        Check.REPEATED_SEGMENT,
        Fate.REFUSED,
    ): "A segment that arrives twice would not be known, as it cannot be read back.",
    (Check.SEGMENT_READ, Fate.REFUSED): "Segments cannot be read back by id and partition, so days "
    "cannot be made from them: they need the right to read their own.",
    (Check.SEGMENT_READ, Fate.ABSENT): "A segment that was written is not there yet.",
    (Check.WIDGET_CALL, Fate.DONE): "What the widget asks for at each call can be read.",
    (Check.WIDGET_CALL, Fate.REFUSED): "Calls of the widget fail, or record nothing: compare the "
    "roles with those of the solution.",
}
