"""Two cases become one: what is documented of Merge, and what our service relies on."""

from uuid import UUID, uuid4

import pytest
import requests

from tests.contract.api import Api, Json
from tests.mock_dataverse.app import MockDataverse


def merging(case: UUID, into: UUID) -> Json:
    def named(which: UUID) -> Json:
        return {"@odata.type": "Microsoft.Dynamics.CRM.incident", "incidentid": str(which)}

    return {
        "Target": named(into),
        "Subordinate": named(case),
        "PerformParentingChecks": False,
    }


@pytest.fixture
def other(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "No network"})


def test_the_subordinate_case_is_cancelled_and_names_its_master(
    administrator: Api, case: UUID, other: UUID
) -> None:
    answer: requests.Response = administrator.post("Merge", merging(case, other))

    assert answer.status_code == 204
    row = administrator.get(f"incidents({case})").json()
    assert (row["statecode"], row["statuscode"], row["merged"]) == (2, 2000, True)
    assert row["_masterid_value"] == str(other)
    assert administrator.get(f"incidents({other})").json()["statecode"] == 0


def test_activities_and_child_cases_move_to_the_surviving_case(
    administrator: Api, mock: MockDataverse, case: UUID, other: UUID
) -> None:
    task = uuid4()
    child = mock.add_row("incident", {"title": "Toner", "parentcaseid": case})
    regarding = {"regardingobjectid_incident_task@odata.bind": f"/incidents({case})"}
    administrator.patch(f"tasks({task})", {"subject": "Call", **regarding})

    administrator.post("Merge", merging(case, other))

    moved = administrator.get(f"tasks({task})").json()["_regardingobjectid_value"]
    adopted = administrator.get(f"incidents({child})").json()["_parentcaseid_value"]
    assert (moved, adopted) == (str(other), str(other))


def test_rows_of_ours_stay_where_they_are(
    administrator: Api, mock: MockDataverse, case: UUID, other: UUID
) -> None:
    user = mock.service_user_id
    numbers = {"cht_minutes": 5, "cht_category": 0, "cht_loggedon": "2026-03-10"}
    mock.add_row("cht_timelog", {"cht_caseid": case, "cht_representativeid": user, **numbers})

    administrator.post("Merge", merging(case, other))

    assert [row["_cht_caseid_value"] for row in mock.rows("cht_timelog")] == [str(case)]


def test_without_the_right_to_write_both_nothing_is_merged(
    api: Api, administrator: Api, case: UUID, other: UUID
) -> None:
    assert api.post("Merge", merging(case, other)).status_code == 403
    assert administrator.get(f"incidents({case})").json()["statecode"] == 0


def test_a_case_that_is_not_there_cannot_be_merged(administrator: Api, case: UUID) -> None:
    assert administrator.post("Merge", merging(case, uuid4())).status_code == 404


def test_resolutions_move_to_the_surviving_case(
    administrator: Api, mock: MockDataverse, case: UUID, other: UUID
) -> None:
    resolution = {"@odata.type": "Microsoft.Dynamics.CRM.incidentresolution", "subject": "Solved"}
    closed = resolution | {"incidentid@odata.bind": f"/incidents({case})"}
    administrator.post("CloseIncident", {"IncidentResolution": closed, "Status": 5})
    administrator.patch(f"incidents({case})", {"statecode": 0, "statuscode": 1})

    administrator.post("Merge", merging(case, other))

    (row,) = mock.rows("incidentresolution")
    assert row["_incidentid_value"] == row["_regardingobjectid_value"] == str(other)
