"""``$batch``: order, stopping, change sets, references, and what is refused."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api, Part, code_of, part_answers
from tests.contract.rows import automatic_time, segment, segment_url, time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

ROOT = "/api/data/v9.2/"
GOING_ON = {"Prefer": "odata.continue-on-error"}


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("prefix", [ROOT, "", "https://org.crm.dynamics.com/api/data/v9.2/"])
def test_parts_are_answered_in_their_order(
    api: Api, case: UUID, line_end: str, prefix: str
) -> None:
    parts = [Part("GET", f"{prefix}incidents({case})"), Part("GET", f"{prefix}WhoAmI")]

    bodies = [answer.body or {} for answer in part_answers(api.batch(*parts, line_end=line_end))]

    assert bodies[0]["incidentid"] == str(case)
    assert "UserId" in bodies[1]


def test_without_being_told_a_batch_stops_at_the_first_failure(api: Api, case: UUID) -> None:
    response = api.batch(
        Part("GET", f"{ROOT}incidents({case})"),
        Part("GET", f"{ROOT}x"),
        Part("GET", f"{ROOT}WhoAmI"),
    )

    assert response.status_code == 404
    assert [answer.status for answer in part_answers(response)] == [200, 404]


def test_a_batch_goes_on_after_failures_when_told(api: Api, case: UUID) -> None:
    response = api.batch(
        Part("GET", f"{ROOT}x"), Part("GET", f"{ROOT}incidents({case})"), headers=GOING_ON
    )

    assert response.status_code == 200
    assert [answer.status for answer in part_answers(response)] == [404, 200]


def test_a_batch_acts_for_the_person_of_the_outer_request(ann_api: Api, ann: User) -> None:
    (answer,) = part_answers(ann_api.batch(Part("GET", f"{ROOT}WhoAmI")))

    assert answer.body is not None
    assert answer.body["UserId"] == str(ann.systemuserid)


def test_other_outer_headers_do_not_reach_the_parts(api: Api, case: UUID) -> None:
    part = Part("GET", f"{ROOT}incidents({case})?$select=statecode")

    (answer,) = part_answers(api.batch(part, headers={"Prefer": 'odata.include-annotations="*"'}))

    assert answer.body is not None
    assert "statecode@OData.Community.Display.V1.FormattedValue" not in answer.body


def test_a_part_brings_its_own_conditions(ann_api: Api, ann: User, case: UUID) -> None:
    url = f"{ROOT}cht_automatictimes({uuid4()})"
    body = automatic_time(case, ann.systemuserid)
    once = Part("PATCH", url, body, {"If-None-Match": "*"})

    answers = part_answers(ann_api.batch(once, once, headers=GOING_ON))

    assert [answer.status for answer in answers] == [204, 412]


def test_a_created_row_has_location_and_address(ann_api: Api, ann: User, case: UUID) -> None:
    part = Part("POST", f"{ROOT}cht_timelogs", time_log(case, ann.systemuserid))

    (answer,) = part_answers(ann_api.batch(part))

    assert answer.headers["Location"] == answer.headers["OData-EntityId"]


def test_a_change_set_is_done_as_a_whole(ann_api: Api, ann: User, case: UUID) -> None:
    good = Part("POST", f"{ROOT}cht_timelogs", time_log(case, ann.systemuserid))

    answers = part_answers(ann_api.batch([good, good]))

    assert [answer.status for answer in answers] == [204, 204]
    assert len(ann_api.values("cht_timelogs")) == 2


def test_a_failed_change_set_leaves_nothing_and_gives_one_error(
    ann_api: Api, ann: User, case: UUID
) -> None:
    good = Part("POST", f"{ROOT}cht_timelogs", time_log(case, ann.systemuserid))
    bad = Part("POST", f"{ROOT}cht_timelogs", time_log(case, ann.systemuserid, cht_minutes=0))

    answers = part_answers(ann_api.batch([good, bad], headers=GOING_ON))

    assert [answer.status for answer in answers] == [400]
    assert ann_api.values("cht_timelogs") == []


def test_units_beside_a_failed_change_set_are_done(ann_api: Api, ann: User, case: UUID) -> None:
    good = Part("POST", f"{ROOT}cht_timelogs", time_log(case, ann.systemuserid))
    bad = Part("POST", f"{ROOT}cht_timelogs", {"cht_minutes": 0})

    ann_api.batch(good, [good, bad], [good], headers=GOING_ON)

    assert len(ann_api.values("cht_timelogs")) == 2


def test_elastic_rows_of_a_failed_change_set_stay(ann_api: Api, ann: User, case: UUID) -> None:
    kept = segment(case, ann.systemuserid)
    bad = Part("POST", f"{ROOT}cht_timelogs", {"cht_minutes": 0})

    ann_api.batch([Part("POST", f"{ROOT}cht_focussegments", kept), bad], headers=GOING_ON)

    assert ann_api.get(segment_url(kept)).status_code == 200


def test_a_later_member_can_name_an_earlier_one(admin_api: Api) -> None:
    child = {"title": "Child", "customerid_account@odata.bind": "$1"}
    task = {"subject": "Call", "regardingobjectid_incident_task@odata.bind": "$2"}
    members = [
        Part("POST", f"{ROOT}accounts", {"name": "A"}),
        Part("POST", f"{ROOT}incidents", child),
        Part("POST", f"{ROOT}tasks", task),
        Part("PATCH", "$3", {"subject": "Called"}),
    ]

    answers = part_answers(admin_api.batch(members))

    assert [answer.status for answer in answers] == [204] * 4
    assert [row["subject"] for row in admin_api.values("tasks")] == ["Called"]


def test_a_later_member_can_associate_two_earlier_ones(admin_api: Api, case: UUID) -> None:
    members = [
        Part("POST", f"{ROOT}contacts", {"lastname": "Akers"}),
        Part("PATCH", f"{ROOT}incidents({case})", {"description": "Paper jam"}),
        Part("PUT", "$2/primarycontactid/$ref", {"@odata.id": "$1"}),
    ]

    answers = part_answers(admin_api.batch(members))

    assert [answer.status for answer in answers] == [204] * 3
    contact = admin_api.get(f"incidents({case})/primarycontactid?$select=lastname").json()
    assert contact["lastname"] == "Akers"


def test_a_reference_to_nothing_is_refused(admin_api: Api) -> None:
    task = {"subject": "Call", "regardingobjectid_incident_task@odata.bind": "$7"}

    (answer,) = part_answers(admin_api.batch([Part("POST", f"{ROOT}tasks", task)]))

    assert answer.status == 400


@pytest.mark.parametrize(
    "units",
    [
        pytest.param([[Part("GET", f"{ROOT}WhoAmI")]], id="a GET in a change set"),
        pytest.param([Part("POST", f"{ROOT}$batch", {})], id="a batch in a batch"),
        pytest.param([Part("GET", f"{ROOT}WhoAmI")] * 1001, id="1001 parts"),
    ],
)
def test_such_a_batch_is_refused_as_a_whole(api: Api, units: list[Part | list[Part]]) -> None:
    assert api.batch(*units).status_code == 400


def test_a_thousand_parts_are_allowed(api: Api) -> None:
    assert api.batch(*[Part("GET", f"{ROOT}WhoAmI")] * 1000).status_code == 200


def test_a_batch_without_its_last_boundary_is_refused(api: Api) -> None:
    answer = api.session.post(
        f"{api.root}$batch",
        data="--b\r\n",
        headers={**api.headers, "Content-Type": "multipart/mixed; boundary=b"},
    )

    assert (answer.status_code, code_of(answer)) == (400, "0x8006088a")


def test_a_batch_is_one_request(api: Api, mock: MockDataverse) -> None:
    mock.clear_requests()

    api.batch(Part("GET", f"{ROOT}WhoAmI"), Part("GET", f"{ROOT}x"), headers=GOING_ON)

    (recorded,) = mock.requests
    assert recorded.parts == (("GET", "WhoAmI", 200), ("GET", "x", 404))
