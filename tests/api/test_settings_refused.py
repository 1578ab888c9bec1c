"""Dataverse refuses to tell settings: tracking goes on, and nothing that may be forbidden opens."""

import logging
from typing import Any
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

APP, INTERVAL = "office", "cht_UpdateIntervalMinutes"
TABLES = ("settingdefinition", "organizationsetting", "appsetting")
EVERY_WAY = (*TABLES, "RetrieveSetting")
CODES = [
    (400, "0x80060888"),
    (403, "0x80040220"),
    (404, "0x80060888"),
    (500, "0x80040216"),
    (501, "0x8004701a"),
]
A_LOG = {"minutes": 5, "category": 0}


def refuse(mock: MockDataverse, *names: str, status: int = 403, code: str = "0x80040220") -> None:
    mock.switches.refused = dict.fromkeys(names, (status, code))


def settings_of(api: Api, user: User, app: str | None = None) -> dict[str, Any]:
    reply = api.call("GET", "settings" + (f"?app={app}" if app else ""), user=user)
    assert reply.status == 200, reply.text
    return dict(reply.body)


def problems_of(api: Api, user: User, app: str | None = None) -> list[str]:
    return [problem["setting"] for problem in settings_of(api, user, app)["problems"]]


@pytest.mark.parametrize(("status", "code"), CODES)
@pytest.mark.parametrize("names", [EVERY_WAY, TABLES, *((name,) for name in EVERY_WAY)])
def test_whatever_is_refused_tracking_goes_on(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    amira: User,
    *,
    names: tuple[str, ...],
    status: int,
    code: str,
) -> None:
    refuse(mock, *names, status=status, code=code)
    clock.advance(minutes=20)

    reply = api.refresh(case, reported(case, 0, 600), user=amira, app=APP)
    outbox = api.deliver(reported(case, 600, 1200), user=amira)

    assert (reply.status, outbox.status) == (200, 200)
    assert [*reply.receipts.values(), *outbox.receipts.values()] == ["accepted", "accepted"]
    assert reply.body["tracking"] == {"state": "running", "reason": None}
    assert tracked(mock) == {str(case): 1200}


def test_settings_of_an_app_hold_although_their_table_may_not_be_read(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    refuse(mock, "appsetting")
    mock.setting(INTERVAL, "20")
    mock.setting(INTERVAL, "30", app=APP)
    mock.setting("cht_TimeLogsAllowed", "false", app=APP)

    assert problems_of(api, amira) == []
    assert settings_of(api, amira, APP)["updateIntervalMinutes"] == 30
    assert settings_of(api, amira)["updateIntervalMinutes"] == 20
    assert problems_of(api, amira, APP) == problems_of(api, amira) == []
    path = f"cases/{case}/time-logs"
    assert api.call("POST", f"{path}?app={APP}", A_LOG, user=amira).status == 403
    assert api.call("POST", path, A_LOG, user=amira).status == 201


def test_all_settings_hold_although_no_table_may_be_read(
    api: Api, mock: MockDataverse, amira: User
) -> None:
    refuse(mock, *TABLES, status=400, code="0x80060888")
    mock.setting(INTERVAL, "20")
    mock.setting(INTERVAL, "30", app=APP)

    found = [settings_of(api, amira, app) for app in (APP, None, "another")]

    assert [settings["updateIntervalMinutes"] for settings in found] == [30, 20, 20]
    assert [settings["problems"] for settings in found] == [[], [], []]


def test_settings_that_are_asked_for_one_by_one_cost_no_further_request(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    refuse(mock, *TABLES)
    clock.advance(minutes=40)

    def cost(*segments: object, app: str) -> int:
        mock.clear_requests()
        assert api.refresh(case, *segments, user=amira, app=app).status == 200
        return len(mock.requests)

    assert cost(reported(case, 0, 600), app=APP) == 3, "a new process"
    assert cost(reported(case, 600, 1200), app="another") == 3, "an app it has not heard of"
    assert cost(app=APP) == 2
    clock.advance(seconds=61)
    assert cost(reported(case, 1200, 1800), app=APP) == 3, "read again"


def test_one_by_one_a_change_of_any_app_is_seen_within_a_minute(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    refuse(mock, "appsetting")
    api.refresh(case, user=amira, app="Office")
    mock.setting("cht_HandlingTimeEnabled", "false", app="Office")
    clock.advance(seconds=61)
    api.refresh(case, user=amira, app="another")
    mock.fail_next(503, times=99)

    reply = api.refresh(case, reported(case, 0, 60), user=amira, app="office")

    assert reply.body["tracking"]["reason"] == "tracking_disabled"


def test_apps_that_callers_make_up_cost_no_more_than_a_few_questions(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    refuse(mock, "appsetting")
    for number in range(300):
        settings_of(api, amira, f"made_up_{number}")
    clock.advance(seconds=61)
    mock.clear_requests()

    settings_of(api, amira, APP)

    (request,) = mock.requests
    assert len(request.parts) == 2 + 6 * 7


def test_a_refused_table_is_left_alone_for_an_hour(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    refuse(mock, "appsetting")

    def asks_the_table() -> bool:
        mock.clear_requests()
        settings_of(api, amira, APP)
        return any("appsettings" in part[1] for request in mock.requests for part in request.parts)

    assert asks_the_table()
    clock.advance(minutes=59)
    assert not asks_the_table()
    clock.advance(minutes=2)
    assert asks_the_table()


def test_tables_that_tell_are_all_that_is_asked(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    settings_of(api, amira, APP)
    clock.advance(seconds=61)
    mock.clear_requests()

    settings_of(api, amira, APP)

    (request,) = mock.requests
    assert len(request.parts) == 3


@pytest.mark.parametrize("app", [None, APP])
def test_as_long_as_nothing_is_known_nobody_sees_others_or_logs_time(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User, app: str | None
) -> None:
    refuse(mock, *EVERY_WAY)
    clock.advance(minutes=20)
    api.refresh(case, reported(case, 0, 600), user=ben, app=app)

    reply = api.refresh(case, user=amira, app=app)
    log = api.call(
        "POST", f"cases/{case}/time-logs" + (f"?app={app}" if app else ""), A_LOG, user=amira
    )

    assert (reply.body["time"]["scope"], reply.body["time"]["totalSeconds"]) == ("mine", 0)
    assert (log.status, log.body["type"]) == (403, "urn:cht:problem:time-logs-not-allowed")


def test_what_the_table_of_apps_may_hold_is_not_opened_by_the_environments_values(
    api: Api, mock: MockDataverse, amira: User
) -> None:
    refuse(mock, "appsetting", "RetrieveSetting")

    assert settings_of(api, amira)["myTimeVisible"] is True
    assert settings_of(api, amira, APP)["myTimeVisible"] is False
    assert problems_of(api, amira, APP) == ["settings of apps"]


@pytest.mark.parametrize("app", [None, APP])
def test_the_last_good_copy_holds_when_settings_are_refused_later(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, app: str | None
) -> None:
    mock.setting(INTERVAL, "20")
    mock.setting("cht_MyTimeVisible", "false", app=APP)
    good = settings_of(api, amira, app)
    refuse(mock, *EVERY_WAY)

    for _ in range(3):
        clock.advance(minutes=2)
        held = settings_of(api, amira, app)
        assert held | {"problems": []} == good
        assert held["problems"]


def test_settings_are_well_again_when_they_can_be_read_again(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    refuse(mock, *EVERY_WAY)
    assert problems_of(api, amira, APP) == ["settings of the environment", "settings of apps"]
    mock.switches.refused = {}

    clock.advance(minutes=2)

    assert settings_of(api, amira, APP)["myTimeVisible"] is True
    assert problems_of(api, amira, APP) == []


def test_a_long_segment_is_kept_while_nobody_knows_the_interval(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    mock.setting(INTERVAL, "60", app="another")
    refuse(mock, "appsetting")
    clock.advance(hours=2)

    reply = api.deliver(reported(case, 0, 60 * 60), user=amira)

    assert list(reply.receipts.values()) == ["accepted"]


def test_health_says_that_settings_cannot_be_read(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    def health() -> dict[str, bool | None]:
        return dict(api.call("GET", "health").body["settings"])

    assert health() == {"readable": None}
    refuse(mock, *EVERY_WAY)
    settings_of(api, amira)
    assert health() == {"readable": False}

    mock.switches.refused = {}
    clock.advance(minutes=2)
    settings_of(api, amira)
    assert health() == {"readable": True}


def test_a_refusal_is_logged_once_for_each_read(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    amira: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    refuse(mock, *EVERY_WAY)

    for _ in range(2):
        for _ in range(5):
            api.refresh(case, user=amira)
        clock.advance(seconds=61)

    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    of_environment = [
        record for record in told if "settings of the environment" in record.getMessage()
    ]
    assert len(of_environment) == 2
    assert "403 0x80040220" in of_environment[0].getMessage()


def test_rows_of_another_shape_are_no_fault_of_a_call(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    rows = '{"value": [{"uniquename": "cht_IdleLimitMinutes", "defaultvalue": [10]}]}'
    mock.faults.add(200, body=rows, matching=lambda request: not request.impersonating, part=1)

    assert api.refresh(case, user=amira).status == 200


def test_days_are_reconciled_although_settings_are_refused(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    api.deliver(reported(case, 0, 600), user=amira)
    refuse(mock, *EVERY_WAY)
    api.restart()

    api.fire_timer("reconcile_recent")
    api.work_off_queue("reconcile")

    assert [row["cht_totalseconds"] for row in mock.rows("cht_casehandlingtime")] == [600]
