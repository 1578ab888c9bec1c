"""What Dataverse answers seldom: a case that is gone, long days, roles that lack a privilege."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from solution.model.roles import SERVICE, Access
from tests.api.harness import NOON, Api, Clock, reported, tracked
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User


def _at_the_first_write(action: Callable[[], None]) -> Callable[[RecordedRequest], bool]:
    """Return what a fault can look for: acts when segments are about to be created, fails none."""
    left = [action]

    def matches(request: RecordedRequest) -> bool:
        if left and any(method == "POST" for method, _, _ in request.parts):
            left.pop()()
        return False

    return matches


def test_a_case_deleted_while_its_segments_arrive_keeps_no_other_from_counting(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, other_case: UUID
) -> None:
    clock.advance(minutes=20)
    gone, kept = reported(case, 0, 300), reported(other_case, 300, 600)
    mock.faults.add(
        matching=_at_the_first_write(lambda: mock.delete_row("incident", case)), status=0
    )

    reply = api.deliver(gone, kept, user=amira)

    assert reply.receipts == {gone["id"]: "case_not_found", kept["id"]: "accepted"}
    assert tracked(mock) == {str(other_case): 300}


def test_a_case_deleted_later_in_the_day_keeps_no_other_from_counting(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, other_case: UUID
) -> None:
    clock.advance(minutes=20)
    api.deliver(reported(case, 0, 300), user=amira)
    mock.delete_row("incident", case)
    later = reported(other_case, 200, 600)

    reply = api.deliver(later, user=amira)

    assert reply.receipts == {later["id"]: "accepted"}
    assert tracked(mock) == {str(other_case): 400}


def test_a_day_of_more_segments_than_a_page_holds_is_still_one_day(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(hours=3)
    for first in (0, 500):
        segments = [reported(case, at * 10, at * 10 + 10) for at in range(first, first + 500)]
        assert api.deliver(*segments, user=amira).status == 200

    api.deliver(reported(case, 10_000, 10_600), user=amira)

    assert tracked(mock) == {str(case): 10_600}


def test_who_has_no_role_for_handling_time_is_told_so_and_has_no_evidence(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID
) -> None:
    clock.advance(minutes=20)
    clerk = mock.add_user("Clerk (test)", roles=("Customer Service Representative",))
    segment = reported(case, 0, 300)

    reply = api.deliver(segment, user=clerk)

    assert reply.receipts == {segment["id"]: "not_allowed"}
    assert mock.rows("cht_focussegment") == []


def test_a_service_without_its_privileges_does_not_blame_the_caller(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    lacking = {
        key: depth
        for key, depth in SERVICE.privileges.items()
        if key != ("cht_timelog", Access.READ)
    }
    mock.add_role(replace(SERVICE, privileges=lacking))

    reply = api.refresh(case, user=amira)

    assert reply.status == 502
    assert reply.body["type"] == "urn:cht:problem:dataverse-refused"


def test_a_service_that_may_not_act_for_others_does_not_blame_the_caller(
    api: Api, mock: MockDataverse, amira: User, case: UUID
) -> None:
    mock.add_role(replace(SERVICE, acts_on_behalf=False))

    reply = api.refresh(case, user=amira)

    assert (reply.status, reply.body["type"]) == (502, "urn:cht:problem:dataverse-refused")


def test_the_last_settings_are_shown_while_dataverse_does_not_answer(
    api: Api, mock: MockDataverse, clock: Clock, amira: User
) -> None:
    mock.setting("cht_UpdateIntervalMinutes", "25")
    api.call("GET", "settings", user=amira)
    clock.advance(minutes=2)
    mock.faults.add(503, times=20)

    reply = api.call("GET", "settings", user=amira)

    assert (reply.status, reply.body["updateIntervalMinutes"]) == (200, 25)


def test_a_value_out_of_range_is_logged_once(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, caplog: pytest.LogCaptureFixture
) -> None:
    mock.setting("cht_UpdateIntervalMinutes", "5")

    for _ in range(3):
        api.call("GET", "settings", user=amira)
        clock.advance(minutes=2)

    assert caplog.text.count("cht_UpdateIntervalMinutes") == 1


@pytest.mark.parametrize("cursor", ["timeLogs", "activities"])
def test_a_cursor_leads_on_in_its_own_list_only(
    api: Api, mock: MockDataverse, amira: User, case: UUID, cursor: str
) -> None:
    for number in range(60):
        moment = NOON - timedelta(minutes=number)
        common = {"createdon": moment, "ownerid": amira.systemuserid}
        mock.add_row(
            "task", {"activityid": uuid4(), "regardingobjectid": case, "subject": "Call"} | common
        )
        mock.add_row(
            "cht_timelog",
            {
                "cht_caseid": case,
                "cht_representativeid": amira.systemuserid,
                "cht_minutes": 5,
                "cht_category": 0,
                "cht_loggedon": moment.date(),
            }
            | common,
        )
    page = api.call("GET", f"cases/{case}/history?section={cursor}", user=amira)
    other = {"timeLogs": "activities", "activities": "timeLogs"}[cursor]
    text = page.body[cursor]["nextCursor"]

    reply = api.call("GET", f"cases/{case}/history?section={other}&cursor={text}", user=amira)

    assert (reply.status, reply.body["errors"][0]["field"]) == (422, "cursor")
