"""Time logged by hand: entered, changed, voided and restored, by its owner, once."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.harness import Api, Clock, Reply, a_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

ID = "00000000-0000-4000-8000-000000000001"
ENTERED = {"id": ID, "minutes": 30, "category": 2, "note": "Call", "loggedOn": "2026-03-09"}


def _add(api: Api, case: UUID, user: User, **changed: object) -> Reply:
    return api.call("POST", f"cases/{case}/time-logs", ENTERED | changed, user=user)


def _seconds(api: Api, case: UUID, user: User) -> int:
    return int(api.refresh(case, user=user).body["time"]["timeLogsSeconds"])


def test_a_log_counts_and_can_be_traced(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    reply = _add(api, case, amira, note="  Call \u2603 'x' ")

    assert reply.status == 201
    assert reply.body | {"name": None} == {
        "id": ID,
        "representativeId": str(amira.systemuserid),
        "name": None,
        "mine": True,
        "minutes": 30,
        "category": 2,
        "note": "Call \u2603 'x'",
        "loggedOn": "2026-03-09",
        "status": "active",
        "createdAt": "2026-03-10T12:00:00Z",
    }
    (row,) = mock.rows("cht_timelog")
    assert (row["cht_timelogid"], row["_cht_caseid_value"]) == (ID, str(case))
    assert row["cht_note"] == "Call \u2603 'x'"
    assert row["createdon"] == "2026-03-10T12:00:00Z"
    for who in ("_ownerid", "_createdby", "_cht_representativeid"):
        assert row[f"{who}_value"] == str(amira.systemuserid)
    assert row["_createdonbehalfby_value"] == str(mock.service_user_id)
    assert _seconds(api, case, amira) == 1800


@pytest.mark.parametrize(
    ("zone", "today"),
    [("UTC", "2026-03-10"), ("Pacific/Auckland", "2026-03-11"), ("Etc/GMT+12", "2026-03-10")],
)
def test_without_a_day_it_is_todays_where_the_reports_are_made(
    api: Api, mock: MockDataverse, case: UUID, amira: User, zone: str, today: str
) -> None:
    mock.setting("cht_ReportingTimeZone", zone)

    reply = api.call("POST", f"cases/{case}/time-logs", {"minutes": 1, "category": 0}, user=amira)

    assert reply.body["loggedOn"] == today
    assert _add(api, case, amira, loggedOn=today).status == 201
    assert _add(api, case, amira, id=str(uuid4()), loggedOn="2026-03-12").status == 422


def test_the_same_request_twice_is_one_log(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    first = _add(api, case, amira)
    clock.advance(hours=30)

    again = _add(api, case, amira)

    assert (first.status, again.status) == (201, 201)
    assert again.body | {"name": None} == first.body | {"name": None}
    assert len(mock.rows("cht_timelog")) == 1


@pytest.mark.parametrize("call", range(2))
def test_a_lost_answer_leaves_one_log(
    api: Api, mock: MockDataverse, case: UUID, amira: User, call: int
) -> None:
    _seconds(api, case, amira)  # settings and who she is are known from here on
    mock.fail_call(call, 0, when="after", drop=True)

    replies = [_add(api, case, amira), _add(api, case, amira)]

    assert {reply.status for reply in replies} <= {201, 503}
    assert replies[-1].status == 201
    assert len(mock.rows("cht_timelog")) == 1


@pytest.mark.parametrize("changed", [{"minutes": 31}, {"category": 0}, {"note": "x"}])
def test_another_log_with_a_known_id_changes_nothing(
    api: Api, mock: MockDataverse, case: UUID, amira: User, changed: dict[str, object]
) -> None:
    _add(api, case, amira)
    before = mock.rows("cht_timelog")

    reply = _add(api, case, amira, **changed)

    assert (reply.status, reply.body["type"]) == (409, "urn:cht:problem:entry-exists")
    assert ID in reply.body["detail"]
    assert mock.rows("cht_timelog") == before


def test_somebody_elses_id_is_taken(
    api: Api, mock: MockDataverse, case: UUID, amira: User, ben: User
) -> None:
    _add(api, case, ben)
    before = mock.rows("cht_timelog")

    assert _add(api, case, amira).status == 409
    assert mock.rows("cht_timelog") == before


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"minutes": 45},
        {"category": 3},
        {"note": ""},
        {"loggedOn": "2026-03-01"},
        {"minutes": 1440, "category": 0, "note": "All", "loggedOn": "2026-03-10"},
    ],
    ids=str,
)
def test_a_change_sets_what_it_names_and_leaves_the_rest(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, changes: dict[str, Any]
) -> None:
    created = _add(api, case, amira).body
    clock.advance(hours=1)
    path = f"cases/{case}/time-logs/{ID}"

    replies = [api.call("PATCH", path, changes, user=amira) for _ in range(2)]

    for reply in replies:
        assert reply.status == 200
        assert reply.body | {"name": None} == created | changes | {"name": None}
    (row,) = mock.rows("cht_timelog")
    assert row["_modifiedby_value"] == str(amira.systemuserid)
    assert row["_modifiedonbehalfby_value"] == str(mock.service_user_id)
    assert row["_ownerid_value"] == str(amira.systemuserid)
    assert _seconds(api, case, amira) == changes.get("minutes", 30) * 60


def test_a_voided_log_stays_and_does_not_count_until_it_is_restored(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    _add(api, case, amira)
    path = f"cases/{case}/time-logs/{ID}"

    for method, tail, status, state, seconds in (
        ("DELETE", "", "voided", 1, 0),
        ("DELETE", "", "voided", 1, 0),
        ("POST", "/restore", "active", 0, 1800),
        ("POST", "/restore", "active", 0, 1800),
        ("DELETE", "", "voided", 1, 0),
    ):
        reply = api.call(method, path + tail, user=amira)

        assert (reply.status, reply.body["status"]) == (200, status)
        assert [row["statecode"] for row in mock.rows("cht_timelog")] == [state]
        assert _seconds(api, case, amira) == seconds


def test_a_repeated_entry_does_not_restore_a_voided_log(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    _add(api, case, amira)
    api.call("DELETE", f"cases/{case}/time-logs/{ID}", user=amira)

    assert _add(api, case, amira).body["status"] == "voided"
    assert [row["statecode"] for row in mock.rows("cht_timelog")] == [1]


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_a_change_whose_answer_is_lost_happens_once(
    api: Api, mock: MockDataverse, case: UUID, amira: User, method: str
) -> None:
    _add(api, case, amira)
    mock.fail_next(0, when="after", drop=True, matching=lambda request: request.method == "PATCH")

    path = f"cases/{case}/time-logs/{ID}"
    replies = [api.call(method, path, {"minutes": 45}, user=amira) for _ in range(2)]

    assert replies[-1].status == 200
    (row,) = mock.rows("cht_timelog")
    expected = (1, 30) if method == "DELETE" else (0, 45)
    assert (row["statecode"], row["cht_minutes"]) == expected


def test_only_ones_own_log_can_be_changed(
    api: Api, mock: MockDataverse, case: UUID, other_case: UUID, amira: User, ben: User
) -> None:
    bens = mock.add_row("cht_timelog", a_log(case, ben))
    elsewhere = mock.add_row("cht_timelog", a_log(other_case, amira))
    before = mock.rows("cht_timelog")

    for log, status in ((bens, 403), (elsewhere, 404), (uuid4(), 404)):
        path = f"cases/{case}/time-logs/{log}"
        for method, tail in (("PATCH", ""), ("DELETE", ""), ("POST", "/restore")):
            assert api.call(method, path + tail, {"minutes": 9}, user=amira).status == status
    assert mock.rows("cht_timelog") == before


@pytest.mark.parametrize("app", [None, "office"])
def test_switched_off_there_are_no_new_logs_and_old_ones_count_and_change(
    api: Api, mock: MockDataverse, case: UUID, amira: User, app: str | None
) -> None:
    _add(api, case, amira)
    mock.setting("cht_TimeLogsAllowed", "false", app=app)
    api.restart()
    tail = f"?app={app}" if app else ""
    entered = ENTERED | {"id": str(uuid4())}

    reply = api.call("POST", f"cases/{case}/time-logs{tail}", entered, user=amira)

    assert (reply.status, reply.body["type"]) == (403, "urn:cht:problem:time-logs-not-allowed")
    path = f"cases/{case}/time-logs/{ID}{tail}"
    assert api.call("PATCH", path, {"minutes": 40}, user=amira).status == 200
    assert _seconds(api, case, amira) == 2400


def test_a_resolved_case_still_takes_logs(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    mock.update_row("incident", case, {"statecode": 1})

    assert _add(api, case, amira).status == 201
    assert _seconds(api, case, amira) == 1800


def test_a_note_may_hold_500_characters_of_any_script(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    note = "\u3042\n" * 249 + "<&"

    assert _add(api, case, amira, note=note).body["note"] == note
    assert [row["cht_note"] for row in mock.rows("cht_timelog")] == [note]
