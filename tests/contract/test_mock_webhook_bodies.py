"""What the body of a webhook says, in the shapes that .NET gives it."""

import json
from uuid import UUID

from tests.contract.api import Api
from tests.contract.test_mock_webhooks import CASE_STEP, by_key, told
from tests.mock_dataverse.app import MockDataverse

LONGEST = 256 * 1024


def test_a_change_of_a_case_is_told_as_dot_net_writes_it(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (webhook,) = mock.take_webhooks()
    assert rb'"OptionSetValue:http:\/\/schemas.microsoft.com\/xrm\/2011\/Contracts"' in webhook.body
    assert webhook.headers["x-ms-dynamics-entity-name"] == "incident"
    assert webhook.headers["x-ms-dynamics-request-name"] == "Update"
    assert "x-ms-dynamics-msg-size-exceeded" not in webhook.headers
    body = json.loads(webhook.body)
    assert (body["PrimaryEntityId"], body["Stage"], body["Mode"]) == (str(case), 40, 1)
    assert body["OperationCreatedOn"].endswith("+0000)/")
    columns = by_key(by_key(body["InputParameters"])["Target"]["Attributes"])
    assert {name: columns[name]["Value"] for name in ("statecode", "statuscode")} == {
        "statecode": 2,
        "statuscode": 6,
    }


def test_an_update_is_told_with_the_own_id_as_plain_text_and_what_the_platform_wrote(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (body,) = told(mock)
    target = by_key(body["InputParameters"])["Target"]
    columns = by_key(target["Attributes"])
    assert columns["incidentid"] == target["Id"] == str(case)
    assert columns["modifiedon"].startswith("/Date(")
    assert columns["modifiedby"]["LogicalName"] == "systemuser"
    assert columns["modifiedonbehalfby"] is None
    assert target["FormattedValues"] == []
    (named,) = body["PostEntityImages"]
    assert named["key"] == "AsynchronousStepPrimaryName"
    assert by_key(named["value"]["Attributes"]) == {
        "title": "Printer",
        "incidentid": str(case),
    }


def test_the_context_around_it_tells_what_was_asked_for(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (body,) = told(mock)
    around = body["ParentContext"]
    asked = by_key(around["InputParameters"])
    assert (around["Stage"], around["ParentContext"]) == (30, None)
    assert by_key(asked["Target"]["Attributes"]).keys() == {"statecode", "statuscode", "incidentid"}
    assert asked["SuppressDuplicateDetection"] is False
    assert by_key(around["SharedVariables"])["ChangedEntityTypes"] == [
        {
            "__type": "KeyValuePairOfstringstring:#System.Collections.Generic",
            "key": "incident",
            "value": "Update",
        }
    ]


def test_a_creation_is_told_with_texts_for_people_and_the_parties_of_an_activity(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    regarding = {"regardingobjectid_incident_email@odata.bind": f"/incidents({case})"}
    administrator.post("emails", {"subject": "Hello", "actualdurationminutes": 1200, **regarding})

    (body,) = told(mock)
    target = by_key(body["InputParameters"])["Target"]
    columns, texts = by_key(target["Attributes"]), by_key(target["FormattedValues"])
    assert columns["activityid"] == target["Id"] == body["PrimaryEntityId"]
    assert columns["from"]["__type"].partition(":")[0] == "EntityCollection"
    assert columns["from"]["Entities"][0]["LogicalName"] == "activityparty"
    assert (texts["actualdurationminutes"], texts["statecode"]) == ("1,200", "Open")
    assert texts["createdon"].endswith("+00:00")
    assert columns["regardingobjectid"]["Name"] is None


def test_headers_say_what_it_is_about(administrator: Api, mock: MockDataverse, case: UUID) -> None:
    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (webhook,) = mock.take_webhooks()
    assert webhook.headers.keys() == {
        "Content-Type",
        "x-request-id",
        "x-ms-correlation-request-id",
        "x-ms-dynamics-organization",
        "x-ms-dynamics-entity-name",
        "x-ms-dynamics-request-name",
    }


def test_an_image_shows_the_columns_it_is_registered_for_as_they_were(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    row = {
        "name": "was",
        "entityalias": "was",
        "imagetype": 0,
        "attributes": "statuscode,masterid",
        "messagepropertyname": "Target",
        "sdkmessageprocessingstepid@odata.bind": f"/sdkmessageprocessingsteps({CASE_STEP.id})",
    }
    administrator.post("sdkmessageprocessingstepimages", row)

    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (body,) = told(mock)
    columns = by_key(by_key(body["PreEntityImages"])["was"]["Attributes"])
    assert {name: value["Value"] for name, value in columns.items()} == {"statuscode": 1}


def test_a_body_that_is_too_long_comes_without_its_parameters(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    body = {"regardingobjectid_incident_email@odata.bind": f"/incidents({case})"}
    administrator.post("emails", {**body, "description": "x" * LONGEST})

    (webhook,) = mock.take_webhooks()
    assert webhook.headers["x-ms-dynamics-msg-size-exceeded"] == "true"
    body = json.loads(webhook.body)
    assert not {"InputParameters", "PreEntityImages", "PostEntityImages"} & body.keys()
    assert body["PrimaryEntityName"] == "email"
