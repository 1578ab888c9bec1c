"""What the widget is told: is the case tracked, what became of segments, and the time."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from functions.contracts.wire import Moment, View
from functions.timekeeping.cases import StopReason
from functions.timekeeping.segments import Receipt, Refusal, Verdict
from functions.timekeeping.settings import SettingProblem, Settings
from functions.timekeeping.totals import CaseTime, Scope, TimeByKind
from functions.usecases.show_case_time import CaseAnswer


class TrackingView(View):
    """Whether the case is tracked now, and why not."""

    state: Literal["running", "stopped"]
    reason: StopReason | None

    @classmethod
    def of(cls, stopped: StopReason | None) -> "TrackingView":
        return cls(state="stopped" if stopped else "running", reason=stopped)


class SettingsView(View):
    """The effective settings for the caller's app."""

    handling_time_enabled: bool
    update_interval_minutes: int
    my_time_visible: bool
    time_logs_allowed: bool
    idle_limit_minutes: int
    reporting_time_zone: str
    segment_retention_days: int

    @classmethod
    def of(cls, settings: Settings) -> "SettingsView":
        return cls(
            handling_time_enabled=settings.handling_time_enabled,
            update_interval_minutes=settings.update_interval_minutes,
            my_time_visible=settings.my_time_visible,
            time_logs_allowed=settings.time_logs_allowed,
            idle_limit_minutes=settings.idle_limit_minutes,
            reporting_time_zone=settings.reporting_zone.key,
            segment_retention_days=settings.retention_days,
        )


class SettingProblemView(View):
    """A setting whose value could not be taken as it is."""

    setting: str
    value: str
    detail: str


class SettingsReportView(SettingsView):
    """``GET settings``: the effective settings, what is wrong with values and what is unread."""

    problems: tuple[SettingProblemView, ...]

    @classmethod
    def of(
        cls, settings: Settings, *, unread: tuple[SettingProblem, ...] = ()
    ) -> "SettingsReportView":
        problems = tuple(
            SettingProblemView(setting=problem.setting, value=problem.value, detail=problem.detail)
            for problem in (*unread, *settings.problems)
        )
        return cls(**SettingsView.of(settings).model_dump(by_alias=False), problems=problems)


class ReceiptView(View):
    """What became of one segment; the bounds are those kept of a clamped one."""

    id: UUID
    status: Verdict
    reason: Refusal | None = None
    started_at: Moment | None = None
    ended_at: Moment | None = None

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptView":
        return cls(
            id=receipt.segment,
            status=receipt.verdict,
            reason=receipt.refusal,
            started_at=receipt.kept.start if receipt.kept else None,
            ended_at=receipt.kept.end if receipt.kept else None,
        )


class ReceiptsView(View):
    """``POST segments``: a receipt for each segment."""

    receipts: tuple[ReceiptView, ...]

    @classmethod
    def of(cls, receipts: Iterable[Receipt]) -> "ReceiptsView":
        return cls(receipts=tuple(map(ReceiptView.of, receipts)))


class SecondsView(View):
    """Seconds by kind; manual is time logs and activities, total is everything."""

    total_seconds: int
    automatic_seconds: int
    manual_seconds: int
    time_logs_seconds: int
    activities_seconds: int

    @classmethod
    def of(cls, time: TimeByKind) -> "SecondsView":
        return cls(
            total_seconds=time.total,
            automatic_seconds=time.automatic,
            manual_seconds=time.manual,
            time_logs_seconds=time.time_logs,
            activities_seconds=time.activities,
        )


class TimeView(SecondsView):
    """A case's time; with scope ``mine`` the outer figures are the caller's own too."""

    case_id: UUID
    scope: Scope
    mine: SecondsView
    updated_at: Moment
    next_update_at: Moment
    stale: bool

    @classmethod
    def of(cls, time: CaseTime) -> "TimeView":  # type: ignore[override]
        return cls(
            **SecondsView.of(time.shown).model_dump(by_alias=False),
            case_id=time.case,
            scope=time.scope,
            mine=SecondsView.of(time.mine),
            updated_at=time.updated_at,
            next_update_at=time.next_update_at,
            stale=time.stale,
        )


class CaseAnswerView(View):
    """The answer to focus and refresh; ``time`` is null when nothing is known of it."""

    tracking: TrackingView
    settings: SettingsView
    receipts: tuple[ReceiptView, ...]
    time: TimeView | None

    @classmethod
    def of(cls, answer: CaseAnswer) -> "CaseAnswerView":
        return cls(
            tracking=TrackingView.of(answer.stopped),
            settings=SettingsView.of(answer.settings),
            receipts=tuple(map(ReceiptView.of, answer.receipts)),
            time=TimeView.of(answer.time) if answer.time else None,
        )
