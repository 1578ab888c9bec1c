"""Webhooks as Dataverse sends them: who hears of what, in which words, and how often it tries."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from solution.model.webhooks import STEPS, Message
from tests.contract.api import Api, Part
from tests.contract.test_mock_merge import merging
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.webhooks import Webhook

CASE_STEP = next(
    each for each in STEPS if (each.table, each.message) == ("incident", Message.UPDATE)
)
RESOLVE = {
    "Status": 5,
    "IncidentResolution": {
        "@odata.type": "Microsoft.Dynamics.CRM.incidentresolution",
        "subject": "Solved",
    },
}


def told(mock: MockDataverse) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in mock.take_webhooks()]


def names(mock: MockDataverse) -> list[tuple[str, str]]:
    return [(each["MessageName"], each["PrimaryEntityName"]) for each in told(mock)]


def by_key(pairs: list[dict[str, Any]]) -> dict[str, Any]:
    return {pair["key"]: pair["value"] for pair in pairs}


def a_task(administrator: Api, case: UUID, **columns: object) -> UUID:
    task = uuid4()
    body = {"subject": "Call", "regardingobjectid_incident_task@odata.bind": f"/incidents({case})"}
    assert administrator.patch(f"tasks({task})", {**body, **columns}).status_code == 204
    return task


def test_an_update_is_told_only_if_one_of_the_awaited_columns_was_written(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    administrator.patch(f"incidents({case})", {"title": "Scanner"})

    assert names(mock) == []


def test_a_resolution_is_told_as_a_change_and_as_a_message_of_its_own(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    resolution = {**RESOLVE["IncidentResolution"], "incidentid@odata.bind": f"/incidents({case})"}  # type: ignore[dict-item]
    administrator.post("CloseIncident", {**RESOLVE, "IncidentResolution": resolution})

    update, close = told(mock)
    assert (update["MessageName"], close["MessageName"]) == ("Update", "Close")
    columns = by_key(by_key(close["InputParameters"])["IncidentResolution"]["Attributes"])
    assert (columns["incidentid"]["Id"], columns["subject"]) == (str(case), "Solved")


def test_a_merge_is_told_as_a_change_of_the_one_and_a_message_about_the_other(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    other = mock.add_row("incident", {"title": "No network"})
    administrator.post("Merge", merging(case, other))

    update, merge = told(mock)
    columns = by_key(by_key(update["InputParameters"])["Target"]["Attributes"])
    assert (update["PrimaryEntityId"], columns["statuscode"]["Value"]) == (str(case), 2000)
    parameters = by_key(merge["InputParameters"])
    assert (merge["MessageName"], merge["PrimaryEntityId"]) == ("Merge", str(other))
    assert (parameters["Target"]["Id"], parameters["SubordinateId"]) == (str(other), str(case))


def test_the_life_of_an_activity_is_told(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    task = a_task(administrator, case, actualdurationminutes=5)
    administrator.patch(f"tasks({task})", {"actualdurationminutes": 7})
    administrator.patch(f"tasks({task})", {"subject": "Nothing we count"})
    administrator.delete(f"tasks({task})")

    created, updated, deleted = told(mock)
    target = by_key(created["InputParameters"])["Target"]
    assert by_key(target["Attributes"])["regardingobjectid"]["Id"] == str(case)
    assert by_key(created["OutputParameters"]) == {"id": str(task)}
    changed = by_key(by_key(updated["InputParameters"])["Target"]["Attributes"])
    assert changed.keys() == {
        "actualdurationminutes",
        "activityid",
        "modifiedon",
        "modifiedby",
        "modifiedonbehalfby",
    }
    assert (changed["actualdurationminutes"], changed["activityid"]) == (7, str(task))
    assert by_key(deleted["InputParameters"])["Target"]["Id"] == str(task)
    before = by_key(deleted["PreEntityImages"])
    assert before.keys() == {"before", "AsynchronousStepPrimaryName"}
    regarded = by_key(before["before"]["Attributes"])["regardingobjectid"]
    assert (regarded["Id"], regarded["Name"]) == (str(case), "Printer")
    assert "__type" not in before["before"]


def test_a_step_that_is_switched_off_hears_nothing_until_it_is_on_again(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    step = f"sdkmessageprocessingsteps({CASE_STEP.id})"
    heard = []
    for enabled in (False, True):
        state = {"statecode": 0, "statuscode": 1} if enabled else {"statecode": 1, "statuscode": 2}
        administrator.patch(step, state)
        administrator.patch(f"incidents({case})", {"statecode": 2 if enabled else 0})
        heard.append(len(told(mock)))

    assert heard == [0, 1]


def test_what_is_rolled_back_is_not_told(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    change = Part("PATCH", f"incidents({case})", {"statecode": 2, "statuscode": 6})
    wrong = Part("PATCH", f"incidents({case})", {"statuscode": 999})

    administrator.batch([change, wrong])

    assert names(mock) == []


def test_what_a_test_puts_in_place_was_always_there(mock: MockDataverse, case: UUID) -> None:
    mock.update_row("incident", case, {"statecode": 2})

    assert names(mock) == []


def test_a_webhook_goes_to_its_endpoint_with_its_key(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    endpoint = administrator.values("serviceendpoints?$select=serviceendpointid")[0]
    address = f"serviceendpoints({endpoint['serviceendpointid']})"
    administrator.patch(address, {"url": "https://f.example/api/w", "authvalue": "s3cret"})

    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    assert [each.url for each in mock.take_webhooks()] == ["https://f.example/api/w?code=s3cret"]


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ([202], 202),
        ([503, 202], 202),
        ([502, 504], 504),
        ([500], 500),
        ([429], 429),
        ([422], 422),
    ],
)
def test_only_a_gateway_without_an_answer_is_tried_once_more(
    administrator: Api, mock: MockDataverse, case: UUID, answers: list[int], result: int
) -> None:
    administrator.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})
    left = list(answers)

    def post(_: Webhook) -> int:
        return left.pop(0)

    assert mock.deliver_webhooks(post) == [result]
    assert (left, mock.take_webhooks()) == ([], [])


def test_who_did_it_is_told(mock: MockDataverse, case: UUID) -> None:
    with Api.opened(mock.base_url, ADMIN_TOKEN) as api:
        me = api.get("WhoAmI").json()["UserId"]
        api.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    (body,) = told(mock)
    assert body["InitiatingUserId"] == me
