"""The envelope of every answer: headers, addresses, representations, errors."""

from uuid import UUID, uuid4

import pytest
import requests

from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time, time_log
from tests.mock_dataverse.people import User


def test_a_request_without_a_token_is_told_where_to_get_one(api: Api) -> None:
    answer = requests.get(f"{api.root}WhoAmI", timeout=5)

    assert answer.status_code == 401
    assert "authorization_uri=" in answer.headers["WWW-Authenticate"]


def test_who_am_i_names_the_caller(ann_api: Api, ann: User) -> None:
    assert ann_api.get("WhoAmI").json()["UserId"] == str(ann.systemuserid)


@pytest.mark.parametrize(("header", "value"), [("OData-Version", "4.0"), ("x-ms-dop-hint", "10")])
def test_every_answer_carries_the_header(api: Api, header: str, value: str) -> None:
    assert api.get("WhoAmI").headers[header] == value


def test_an_error_carries_a_request_id_too(api: Api) -> None:
    assert UUID(api.get("nothing").headers["REQ_ID"])


def test_a_created_row_is_named_by_its_absolute_address(
    ann_api: Api, ann: User, case: UUID
) -> None:
    row_id = uuid4()
    body = automatic_time(case, ann.systemuserid, cht_automatictimeid=str(row_id))

    answer = ann_api.post("cht_automatictimes", body)

    assert answer.status_code == 204
    assert answer.headers["OData-EntityId"] == f"{ann_api.root}cht_automatictimes({row_id})"


def test_a_representation_has_no_address_but_says_what_was_preferred(
    ann_api: Api, ann: User, case: UUID
) -> None:
    answer = ann_api.post(
        "cht_timelogs?$select=cht_minutes",
        time_log(case, ann.systemuserid),
        {"Prefer": "return=representation"},
    )

    assert answer.status_code == 201
    assert answer.headers["Preference-Applied"] == "return=representation"
    assert "OData-EntityId" not in answer.headers
    assert answer.json()["cht_minutes"] == 15


def test_the_etag_of_the_header_is_that_of_the_body(api: Api, case: UUID) -> None:
    answer = api.get(f"incidents({case})?$select=title")

    assert answer.headers["ETag"] == answer.json()["@odata.etag"]


def test_the_primary_key_comes_without_being_asked_for(api: Api, case: UUID) -> None:
    row = api.get(f"incidents({case})?$select=title").json()

    assert row["incidentid"] == str(case)
    assert "statecode" not in row


def test_a_row_that_is_not_there_is_404(api: Api) -> None:
    answer = api.get(f"incidents({uuid4()})")

    assert (answer.status_code, code_of(answer)) == (404, "0x80040217")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("nothing", 404, id="unknown set"),
        pytest.param("Incidents", 404, id="sets are case-sensitive"),
        pytest.param("incidents?$select=nothing", 400, id="unknown column in select"),
        pytest.param("incidents?$select=ownerid", 400, id="a lookup by its logical name"),
        pytest.param("incidents?$filter=nothing eq 1", 400, id="unknown column in filter"),
        pytest.param("incidents?$orderby=nothing", 400, id="unknown column in orderby"),
        pytest.param("incidents?$expand=nothing", 400, id="unknown navigation property"),
        pytest.param("incidents?$skip=1", 400, id="skip"),
        pytest.param("incidents?$search=x", 400, id="search"),
        pytest.param("incidents?$filter=statecode in (0,1)", 400, id="in operator"),
        pytest.param("incidents?$filter=tolower(title) eq 'x'", 400, id="tolower"),
        pytest.param("incidents?$filter=statecode add 1 eq 1", 400, id="arithmetic"),
        pytest.param("incidents?$filter=title eq 5", 400, id="a text is no number"),
        pytest.param("incidents?$top=5001", 400, id="top above a page"),
    ],
)
def test_what_the_odata_layer_refuses_has_its_code(api: Api, path: str, status: int) -> None:
    answer = api.get(path)

    assert (answer.status_code, code_of(answer)) == (status, "0x80060888")


@pytest.mark.mock_only("is about what the mock does not know")
@pytest.mark.parametrize(
    "path",
    [
        "incidents?savedQuery=00000000-0000-0000-0000-000000000001",
        "incidents?$filter=Incident_Tasks/any(t:t/statecode eq 0)",
        "incidents?$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=5)",
        "EntityDefinitions",
        "incidents(00000000-0000-0000-0000-000000000001)/Microsoft.Dynamics.CRM.Nothing()",
    ],
)
def test_what_the_mock_does_not_know_it_says_so(api: Api, path: str) -> None:
    assert api.get(path).status_code == 501


def test_a_wrong_method_is_405(api: Api) -> None:
    assert api.send("PATCH", "incidents", {}).status_code == 405


def test_annotations_come_only_on_demand(api: Api, case: UUID) -> None:
    row = api.get(f"incidents({case})").json()

    assert [name for name in row if "@" in name] == ["@odata.context", "@odata.etag"]


def test_lookups_and_choices_are_explained_on_demand(api: Api, case: UUID, ann: User) -> None:
    row = api.get(
        f"incidents({case})?$select=_ownerid_value,statecode",
        {"Prefer": 'odata.include-annotations="*"'},
    ).json()

    assert row["_ownerid_value"] == str(ann.systemuserid)
    assert row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "systemuser"
    assert row["_ownerid_value@OData.Community.Display.V1.FormattedValue"] == "Ann Bell"
    assert row["statecode@OData.Community.Display.V1.FormattedValue"] == "Active"


def test_error_details_come_only_on_demand(api: Api) -> None:
    plain = api.get("nothing").json()["error"]
    annotated = api.get("nothing", {"Prefer": 'odata.include-annotations="*"'}).json()["error"]

    assert plain.keys() == {"code", "message"}
    assert annotated.keys() > plain.keys()
