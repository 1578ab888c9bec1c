import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from functions.contracts.entries import (
    AutomaticTimeBody,
    TimeLogBody,
    TimeLogChangeBody,
    TimeLogView,
)
from functions.timekeeping.entries import Category
from functions.timekeeping.identifiers import TimeLogId
from functions.usecases.log_time import NewTimeLog, TimeLogChange
from tests.builders import AMIRA, CASE, time_log

ID = UUID(int=1)
LOG: dict[str, Any] = {"id": str(ID), "minutes": 15, "category": 0}
CORRECTION: dict[str, Any] = {"durationSeconds": 60, "reason": "lunch"}


def a_log(**changes: object) -> TimeLogBody:
    return TimeLogBody.model_validate_json(json.dumps({**LOG, **changes}))


def test_a_time_log_needs_minutes_and_a_category() -> None:
    assert a_log().to_time_log() == NewTimeLog(
        id=TimeLogId(ID), minutes=15, category=Category.RESEARCH
    )


def test_a_time_log_without_an_id_gets_one() -> None:
    body = json.dumps({"minutes": 15, "category": 0})

    first, second = (TimeLogBody.model_validate_json(body).id for _ in range(2))
    assert first != second


def test_a_time_log_is_read_with_all_it_can_have() -> None:
    told = a_log(minutes=1440, category=3, note=" call\nwith\tlegal ", loggedOn="2026-03-09")

    assert told.to_time_log() == NewTimeLog(
        id=TimeLogId(ID),
        minutes=1440,
        category=Category.MISCELLANEOUS,
        note="call\nwith\tlegal",
        logged_on=date(2026, 3, 9),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", 0),
        ("minutes", 1441),
        ("minutes", 1.5),
        ("minutes", "15"),
        ("minutes", True),
        ("minutes", None),
        ("minutes", float("nan")),
        ("category", 4),
        ("category", -1),
        ("category", "Research"),
        ("category", None),
        ("note", "x" * 501),
        ("note", "🕐" * 251),
        ("id", str(UUID(int=0))),
        ("note", "bell\u0007"),
        ("note", "\u001b[31m"),
        ("note", 7),
        ("loggedOn", "2026-02-30"),
        ("loggedOn", "1999-12-31"),
        ("loggedOn", "2100-01-01"),
        ("loggedOn", "2026-03-10T12:00:00Z"),
        ("loggedOn", 20260310),
        ("id", "no id"),
        ("representative", str(AMIRA)),
    ],
)
def test_a_time_log_that_is_not_as_agreed_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        a_log(**{name: value})

    assert {each["loc"] for each in caught.value.errors()} == {(name,)}


def test_what_a_change_leaves_out_stays() -> None:
    assert TimeLogChangeBody.model_validate_json("{}").to_change() == TimeLogChange()


def test_a_change_is_read_with_all_it_can_have() -> None:
    body = {"minutes": 20, "category": 1, "note": "", "loggedOn": "2026-03-09"}

    assert TimeLogChangeBody.model_validate_json(json.dumps(body)).to_change() == TimeLogChange(
        minutes=20,
        category=Category.COLLABORATION,
        note="",
        logged_on=date(2026, 3, 9),
    )


@pytest.mark.parametrize("body", [{"voided": True}, {"minutes": 0}, {"caseId": str(CASE)}])
def test_a_change_of_anything_else_is_refused(body: object) -> None:
    with pytest.raises(ValidationError):
        TimeLogChangeBody.model_validate_json(json.dumps(body))


@pytest.mark.parametrize("seconds", [0, 366 * 86_400])
def test_automatic_time_is_corrected_to_some_seconds_for_a_reason(seconds: int) -> None:
    body = json.dumps({**CORRECTION, "durationSeconds": seconds})

    assert AutomaticTimeBody.model_validate_json(body).duration_seconds == seconds


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("durationSeconds", -1),
        ("durationSeconds", 366 * 86_400 + 1),
        ("durationSeconds", 1.5),
        ("durationSeconds", "60"),
        ("reason", ""),
        ("reason", "   "),
        ("reason", "x" * 501),
        ("reason", "a\u0000b"),
        ("reason", None),
    ],
)
def test_a_correction_that_is_not_as_agreed_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        AutomaticTimeBody.model_validate_json(json.dumps({**CORRECTION, name: value}))


@pytest.mark.parametrize(("voided", "status"), [(False, "active"), (True, "voided")])
def test_a_time_log_is_told(status: str, *, voided: bool) -> None:
    view = TimeLogView.of(time_log(note="call", voided=voided), mine=True)

    assert json.loads(view.model_dump_json()) == {
        "id": str(ID),
        "representativeId": str(AMIRA),
        "name": None,
        "mine": True,
        "minutes": 15,
        "category": 0,
        "note": "call",
        "loggedOn": "2026-03-10",
        "status": status,
        "createdAt": "2026-03-10T12:00:00Z",
    }
