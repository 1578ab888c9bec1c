"""The service tries its own calls, so that no first representative finds out what is refused."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from functions.repositories.inventory import Inventory
from solution.model.identity import APP_NAME
from solution.model.roles import REPRESENTATIVE, SERVICE, Access
from tests.api.harness import NOON, Api, Clock, Reply
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

EVERY = [
    "settings",
    "settingsOfApps",
    "representative",
    "actingForThem",
    "case",
    "newSegment",
    "repeatedSegment",
    "segmentReadBack",
    "widgetCall",
]
AFTER = EVERY[3:]
"""What is not tried when there is nobody to act for."""

APP_ASKED_FOR = re.compile(r"RetrieveSetting\(\S*AppUniqueName=\S*@p2=%27(\w+)%27")


def check(
    api: Api, user: User | UUID, case: UUID | None = None, *, app: str | None = None
) -> Reply:
    body = {
        "representative": str(user if isinstance(user, UUID) else user.systemuserid),
        "caseId": None if case is None else str(case),
        "app": app,
    }
    return api.call("POST", "self-check", body)


def lines(reply: Reply) -> dict[str, dict[str, Any]]:
    assert reply.status == 200, reply.text
    return {line["check"]: line for line in reply.body["checks"]}


def refuse(mock: MockDataverse, *names: str, code: tuple[int, str] = (403, "0x80040220")) -> None:
    mock.switches.refused = dict.fromkeys(names, code)


def failing(reply: Reply) -> list[str]:
    return [name for name, line in lines(reply).items() if not line["ok"]]


def test_where_all_is_well_every_line_says_so(
    api: Api, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(seconds=0.7)

    reply = check(api, amira, case)

    assert reply.body["ok"] is True
    assert list(lines(reply)) == EVERY
    assert failing(reply) == []
    answers = {name: (line["status"], line["code"]) for name, line in lines(reply).items()}
    assert answers["newSegment"] == (204, None)
    assert answers["repeatedSegment"] == (412, "0x80040237")
    assert answers["segmentReadBack"] == (200, None)
    assert answers["widgetCall"] == (200, None)


def test_the_representative_may_be_named_by_their_sign_in(
    api: Api, amira: User, case: UUID
) -> None:
    assert failing(check(api, amira.entra_object_id, case)) == []


def test_without_a_case_any_is_read(api: Api, amira: User, case: UUID) -> None:
    assert case
    assert failing(check(api, amira)) == []


def test_an_environment_without_a_case_is_well_and_that_is_said(api: Api, amira: User) -> None:
    reply = check(api, amira)

    assert reply.body["ok"] is True
    line = lines(reply)["case"]
    assert (line["ok"], line["status"], line["code"]) == (True, 200, None)
    assert line["follows"] == "No case is there to read; name one."


def test_no_figure_takes_in_what_it_writes(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    check(api, amira, case)
    clock.advance(minutes=1)

    (segment,) = mock.rows("cht_focussegment")
    assert segment["partitionid"] == "self-check"
    assert segment["cht_day"] is None
    api.fire_timer("reconcile_recent")
    api.fire_timer("reconcile_history")
    assert not any('"days"' in message for message in api.queues["reconcile"])
    api.work_off_queue("reconcile")
    assert [row["cht_totalseconds"] for row in mock.rows("cht_casehandlingtime")] == []
    assert api.refresh(case, user=amira).body["time"]["totalSeconds"] == 0
    inventory = Inventory(dataverse=api.services.dataverse, pace=api.services.pace)
    assert inventory.work_days((NOON - timedelta(days=2)).date(), None) == frozenset()
    assert mock.rows("cht_automatictime") == []


def test_what_it_writes_is_gone_within_the_hour(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    check(api, amira, case)
    clock.advance(minutes=59)

    assert mock.rows("cht_focussegment") == []


def test_it_can_be_repeated(api: Api, amira: User, case: UUID) -> None:
    assert [check(api, amira, case).body["ok"] for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("answer", [(409, "0x80060892"), (400, "0x80040265"), (404, "0x80040217")])
def test_status_and_code_of_a_repeated_segment_are_told(
    api: Api, mock: MockDataverse, amira: User, case: UUID, answer: tuple[int, str]
) -> None:
    mock.switches.elastic_duplicate = answer

    line = lines(check(api, amira, case))["repeatedSegment"]

    assert (line["ok"], line["status"], line["code"]) == (True, *answer)


def test_settings_that_are_asked_for_one_by_one_are_well(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    mock.switches.refused = {"organizationsetting": (403, "0x80040220")}

    line = lines(check(api, amira, case))["settings"]

    assert (line["ok"], line["status"], line["code"]) == (True, 403, "0x80040220")
    assert "one by one" in line["follows"]


def test_settings_that_nobody_tells_are_failing_lines(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    refuse(mock, "settingdefinition", "appsetting", "RetrieveSetting", code=(400, "0x80060888"))

    reply = check(api, amira, case)

    assert failing(reply) == ["settings", "settingsOfApps"]
    for name in failing(reply):
        assert lines(reply)[name]["status"] == 400
        assert "nobody sees the time of others" in lines(reply)[name]["follows"]


@pytest.mark.parametrize("named", [None, "office"])
def test_settings_of_apps_are_asked_for_where_their_table_does_not_tell(
    api: Api, mock: MockDataverse, amira: User, case: UUID, named: str | None
) -> None:
    refuse(mock, "appsetting")
    mock.clear_requests()

    line = lines(check(api, amira, case, app=named))["settingsOfApps"]

    assert (line["ok"], line["status"], line["code"]) == (True, 403, "0x80040220")
    assert "one by one" in line["follows"]
    apps = [app for request in mock.requests for app in APP_ASKED_FOR.findall(request.body)]
    assert apps == [named or APP_NAME] * 7


def test_settings_of_an_app_that_are_refused_are_a_failing_line(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    refuse(mock, "appsetting", "RetrieveSetting")

    reply = check(api, amira, case)

    assert failing(reply) == ["settingsOfApps"]
    assert lines(reply)["settingsOfApps"]["status"] == 403


@pytest.mark.parametrize("listed", [True, False])
def test_settings_of_apps_that_nothing_could_be_asked_about_are_a_failing_line(
    api: Api, mock: MockDataverse, amira: User, case: UUID, *, listed: bool
) -> None:
    if listed:
        (app,) = mock.rows("appmodule")
        mock.delete_row("appmodule", UUID(str(app["appmoduleid"])))
    refuse(mock, "appsetting", *([] if listed else ["appmodule"]))

    reply = check(api, amira, case)

    assert failing(reply) == ["settingsOfApps"]
    assert "name an app" in lines(reply)["settingsOfApps"]["follows"]


def test_without_the_right_to_list_apps_a_table_that_tells_is_enough(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    refuse(mock, "appmodule")

    assert failing(check(api, amira, case)) == []


@pytest.mark.parametrize("disabled", [False, True])
def test_somebody_who_is_no_enabled_user_is_told(
    api: Api, mock: MockDataverse, amira: User, *, disabled: bool
) -> None:
    if disabled:
        mock.update_row("systemuser", amira.systemuserid, {"isdisabled": True})

    reply = check(api, amira if disabled else uuid4())

    assert failing(reply) == ["representative", *AFTER]
    assert "No enabled user" in lines(reply)["representative"]["follows"]
    assert mock.rows("cht_focussegment") == []


def test_without_the_right_to_act_for_people_that_is_said(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    mock.add_role(replace(SERVICE, acts_on_behalf=False))

    reply = check(api, amira, case)

    assert failing(reply) == AFTER
    line = lines(reply)["actingForThem"]
    assert (line["status"], line["code"]) == (403, "0x8004a110")
    assert "Case Time Service" in line["follows"]


def test_a_case_that_they_do_not_see_is_a_failing_line(api: Api, amira: User) -> None:
    reply = check(api, amira, uuid4())

    assert failing(reply) == ["case", "widgetCall"]
    assert lines(reply)["widgetCall"]["status"] == 200


def test_a_representative_without_their_role_is_told(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    create = ("cht_focussegment", Access.CREATE)
    less = {key: depth for key, depth in REPRESENTATIVE.privileges.items() if key != create}
    mock.add_role(replace(REPRESENTATIVE, privileges=less))

    reply = check(api, amira, case)

    assert failing(reply) == ["newSegment", "repeatedSegment", "segmentReadBack"]
    assert lines(reply)["newSegment"]["status"] == 403
    assert "Case Time Representative" in lines(reply)["newSegment"]["follows"]


def test_a_lost_answer_is_no_failure(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    mock.fail_next(
        503,
        when="after",
        matching=lambda request: "POST" in {method for method, _, _ in request.parts},
    )

    assert failing(check(api, amira, case)) == []


@pytest.mark.parametrize("after", range(6))
@pytest.mark.parametrize("status", [503, 400])
def test_a_dead_or_refusing_dataverse_gives_lines(
    api: Api, mock: MockDataverse, amira: User, case: UUID, *, after: int, status: int
) -> None:
    for number in range(after, 30):
        mock.fail_call(number, status)

    reply = check(api, amira, case)

    assert list(lines(reply)) == EVERY
    failed = [line for line in lines(reply).values() if not line["ok"]]
    assert status in [line["status"] for line in failed]


def test_that_nobody_can_sign_in_is_told(
    api: Api, monkeypatch: pytest.MonkeyPatch, amira: User
) -> None:
    monkeypatch.delenv("IDENTITY_ENDPOINT")
    api.restart()

    reply = check(api, amira)

    assert failing(reply) == EVERY
    assert "sign in" in lines(reply)["settings"]["follows"]


def test_it_tells_nothing_of_people_or_rows(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    mock.setting("cht_ReportingTimeZone", "Europe/Berlin")

    said = check(api, amira, case).text

    people = (amira.systemuserid, amira.entra_object_id, amira.full_name)
    for secret in (*people, case, "Printer", "Berlin", "http", "org.crm"):
        assert str(secret) not in said


def test_its_own_role_is_enough_and_less_is_not(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    create = ("cht_focussegment", Access.CREATE)
    less = {key: depth for key, depth in SERVICE.privileges.items() if key != create}
    assert failing(check(api, amira, case)) == []
    mock.add_role(replace(SERVICE, privileges=less))

    assert failing(check(api, amira, case)) == ["newSegment", "repeatedSegment", "segmentReadBack"]
