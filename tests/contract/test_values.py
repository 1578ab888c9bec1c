"""What columns accept, and what Dataverse stamps by itself."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api, Json, code_of
from tests.contract.rows import automatic_time, time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"cht_note": "x" * 501}, "0x80044331", id="text too long"),
        pytest.param({"cht_minutes": 0}, "0x8004432f", id="number too small"),
        pytest.param({"cht_minutes": 1441}, "0x8004432f", id="number too big"),
        pytest.param({"cht_category": 9}, "0x8004431a", id="no such choice"),
        pytest.param({"cht_minutes": "15"}, "0x80048d19", id="a text for a number"),
        pytest.param({"cht_minutes": 1.5}, "0x80048d19", id="a fraction for a whole number"),
        pytest.param({"cht_minutes": True}, "0x80048d19", id="a truth for a number"),
        pytest.param({"cht_note": 5}, "0x80048d19", id="a number for a text"),
        pytest.param({"cht_loggedon": "2026-11-31"}, "0x80048d19", id="no such day"),
        pytest.param({"cht_loggedon": "2026-11-01T00:00:00Z"}, "0x80048d19", id="moment for a day"),
        pytest.param({"cht_loggedon": "1752-12-31"}, "0x80040239", id="before the first day"),
        pytest.param({"cht_nothing": 1}, "0x80048d19", id="undeclared"),
        pytest.param({"_cht_caseid_value": str(uuid4())}, "0x80048d19", id="a read-only lookup"),
        pytest.param({"cht_caseid@odata.bind": "/incidents(x)"}, "0x80048d19", id="wrong case"),
        pytest.param({"createdon": "2026-11-01T00:00:00Z"}, "0x80041a01", id="read-only"),
        pytest.param({"statuscode": 2}, "0x80048408", id="status of another state"),
    ],
)
def test_a_creation_that_is_not_valid_is_refused(
    ann_api: Api, ann: User, case: UUID, change: Json, code: str
) -> None:
    answer = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid) | change)

    assert (answer.status_code, code_of(answer)) == (400, code)


@pytest.mark.parametrize("columns", [{}, {"title": None}], ids=["left out", "null"])
def test_a_creation_without_what_the_server_requires_is_refused(
    admin_api: Api, columns: Json
) -> None:
    assert code_of(admin_api.post("incidents", columns)) == "0x80040200"


def test_a_case_without_a_title_is_taken_and_only_forms_ask_for_one(
    admin_api: Api, case: UUID, mock: MockDataverse
) -> None:
    customer = mock.add_row("contact", {"lastname": "Cole"})

    body = {"customerid_contact@odata.bind": f"/contacts({customer})"}
    assert admin_api.post("incidents", body).status_code == 204
    assert admin_api.patch(f"incidents({case})", {"title": None}).status_code == 204


def test_the_number_of_a_case_is_given_once(admin_api: Api, case: UUID) -> None:
    answer = admin_api.patch(f"incidents({case})", {"ticketnumber": "CAS-1"})

    assert (answer.status_code, code_of(answer)) == (400, "0x80041a02")


def test_a_row_starts_in_the_first_state_whatever_a_creation_says(admin_api: Api) -> None:
    closed = uuid4()

    admin_api.post("tasks", {"activityid": str(closed), "subject": "Call", "statecode": 1})
    answer = admin_api.post("tasks", {"subject": "Call", "statecode": 1, "statuscode": 5})

    assert admin_api.get(f"tasks({closed})").json()["statecode"] == 0
    assert (answer.status_code, code_of(answer)) == (400, "0x80048408")


def test_the_owner_of_an_activity_is_bound_by_a_name_of_its_kind(admin_api: Api, ann: User) -> None:
    link = f"/systemusers({ann.systemuserid})"
    body = {"subject": "Call", "ownerid@odata.bind": link}

    assert code_of(admin_api.post("tasks", body)) == "0x80048d19"
    body = {"subject": "Call", "ownerid_task@odata.bind": link}
    assert admin_api.post("tasks", body).status_code == 204


@pytest.mark.parametrize("columns", [{}, {"cht_minutes": None}], ids=["left out", "null"])
def test_what_is_required_in_a_made_table_is_asked_by_forms_only(
    ann_api: Api, ann: User, case: UUID, columns: Json
) -> None:
    body = time_log(case, ann.systemuserid)
    del body["cht_minutes"]

    assert ann_api.post("cht_timelogs", body | columns).status_code == 204


@pytest.mark.parametrize(("note", "status"), [("\N{FIRE}" * 250, 204), ("\N{FIRE}" * 251, 400)])
def test_a_text_is_as_long_as_it_is_in_utf_16(
    ann_api: Api, ann: User, case: UUID, note: str, status: int
) -> None:
    body = time_log(case, ann.systemuserid) | {"cht_note": note}

    assert ann_api.post("cht_timelogs", body).status_code == status


def test_a_lookup_to_a_missing_row_is_404(ann_api: Api, ann: User) -> None:
    answer = ann_api.post("cht_timelogs", time_log(uuid4(), ann.systemuserid))

    assert (answer.status_code, code_of(answer)) == (404, "0x80040217")


def test_a_lookup_to_the_wrong_table_is_refused(ann_api: Api, ann: User, case: UUID) -> None:
    wrong = {"cht_CaseId@odata.bind": f"/systemusers({ann.systemuserid})"}

    answer = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid) | wrong)

    assert (answer.status_code, code_of(answer)) == (400, "0x80048d19")


@pytest.mark.parametrize("form", ["/incidents({})", "incidents({})", "{root}incidents({})"])
def test_a_lookup_can_be_bound_in_every_form(
    ann_api: Api, ann: User, case: UUID, form: str
) -> None:
    reference = form.format(case, root=ann_api.root)
    body = time_log(case, ann.systemuserid) | {"cht_CaseId@odata.bind": reference}

    assert ann_api.post("cht_timelogs", body).status_code == 204


def test_moments_keep_whole_seconds_in_utc(admin_api: Api, case: UUID) -> None:
    task = {
        "subject": "Call",
        "actualstart": "2026-11-01T10:00:00.9+02:00",
        "regardingobjectid_incident_task@odata.bind": f"/incidents({case})",
    }

    row = admin_api.post("tasks", task, {"Prefer": "return=representation"}).json()

    assert row["actualstart"] == "2026-11-01T08:00:00Z"


def test_the_person_acted_for_is_creator_and_owner(ann_api: Api, ann: User, case: UUID) -> None:
    body = time_log(case, ann.systemuserid)

    row = ann_api.post("cht_timelogs", body, {"Prefer": "return=representation"}).json()

    assert row["_createdby_value"] == row["_ownerid_value"] == str(ann.systemuserid)


def test_the_application_user_is_named_beside_the_person(
    ann_api: Api, api: Api, ann: User, case: UUID
) -> None:
    itself = api.get("WhoAmI").json()["UserId"]
    body = time_log(case, ann.systemuserid)

    row = ann_api.post("cht_timelogs", body, {"Prefer": "return=representation"}).json()

    assert row["_createdonbehalfby_value"] == row["_modifiedonbehalfby_value"] == itself


def test_acting_for_oneself_is_on_nobodys_behalf(api: Api, ann: User, case: UUID) -> None:
    body = automatic_time(case, ann.systemuserid)

    row = api.post("cht_automatictimes", body, {"Prefer": "return=representation"}).json()

    assert row["_createdonbehalfby_value"] is None


def test_a_row_can_be_made_inactive_and_active_again(ann_api: Api, ann: User, case: UUID) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]
    states = []

    for state, status in ((1, 2), (0, 1)):
        ann_api.patch(url, {"statecode": state, "statuscode": status})
        row = ann_api.get(f"{url}?$select=statecode,statuscode").json()
        states.append((row["statecode"], row["statuscode"]))

    assert states == [(1, 2), (0, 1)]


def test_a_state_brings_its_default_status(ann_api: Api, ann: User, case: UUID) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]

    ann_api.patch(url, {"statecode": 1})

    assert ann_api.get(f"{url}?$select=statuscode").json()["statuscode"] == 2


def test_a_status_of_another_state_is_refused(ann_api: Api, ann: User, case: UUID) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]

    assert code_of(ann_api.patch(url, {"statecode": 1, "statuscode": 1})) == "0x80048408"


def test_activities_cannot_be_written_through_the_pointer(admin_api: Api) -> None:
    assert admin_api.post("activitypointers", {"subject": "x"}).status_code == 405


def test_a_column_can_be_cleared(ann_api: Api, ann: User, case: UUID) -> None:
    body = time_log(case, ann.systemuserid, cht_note="x")
    url = ann_api.post("cht_timelogs", body).headers["OData-EntityId"]

    ann_api.patch(url, {"cht_note": None})

    assert ann_api.get(f"{url}?$select=cht_note").json()["cht_note"] is None
