"""What goes out, word for word."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from functions.contracts.history import HistoryView, RepresentativesView
from functions.contracts.time import (
    CaseAnswerView,
    ReceiptsView,
    SettingsReportView,
    TimeView,
)
from functions.contracts.wire import View
from functions.timekeeping.cases import StopReason
from functions.timekeeping.entries import Activity
from functions.timekeeping.segments import Receipt, Refusal, Verdict
from functions.timekeeping.settings import SettingProblem, Settings
from functions.timekeeping.totals import CaseTime, Contribution, Scope, TimeByKind
from functions.usecases.show_case_time import CaseAnswer
from functions.usecases.show_history import History, Lists, Part, Person, Section, Team
from tests.builders import AMIRA, BORIS, CASE, NOON, adjustment, at, segment_id, span, time_log

ALL = TimeByKind(automatic=1, time_logs=20, activities=300)
MINE = TimeByKind(automatic=1)
TIME = CaseTime(
    case=CASE,
    scope=Scope.EVERYONE,
    shown=ALL,
    mine=MINE,
    updated_at=at(0.9),
    next_update_at=at(600),
)
MINE_SECONDS = {
    "totalSeconds": 1,
    "automaticSeconds": 1,
    "manualSeconds": 0,
    "timeLogsSeconds": 0,
    "activitiesSeconds": 0,
}
SETTINGS = {
    "handlingTimeEnabled": True,
    "updateIntervalMinutes": 10,
    "myTimeVisible": True,
    "timeLogsAllowed": True,
    "idleLimitMinutes": 0,
    "reportingTimeZone": "UTC",
    "segmentRetentionDays": 90,
}
PEOPLE = {AMIRA: Person(name="Amira", image_path="/a.png")}
AMIRAS = Contribution(representative=AMIRA, tracked=100, adjusted=-30, last_seen=NOON)
BORISES = Contribution(representative=BORIS, tracked=7)


def told(view: View) -> Any:  # noqa: ANN401 - JSON
    return json.loads(view.model_dump_json())


def test_a_time_is_told_in_whole_seconds_and_utc() -> None:
    assert told(TimeView.of(TIME)) == {
        "caseId": str(CASE),
        "scope": "everyone",
        "totalSeconds": 321,
        "automaticSeconds": 1,
        "manualSeconds": 320,
        "timeLogsSeconds": 20,
        "activitiesSeconds": 300,
        "mine": MINE_SECONDS,
        "updatedAt": "2026-03-10T12:00:00Z",
        "nextUpdateAt": "2026-03-10T12:10:00Z",
        "stale": False,
    }


def test_a_moment_of_another_zone_is_told_in_utc() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-5)))

    assert told(TimeView.of(replace(TIME, updated_at=there)))["updatedAt"] == (
        "2026-03-10T12:00:00Z"
    )


@pytest.mark.parametrize(
    ("stopped", "tracking"),
    [
        (None, {"state": "running", "reason": None}),
        (StopReason.CASE_RESOLVED, {"state": "stopped", "reason": "case_resolved"}),
    ],
)
def test_an_answer_is_tracking_settings_receipts_and_time(
    stopped: StopReason | None, tracking: dict[str, str | None]
) -> None:
    answer = CaseAnswer(stopped=stopped, settings=Settings(), receipts=(), time=None)

    assert told(CaseAnswerView.of(answer)) == {
        "tracking": tracking,
        "settings": SETTINGS,
        "receipts": [],
        "time": None,
    }


def test_receipts_tell_what_became_of_a_segment() -> None:
    receipts = [
        Receipt(segment=segment_id(1), verdict=Verdict.ACCEPTED),
        Receipt(segment=segment_id(2), verdict=Verdict.REJECTED, refusal=Refusal.TOO_OLD),
        Receipt(segment=segment_id(3), verdict=Verdict.CLAMPED, kept=span(-60, 0)),
    ]
    nothing = {"reason": None, "startedAt": None, "endedAt": None}

    assert told(ReceiptsView.of(receipts)) == {
        "receipts": [
            {"id": str(UUID(int=1)), "status": "accepted", **nothing},
            {"id": str(UUID(int=2)), "status": "rejected", **nothing, "reason": "too_old"},
            {
                "id": str(UUID(int=3)),
                "status": "clamped",
                "reason": None,
                "startedAt": "2026-03-10T11:59:00Z",
                "endedAt": "2026-03-10T12:00:00Z",
            },
        ]
    }


def test_settings_are_told_with_their_problems() -> None:
    settings = Settings(
        reporting_zone=ZoneInfo("Europe/Berlin"),
        problems=(SettingProblem("cht_IdleLimitMinutes", "x", "not a whole number; 0 is used"),),
    )

    assert told(SettingsReportView.of(settings)) == {
        **SETTINGS,
        "reportingTimeZone": "Europe/Berlin",
        "problems": [
            {
                "setting": "cht_IdleLimitMinutes",
                "value": "x",
                "detail": "not a whole number; 0 is used",
            }
        ],
    }


def a_history() -> History:
    call = Activity(
        id=UUID(int=5),
        kind="phonecall",
        subject="Call",
        representative=BORIS,
        minutes=5,
        status="completed",
        at=NOON,
        name="Boris",
    )
    return History(
        viewer=AMIRA,
        scope=Scope.EVERYONE,
        automatic=(AMIRAS, BORISES),
        lists=Lists(
            time_logs=Part((time_log(),), "next"),
            activities=Part((call,)),
            adjustments=(adjustment(100, 70), adjustment(9, 7, id=2, representative=BORIS)),
            people=PEOPLE,
        ),
    )


def test_lists_that_were_not_asked_for_are_null() -> None:
    view = HistoryView.of(a_history(), case_id=CASE, sections=[])

    assert told(view) == {
        "caseId": str(CASE),
        "scope": "everyone",
        "automaticTime": None,
        "timeLogs": None,
        "activities": None,
    }


def test_automatic_time_is_told_with_the_corrections_of_its_representative() -> None:
    view = HistoryView.of(a_history(), case_id=CASE, sections=[Section.AUTOMATIC_TIME])

    amira, boris = told(view)["automaticTime"]["items"]
    assert amira == {
        "representativeId": str(AMIRA),
        "name": "Amira",
        "mine": True,
        "seconds": 70,
        "trackedSeconds": 100,
        "adjustedSeconds": -30,
        "updatedAt": "2026-03-10T12:00:00Z",
        "adjustments": [
            {
                "id": str(UUID(int=1)),
                "deltaSeconds": -30,
                "fromSeconds": 100,
                "toSeconds": 70,
                "reason": "forgot to close the tab",
                "at": "2026-03-10T12:00:00Z",
            }
        ],
    }
    assert (boris["name"], boris["mine"], boris["updatedAt"]) == (None, False, None)
    assert [each["deltaSeconds"] for each in boris["adjustments"]] == [-2]


def test_a_list_that_goes_on_has_a_cursor() -> None:
    view = HistoryView.of(
        a_history(), case_id=CASE, sections=[Section.TIME_LOGS, Section.ACTIVITIES]
    )

    assert told(view)["timeLogs"]["nextCursor"] == "next"
    assert told(view)["timeLogs"]["items"][0]["mine"] is True
    assert told(view)["activities"] == {
        "items": [
            {
                "id": str(UUID(int=5)),
                "type": "phonecall",
                "subject": "Call",
                "representativeId": str(BORIS),
                "name": "Boris",
                "mine": False,
                "minutes": 5,
                "status": "completed",
                "at": "2026-03-10T12:00:00Z",
            }
        ],
        "nextCursor": None,
    }


def test_representatives_are_told_with_face_and_seconds() -> None:
    team = Team(
        viewer=AMIRA,
        scope=Scope.EVERYONE,
        contributions=(replace(AMIRAS, adjusted=-99), BORISES),
        people=PEOPLE,
    )

    amira, boris = told(RepresentativesView.of(team, case_id=CASE))["representatives"]
    assert amira == {
        "representativeId": str(AMIRA),
        "name": "Amira",
        "imageUrl": "/a.png",
        "mine": True,
        "seconds": MINE_SECONDS,
        "lastSeen": "2026-03-10T12:00:00Z",
    }
    assert (boris["name"], boris["imageUrl"], boris["lastSeen"]) == (None, None, None)
