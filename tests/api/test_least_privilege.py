"""The application user may do what the functions do and no more: each privilege has a story.

A story passes with the whole role and fails without any one of the privileges that it names.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from functions.usecases.ledger import ServiceNotAllowed
from solution.model.roles import SERVICE, Access, Role
from tests.api.harness import Api, Clock, a_log, reported
from tests.api.reconciling import from_a_form
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

Privilege = tuple[str, Access]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a story works with."""

    api: Api
    mock: MockDataverse
    clock: Clock
    case: UUID
    amira: User
    ben: User


@pytest.fixture
def desk(api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User) -> Desk:
    return Desk(api, mock, clock, case, amira, ben)


def focus_is_recorded(desk: Desk) -> bool:
    """Two deliveries of a day: its row is made, then changed."""
    receipts: list[str] = []
    for start in (0, 300):
        desk.clock.advance(minutes=5)
        reply = desk.api.refresh(desk.case, reported(desk.case, start, start + 60), user=desk.amira)
        receipts += reply.receipts.values() if reply.status == 200 else []
    seconds = [row["cht_trackedseconds"] for row in desk.mock.rows("cht_automatictime")]
    return (receipts, seconds) == (["accepted", "accepted"], [120])


def own_time_is_corrected(desk: Desk) -> bool:
    body = {"durationSeconds": 120, "reason": "Telephone"}
    reply = desk.api.call("PUT", f"cases/{desk.case}/automatic-time", body, user=desk.amira)
    return reply.status == 200


def time_is_logged(desk: Desk) -> bool:
    body = {"minutes": 5, "category": 0}
    return (
        desk.api.call("POST", f"cases/{desk.case}/time-logs", body, user=desk.amira).status == 201
    )


def a_log_is_changed(desk: Desk) -> bool:
    log = desk.mock.add_row("cht_timelog", a_log(desk.case, desk.amira))
    path = f"cases/{desk.case}/time-logs/{log}"
    return desk.api.call("PATCH", path, {"minutes": 6}, user=desk.amira).status == 200


def everybodys_time_is_told(desk: Desk) -> bool:
    """What Ben tracked, corrected, logged and phoned adds up for Amira: 30 + 30 + 420 + 180 s."""
    of_ben: dict[str, object] = {
        "cht_caseid": desk.case,
        "cht_representativeid": desk.ben.systemuserid,
        "ownerid": desk.ben.systemuserid,
        "cht_day": "2026-03-01",
    }
    numbers = {"cht_deltaseconds": 30, "cht_fromseconds": 30, "cht_toseconds": 60}
    desk.mock.add_row("cht_timeadjustment", of_ben | numbers | {"cht_reason": "Forgot"})
    desk.mock.add_row(
        "cht_automatictime", of_ben | {"cht_trackedseconds": 30, "cht_segmentcount": 1}
    )
    desk.mock.add_row("cht_timelog", a_log(desk.case, desk.ben))
    call = {"actualdurationminutes": 3, "statecode": 1, "statuscode": 2}
    desk.mock.add_row(
        "phonecall", call | {"regardingobjectid": desk.case, "ownerid": desk.ben.systemuserid}
    )
    reply = desk.api.refresh(desk.case, user=desk.amira)
    return reply.status == 200 and reply.body["time"]["totalSeconds"] == 660


def settings_are_told(desk: Desk) -> bool:
    desk.mock.setting("cht_UpdateIntervalMinutes", "20")
    desk.mock.setting("cht_UpdateIntervalMinutes", "30", app="office")
    replies = [
        desk.api.call("GET", f"settings{query}", user=desk.amira) for query in ("", "?app=office")
    ]
    return [reply.body.get("updateIntervalMinutes") for reply in replies] == [20, 30]


def _asks_one_by_one(desk: Desk, query: str = "") -> bool:
    """Tell whether settings are still asked for one by one when they are read again."""
    for _ in range(2):
        desk.clock.advance(seconds=61)
        desk.mock.clear_requests()
        desk.api.call("GET", f"settings{query}", user=desk.amira)
    parts = [part for request in desk.mock.requests for part in request.parts]
    return any("RetrieveSetting" in path for _, path, _ in parts)


def settings_come_from_their_table(desk: Desk) -> bool:
    return not _asks_one_by_one(desk)


def settings_of_apps_come_from_their_table(desk: Desk) -> bool:
    desk.mock.setting("cht_UpdateIntervalMinutes", "30", app="office")
    return not _asks_one_by_one(desk, "?app=office")


def totals_are_written(desk: Desk) -> bool:
    """Twice: the row is made, then changed."""
    seconds = []
    for _ in range(2):
        desk.mock.add_row("cht_timelog", a_log(desk.case, desk.ben))
        desk.api.fire_timer("reconcile_recent")
        desk.api.work_off_queue("reconcile")
        seconds += [row["cht_totalseconds"] for row in desk.mock.rows("cht_casehandlingtime")]
    return seconds == [420, 840]


def a_resolution_is_kept(desk: Desk) -> bool:
    desk.mock.add_row(
        "incidentresolution", {"incidentid": desk.case, "regardingobjectid": desk.case}
    )
    when = f"/Date({int(desk.clock().timestamp() * 1000)})/"
    context = {
        "MessageName": "Close",
        "PrimaryEntityName": "incident",
        "PrimaryEntityId": str(desk.case),
        "InitiatingUserId": str(desk.ben.systemuserid),
        "CorrelationId": str(desk.case),
        "OperationCreatedOn": when,
    }
    desk.api.call("POST", "webhooks/dataverse", context)
    desk.api.work_off_queue("case-events")
    return len(desk.mock.rows("cht_handlingtimesnapshot")) == 1


def a_resolution_that_nobody_told_of_is_kept(desk: Desk) -> bool:
    desk.mock.add_row(
        "incidentresolution", {"incidentid": desk.case, "regardingobjectid": desk.case}
    )
    desk.api.fire_timer("reconcile_history")
    desk.api.work_off_queue("case-events")
    return len(desk.mock.rows("cht_handlingtimesnapshot")) == 1


def a_merge_is_followed(desk: Desk) -> bool:
    """What Ben corrected on a case counts for the case that it was merged into."""
    surviving = desk.mock.add_row("incident", {"title": "Printer again"})
    numbers = {"cht_deltaseconds": 30, "cht_fromseconds": 0, "cht_toseconds": 30}
    of_ben = {
        "cht_caseid": desk.case,
        "cht_representativeid": desk.ben.systemuserid,
        "ownerid": desk.ben.systemuserid,
    }
    desk.mock.add_row(
        "cht_timeadjustment",
        of_ben | numbers | {"cht_day": "2026-03-01", "cht_reason": "Forgot"},
    )
    state = {"statecode": 2, "statuscode": 2000, "masterid": surviving, "merged": True}
    desk.mock.update_row("incident", desk.case, state)
    desk.api.queues["reconcile"].append(json.dumps({"kind": "cases", "cases": [str(desk.case)]}))
    desk.api.work_off_queue("reconcile")
    totals = desk.mock.rows("cht_casehandlingtime")
    return [(row["_cht_caseid_value"], row["cht_totalseconds"]) for row in totals] == [
        (str(surviving), 30)
    ]


NEW_ROW = (Access.CREATE, Access.APPEND)
NEEDED_FOR: dict[Callable[[Desk], bool], set[Privilege]] = {
    focus_is_recorded: {
        *(("cht_focussegment", access) for access in (*NEW_ROW, Access.READ)),
        *(("cht_automatictime", access) for access in (*NEW_ROW, Access.WRITE)),
        ("incident", Access.APPEND_TO),
        ("systemuser", Access.APPEND_TO),
    },
    own_time_is_corrected: {("cht_timeadjustment", access) for access in NEW_ROW},
    time_is_logged: {("cht_timelog", access) for access in NEW_ROW},
    a_log_is_changed: {("cht_timelog", Access.WRITE)},
    everybodys_time_is_told: {
        (table, Access.READ)
        for table in (
            "incident",
            "activitypointer",
            "cht_automatictime",
            "cht_timeadjustment",
            "cht_timelog",
        )
    },
    totals_are_written: {
        ("cht_casehandlingtime", access) for access in (*NEW_ROW, Access.READ, Access.WRITE)
    },
    a_resolution_is_kept: {("cht_handlingtimesnapshot", access) for access in NEW_ROW},
    a_resolution_that_nobody_told_of_is_kept: {("cht_handlingtimesnapshot", Access.READ)},
    a_merge_is_followed: {("cht_timeadjustment", Access.WRITE)},
    settings_are_told: {(table, Access.READ) for table in ("systemuser", "settingdefinition")},
    settings_come_from_their_table: {("organizationsetting", Access.READ)},
    settings_of_apps_come_from_their_table: {
        (table, Access.READ) for table in ("appsetting", "appmodule")
    },
}
EACH = [
    pytest.param(story, privilege, id=f"{privilege[1].name} of {privilege[0]}: {story.__name__}")
    for story, privileges in NEEDED_FOR.items()
    for privilege in sorted(privileges)
]


DEPLOYED = SERVICE.privileges | SERVICE.where_offered
"""What the role holds where the deployment could add what no file of the solution names."""


def without(privilege: Privilege) -> Role:
    privileges = {key: depth for key, depth in DEPLOYED.items() if key != privilege}
    return replace(SERVICE, privileges=privileges, where_offered={})


@pytest.mark.parametrize("story", NEEDED_FOR, ids=lambda story: story.__name__)
def test_with_its_role_the_service_does_its_work(desk: Desk, story: Callable[[Desk], bool]) -> None:
    assert story(desk)


@pytest.mark.parametrize(("story", "privilege"), EACH)
def test_without_a_privilege_a_story_ends_badly(
    desk: Desk, story: Callable[[Desk], bool], privilege: Privilege
) -> None:
    desk.mock.add_role(without(privilege))

    with suppress(ServiceNotAllowed):
        assert not story(desk)


def test_a_role_from_before_snapshots_were_looked_for_does_not_keep_the_night_from_days(
    desk: Desk,
) -> None:
    from_a_form(desk.mock, desk.amira, desk.case, 0, 60)
    desk.mock.add_role(without(("cht_handlingtimesnapshot", Access.READ)))

    desk.api.fire_timer("reconcile_history")

    assert any('"days"' in message for message in desk.api.queues["reconcile"])


def test_without_acting_for_people_no_focus_is_recorded(desk: Desk) -> None:
    desk.mock.add_role(replace(SERVICE, acts_on_behalf=False))

    assert not focus_is_recorded(desk)


def test_no_privilege_is_without_a_story() -> None:
    needed = [privilege for privileges in NEEDED_FOR.values() for privilege in privileges]

    assert sorted(needed) == sorted(DEPLOYED)
