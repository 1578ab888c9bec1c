"""Administrators' settings: app over environment over default, in range, read again in time."""

from typing import Any
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

DEFAULTS = {
    "handlingTimeEnabled": True,
    "updateIntervalMinutes": 10,
    "myTimeVisible": True,
    "timeLogsAllowed": True,
    "idleLimitMinutes": 0,
    "reportingTimeZone": "UTC",
    "segmentRetentionDays": 90,
}
INTERVAL = "cht_UpdateIntervalMinutes"


def _settings(api: Api, user: User, app: str | None = None) -> dict[str, Any]:
    reply = api.call("GET", "settings" + (f"?app={app}" if app else ""), user=user)
    assert reply.status == 200, reply.text
    return dict(reply.body)


def test_unless_set_they_are_the_defaults(api: Api, amira: User) -> None:
    assert _settings(api, amira) == DEFAULTS | {"problems": []}


@pytest.mark.parametrize(
    ("environment", "app", "expected"),
    [
        (None, None, (10, 10, 10)),
        ("20", None, (20, 20, 20)),
        (None, "30", (10, 30, 10)),
        ("20", "30", (20, 30, 20)),
    ],
)
def test_an_app_wins_over_the_environment_and_that_over_the_default(
    api: Api,
    mock: MockDataverse,
    amira: User,
    environment: str | None,
    app: str | None,
    *,
    expected: tuple[int, int, int],
) -> None:
    mock.setting(INTERVAL, environment)
    mock.setting(INTERVAL, app, app="office")

    found = [_settings(api, amira, each) for each in (None, "office", "another")]

    assert tuple(each["updateIntervalMinutes"] for each in found) == expected
    assert [each["problems"] for each in found] == [[], [], []]


def test_the_default_is_the_definitions(api: Api, mock: MockDataverse, amira: User) -> None:
    (definition,) = (row for row in mock.rows("settingdefinition") if row["uniquename"] == INTERVAL)
    identifier = UUID(str(definition["settingdefinitionid"]))
    mock.update_row("settingdefinition", identifier, {"defaultvalue": "15"})

    assert _settings(api, amira)["updateIntervalMinutes"] == 15


NOT_TAKEN: list[tuple[str, str, str, object]] = [
    (INTERVAL, "9", "updateIntervalMinutes", 10),
    (INTERVAL, "61", "updateIntervalMinutes", 60),
    (INTERVAL, "-5", "updateIntervalMinutes", 10),
    (INTERVAL, "2147483647", "updateIntervalMinutes", 60),
    (INTERVAL, "9" * 30, "updateIntervalMinutes", 10),
    (INTERVAL, "ten", "updateIntervalMinutes", 10),
    (INTERVAL, "12.5", "updateIntervalMinutes", 10),
    (INTERVAL, "--5", "updateIntervalMinutes", 10),
    (INTERVAL, "+-5", "updateIntervalMinutes", 10),
    (INTERVAL, "\u00b2", "updateIntervalMinutes", 10),
    ("cht_IdleLimitMinutes", "-1", "idleLimitMinutes", 0),
    ("cht_IdleLimitMinutes", "100000", "idleLimitMinutes", 1440),
    ("cht_SegmentRetentionDays", "0", "segmentRetentionDays", 1),
    ("cht_SegmentRetentionDays", "999999", "segmentRetentionDays", 3650),
    ("cht_MyTimeVisible", "perhaps", "myTimeVisible", True),
    ("cht_HandlingTimeEnabled", "2", "handlingTimeEnabled", True),
    ("cht_ReportingTimeZone", "Europe/Atlantis", "reportingTimeZone", "UTC"),
    ("cht_ReportingTimeZone", "W. Europe Standard Time", "reportingTimeZone", "UTC"),
    ("cht_ReportingTimeZone", "../../etc/passwd", "reportingTimeZone", "UTC"),
    ("cht_ReportingTimeZone", "x" * 4000, "reportingTimeZone", "UTC"),
]
"""A setting, a text that cannot be taken as it is, where it is told, and what is used."""
OF_ENVIRONMENT = {"cht_ReportingTimeZone", "cht_SegmentRetentionDays"}
"""No app can have a value of its own."""


@pytest.mark.parametrize(
    ("app", "setting", "text", "member", "used"),
    [
        (app, *row)
        for row in NOT_TAKEN
        for app in (None, "office")
        if not (app and row[0] in OF_ENVIRONMENT)
    ],
)
def test_what_cannot_be_taken_as_it_is_is_told_and_made_up_for(
    api: Api,
    mock: MockDataverse,
    amira: User,
    case: UUID,
    app: str | None,
    *,
    setting: str,
    text: str,
    member: str,
    used: object,
) -> None:
    mock.setting(setting, text, app=app)

    found = _settings(api, amira, app)

    assert found[member] == used
    (problem,) = found["problems"]
    assert (problem["setting"], problem["value"]) == (setting, text[:100])
    assert problem["detail"]
    assert api.refresh(case, user=amira, app=app).status == 200


@pytest.mark.parametrize(
    ("setting", "text", "member", "used"),
    [
        (INTERVAL, "10", "updateIntervalMinutes", 10),
        (INTERVAL, " 60 ", "updateIntervalMinutes", 60),
        ("cht_IdleLimitMinutes", "1440", "idleLimitMinutes", 1440),
        ("cht_SegmentRetentionDays", "1", "segmentRetentionDays", 1),
        ("cht_MyTimeVisible", "False", "myTimeVisible", False),
        ("cht_TimeLogsAllowed", "0", "timeLogsAllowed", False),
        ("cht_HandlingTimeEnabled", "no", "handlingTimeEnabled", False),
        ("cht_ReportingTimeZone", "Europe/Berlin", "reportingTimeZone", "Europe/Berlin"),
        ("cht_ReportingTimeZone", "", "reportingTimeZone", "UTC"),
    ],
)
def test_what_is_in_range_is_taken(
    api: Api,
    mock: MockDataverse,
    amira: User,
    *,
    setting: str,
    text: str,
    member: str,
    used: object,
) -> None:
    mock.setting(setting, text)

    assert _settings(api, amira) == DEFAULTS | {member: used, "problems": []}


def test_they_are_read_again_after_a_minute(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    assert _settings(api, amira)["updateIntervalMinutes"] == 10
    mock.setting(INTERVAL, "20")
    mock.clear_requests()

    clock.advance(seconds=59)
    assert _settings(api, amira)["updateIntervalMinutes"] == 10
    assert mock.requests == []

    clock.advance(seconds=2)
    assert _settings(api, amira)["updateIntervalMinutes"] == 20
    assert len(mock.requests) == 1


def test_the_last_good_copy_holds_while_dataverse_is_down(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    mock.setting("cht_IdleLimitMinutes", "7", app="office")
    api.refresh(case, user=amira, app="office")
    clock.advance(hours=5)
    mock.fail_next(503, times=99)

    reply = api.refresh(case, reported(case, 0, 60), user=amira, app="office")

    assert reply.status == 202
    assert reply.body["settings"] == DEFAULTS | {"idleLimitMinutes": 7}


def test_a_change_takes_effect_while_a_widget_runs(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    def after_ten_minutes(start: int) -> Any:  # noqa: ANN401 - any JSON
        clock.advance(minutes=10)
        return api.refresh(case, reported(case, start, start + 600), user=amira)

    assert list(after_ten_minutes(0).receipts.values()) == ["accepted"]

    mock.setting("cht_HandlingTimeEnabled", "false")
    stopped = after_ten_minutes(600)
    assert list(stopped.receipts.values()) == ["tracking_disabled"]
    assert stopped.body["tracking"] == {"state": "stopped", "reason": "tracking_disabled"}
    assert stopped.body["time"]["automaticSeconds"] == 600

    mock.setting("cht_HandlingTimeEnabled", "true")
    mock.setting(INTERVAL, "20")
    running = after_ten_minutes(1200)
    assert list(running.receipts.values()) == ["accepted"]
    assert running.body["tracking"] == {"state": "running", "reason": None}
    assert running.body["time"]["automaticSeconds"] == 1200
    assert running.body["time"]["nextUpdateAt"] == "2026-03-10T12:50:00Z"


@pytest.mark.parametrize(("minutes", "fate"), [(12, "accepted"), (13, "too_long")])
def test_a_longer_interval_lets_segments_last_longer(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, *, minutes: int, fate: str
) -> None:
    clock.advance(hours=2)
    short = api.deliver(reported(case, 0, 60 * minutes), user=amira)
    mock.setting(INTERVAL, "60", app="office")
    api.restart()

    longer = api.deliver(reported(case, 0, 62 * 60), user=amira)

    assert list(short.receipts.values()) == [fate]
    assert list(longer.receipts.values()) == ["accepted"]


@pytest.fixture
def moved(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> list[dict[str, Any]]:
    """Two segments of one focus: the first recorded, then the zone's day became another."""
    clock.advance(minutes=20)
    segments = [reported(case, 0, 600), reported(case, 600, 900, focus=0)]
    api.deliver(segments[0], user=amira)
    mock.setting("cht_ReportingTimeZone", "Pacific/Auckland")
    clock.advance(seconds=61)
    return segments


def test_time_recorded_stays_with_its_day_when_the_zone_changes(
    api: Api, mock: MockDataverse, case: UUID, amira: User, moved: list[dict[str, Any]]
) -> None:
    reply = api.deliver(*moved, user=amira)

    assert list(reply.receipts.values()) == ["duplicate", "accepted"]
    rows = mock.rows("cht_automatictime")
    assert {row["cht_day"]: row["cht_trackedseconds"] for row in rows} == {
        "2026-03-10": 600,
        "2026-03-11": 300,
    }
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] == 900


def test_the_answer_holds_what_it_recorded_also_when_the_zone_just_changed(
    api: Api, case: UUID, amira: User, moved: list[dict[str, Any]]
) -> None:
    reply = api.refresh(case, *moved, user=amira)

    assert reply.body["time"]["automaticSeconds"] == 900
