"""Jobs of the mock that delete rows: the recycle bin and webhooks know of what they delete."""

from uuid import UUID

from tests.contract.api import Api
from tests.contract.test_mock_webhooks import names
from tests.mock_dataverse.app import MockDataverse


def deleting(table: str, primary_id: str, row_id: UUID | str) -> dict[str, object]:
    """Return the parameters with which Microsoft's SDK for Python deletes rows."""
    value = {"Value": str(row_id), "Type": "System.Guid"}
    condition = {"AttributeName": primary_id, "Operator": "In", "Values": [value]}
    return {
        "JobName": "Clean up",
        "SendEmailNotification": False,
        "ToRecipients": [],
        "CCRecipients": [],
        "RecurrencePattern": "",
        "StartDateTime": "2026-03-02T08:00:00Z",
        "QuerySet": [{"EntityName": table, "Criteria": {"Conditions": [condition]}}],
    }


def test_a_case_that_a_job_deleted_is_told_of_and_can_be_restored(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    job = administrator.post("BulkDelete", deleting("incident", "incidentid", case)).json()["JobId"]
    mock.take_webhooks()

    state = administrator.get(f"asyncoperations({job})?$select=statecode").json()["statecode"]

    assert (state, mock.rows("incident")) == (3, [])
    assert names(mock) == [("Delete", "incident")]
    target = {"@odata.type": "Microsoft.Dynamics.CRM.incident", "incidentid": str(case)}
    assert administrator.post("Restore", {"Target": target}).status_code == 200


def test_a_job_deletes_no_steps_where_customizations_are_blocked(
    administrator: Api, mock: MockDataverse
) -> None:
    step = mock.rows("sdkmessageprocessingstep")[0]["sdkmessageprocessingstepid"]
    mock.switches.unmanaged_blocked = True

    body = deleting("sdkmessageprocessingstep", "sdkmessageprocessingstepid", str(step))

    assert administrator.post("BulkDelete", body).status_code == 400
