"""History and representatives as the widget shows them."""

from collections.abc import Collection
from typing import Generic, TypeVar
from uuid import UUID

from functions.contracts.entries import TimeLogView
from functions.contracts.time import SecondsView
from functions.contracts.wire import Moment, View
from functions.timekeeping.entries import Activity, Adjustment
from functions.timekeeping.totals import Contribution, Scope
from functions.usecases.show_history import History, Section, Team

ViewT = TypeVar("ViewT", bound=View)


class PageView(View, Generic[ViewT]):
    """One page of a list; ``nextCursor`` is null at the end."""

    items: tuple[ViewT, ...]
    next_cursor: str | None = None


class AdjustmentView(View):
    """A correction: when, from, to and why."""

    id: UUID
    delta_seconds: int
    from_seconds: int
    to_seconds: int
    reason: str
    at: Moment

    @classmethod
    def of(cls, adjustment: Adjustment) -> "AdjustmentView":
        return cls(
            id=adjustment.id,
            delta_seconds=adjustment.delta_seconds,
            from_seconds=adjustment.from_seconds,
            to_seconds=adjustment.to_seconds,
            reason=adjustment.reason,
            at=adjustment.created_at,
        )


class AutomaticTimeView(View):
    """A representative's automatic time on the case: tracked, corrected, and how."""

    representative_id: UUID
    name: str | None
    mine: bool
    seconds: int
    tracked_seconds: int
    adjusted_seconds: int
    updated_at: Moment | None
    adjustments: tuple[AdjustmentView, ...]


class ActivityView(View):
    """An activity regarding the case."""

    id: UUID
    type: str
    subject: str
    representative_id: UUID
    name: str | None
    mine: bool
    minutes: int
    status: str
    at: Moment

    @classmethod
    def of(cls, activity: Activity, *, mine: bool) -> "ActivityView":
        return cls(
            id=activity.id,
            type=activity.kind,
            subject=activity.subject,
            representative_id=activity.representative,
            name=activity.name,
            mine=mine,
            minutes=activity.minutes,
            status=activity.status,
            at=activity.at,
        )


class HistoryView(View):
    """``GET cases/{caseId}/history``: the lists that were asked for; the others are null."""

    case_id: UUID
    scope: Scope
    automatic_time: PageView[AutomaticTimeView] | None = None
    time_logs: PageView[TimeLogView] | None = None
    activities: PageView[ActivityView] | None = None

    @classmethod
    def of(cls, history: History, *, case_id: UUID, sections: Collection[Section]) -> "HistoryView":
        return cls(
            case_id=case_id,
            scope=history.scope,
            automatic_time=_automatic(history) if Section.AUTOMATIC_TIME in sections else None,
            time_logs=_time_logs(history) if Section.TIME_LOGS in sections else None,
            activities=_activities(history) if Section.ACTIVITIES in sections else None,
        )


def _automatic(history: History) -> PageView[AutomaticTimeView]:
    people, adjustments = history.lists.people, history.lists.adjustments
    return PageView(
        items=tuple(
            AutomaticTimeView(
                representative_id=part.representative,
                name=people[part.representative].name if part.representative in people else None,
                mine=part.representative == history.viewer,
                seconds=part.automatic,
                tracked_seconds=part.tracked,
                adjusted_seconds=part.adjusted,
                updated_at=part.last_seen,
                adjustments=tuple(
                    AdjustmentView.of(each)
                    for each in adjustments
                    if each.representative == part.representative
                ),
            )
            for part in history.automatic
        )
    )


def _time_logs(history: History) -> PageView[TimeLogView]:
    logs = history.lists.time_logs
    return PageView(
        items=tuple(
            TimeLogView.of(log, mine=log.representative == history.viewer) for log in logs.items
        ),
        next_cursor=logs.cursor,
    )


def _activities(history: History) -> PageView[ActivityView]:
    activities = history.lists.activities
    return PageView(
        items=tuple(
            ActivityView.of(each, mine=each.representative == history.viewer)
            for each in activities.items
        ),
        next_cursor=activities.cursor,
    )


class RepresentativeView(View):
    """Somebody who worked on the case; ``imageUrl`` is relative to the environment."""

    representative_id: UUID
    name: str | None
    image_url: str | None
    mine: bool
    seconds: SecondsView
    last_seen: Moment | None


class RepresentativesView(View):
    """``GET cases/{caseId}/representatives``: most time first."""

    case_id: UUID
    scope: Scope
    representatives: tuple[RepresentativeView, ...]

    @classmethod
    def of(cls, team: Team, *, case_id: UUID) -> "RepresentativesView":
        return cls(
            case_id=case_id,
            scope=team.scope,
            representatives=tuple(_representative(each, team) for each in team.contributions),
        )


def _representative(part: Contribution, team: Team) -> RepresentativeView:
    person = team.people.get(part.representative)
    return RepresentativeView(
        representative_id=part.representative,
        name=person.name if person else None,
        image_url=person.image_path if person else None,
        mine=part.representative == team.viewer,
        seconds=SecondsView.of(part.by_kind),
        last_seen=part.last_seen,
    )
