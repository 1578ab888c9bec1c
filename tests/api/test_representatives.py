"""Everyone who worked on a case, by whatever kind of work."""

from uuid import UUID

import pytest

from tests.api.harness import NOON, Api, Clock, a_log, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

NOTHING = {
    "totalSeconds": 0,
    "automaticSeconds": 0,
    "manualSeconds": 0,
    "timeLogsSeconds": 0,
    "activitiesSeconds": 0,
}


def test_nobody_worked_on_a_new_case(api: Api, case: UUID, amira: User) -> None:
    reply = api.call("GET", f"cases/{case}/representatives", user=amira)

    assert reply.body == {"caseId": str(case), "scope": "everyone", "representatives": []}


def test_everyone_is_there_with_name_face_and_seconds_most_first(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    carla, dora = mock.add_user("Carla (test)"), mock.add_user("Dora (test)")
    mock.update_row("systemuser", ben.systemuserid, {"entityimage_url": "/Image/ben.png"})
    mock.add_row("cht_timelog", a_log(case, ben, cht_minutes=30, createdon=NOON))
    mock.add_row("cht_timelog", a_log(case, dora, statecode=1, statuscode=2))
    call = {"regardingobjectid": case, "ownerid": carla.systemuserid, "subject": "Rang"}
    mock.add_row("phonecall", call | {"actualdurationminutes": 20, "createdon": NOON})
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)

    body = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert body["scope"] == "everyone"
    assert body["representatives"] == [
        {
            "representativeId": str(user.systemuserid),
            "name": user.full_name,
            "imageUrl": image,
            "mine": user is amira,
            "seconds": NOTHING | seconds,
            "lastSeen": seen,
        }
        for user, image, seconds, seen in (
            (
                ben,
                "/Image/ben.png",
                {"totalSeconds": 1800, "manualSeconds": 1800, "timeLogsSeconds": 1800},
                "2026-03-10T12:00:00Z",
            ),
            (
                carla,
                None,
                {"totalSeconds": 1200, "manualSeconds": 1200, "activitiesSeconds": 1200},
                "2026-03-10T12:00:00Z",
            ),
            (
                amira,
                None,
                {"totalSeconds": 600, "automaticSeconds": 600},
                "2026-03-10T12:10:00Z",
            ),
        )
    ]


def test_time_stays_hers_when_its_rows_get_another_owner(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)
    log = mock.add_row("cht_timelog", a_log(case, amira))
    owner = {"ownerid": ben.systemuserid}
    mock.update_row("cht_timelog", log, owner)
    (day,) = mock.rows("cht_automatictime")
    mock.update_row("cht_automatictime", UUID(str(day["cht_automatictimeid"])), owner)

    body = api.call("GET", f"cases/{case}/representatives", user=ben).body

    assert [(each["name"], each["mine"]) for each in body["representatives"]] == [
        ("Amira (test)", False)
    ]


@pytest.mark.parametrize("kinds", [("automatic",), ("automatic", "log", "activity")])
def test_who_worked_in_several_ways_is_there_once(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, kinds: tuple[str, ...]
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)
    if "log" in kinds:
        mock.add_row("cht_timelog", a_log(case, amira))
    if "activity" in kinds:
        task = {"regardingobjectid": case, "ownerid": amira.systemuserid}
        mock.add_row("task", task | {"actualdurationminutes": 1})

    body = api.call("GET", f"cases/{case}/representatives", user=amira).body

    total = 600 + 420 * ("log" in kinds) + 60 * ("activity" in kinds)
    assert [each["seconds"]["totalSeconds"] for each in body["representatives"]] == [total]


def test_who_left_keeps_the_name(
    api: Api, mock: MockDataverse, case: UUID, amira: User, ben: User
) -> None:
    mock.add_row("cht_timelog", a_log(case, ben))
    mock.update_row("systemuser", ben.systemuserid, {"isdisabled": True})

    body = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert [each["name"] for each in body["representatives"]] == ["Ben (test)"]


def test_faces_of_a_large_team_take_no_more_requests(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    team = [mock.add_user(f"Number {number} (test)") for number in range(120)]
    for member in team:
        mock.add_row("cht_timelog", a_log(case, member))
    api.call("GET", "settings", user=amira)
    mock.clear_requests()

    body = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert {each["name"] for each in body["representatives"]} == {
        member.full_name for member in team
    }
    assert len(mock.requests) == 3


def test_a_name_is_asked_for_once_and_a_new_one_is_seen_within_the_hour(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    mock.add_row("cht_timelog", a_log(case, ben))
    api.call("GET", f"cases/{case}/representatives", user=amira)
    mock.update_row("systemuser", ben.systemuserid, {"fullname": "Benjamin (test)"})
    clock.advance(seconds=30)
    mock.clear_requests()

    known = api.call("GET", f"cases/{case}/representatives", user=amira).body
    requests = api.dataverse_requests
    clock.advance(hours=1)
    later = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert [each["name"] for each in known["representatives"]] == ["Ben (test)"]
    assert requests == 2
    assert [each["name"] for each in later["representatives"]] == ["Benjamin (test)"]
