"""Resolving, cancelling and reactivating cases."""

from uuid import UUID, uuid4

import pytest

from solution.model.roles import Access, Depth, Role
from tests.contract.api import Api, Json, code_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def resolution(case: UUID, status: int = 5, **more: object) -> Json:
    return {
        "IncidentResolution": {
            "@odata.type": "Microsoft.Dynamics.CRM.incidentresolution",
            "subject": "Solved",
            "incidentid@odata.bind": f"/incidents({case})",
            "timespent": 45,
            **more,
        },
        "Status": status,
    }


def state_of(api: Api, case: UUID) -> tuple[int, int]:
    row = api.get(f"incidents({case})?$select=statecode,statuscode").json()
    return row["statecode"], row["statuscode"]


@pytest.mark.parametrize(("status", "becomes"), [(5, 5), (1000, 1000), (-1, 5)])
def test_closing_resolves_the_case(admin_api: Api, case: UUID, status: int, becomes: int) -> None:
    assert admin_api.post("CloseIncident", resolution(case, status)).status_code == 204

    assert state_of(admin_api, case) == (1, becomes)


def test_closing_leaves_a_completed_resolution_activity(admin_api: Api, case: UUID) -> None:
    admin_api.post("CloseIncident", resolution(case))

    (row,) = admin_api.values(f"incidents({case})/Incident_IncidentResolutions")
    (pointer,) = admin_api.values(f"incidents({case})/Incident_ActivityPointers")
    assert (row["subject"], row["timespent"], row["statecode"]) == ("Solved", 45, 1)
    assert pointer["activitytypecode"] == "incidentresolution"


def test_a_status_of_another_state_does_not_resolve(admin_api: Api, case: UUID) -> None:
    answer = admin_api.post("CloseIncident", resolution(case, 6))

    assert (answer.status_code, code_of(answer)) == (400, "0x80048408")


def test_a_resolved_case_cannot_be_resolved_again(admin_api: Api, case: UUID) -> None:
    admin_api.post("CloseIncident", resolution(case))

    answer = admin_api.post("CloseIncident", resolution(case))

    assert (answer.status_code, code_of(answer)) == (400, "0x800404cf")
    assert len(admin_api.values("incidentresolutions")) == 1


def test_a_cancelled_case_cannot_be_resolved(admin_api: Api, case: UUID) -> None:
    admin_api.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    assert code_of(admin_api.post("CloseIncident", resolution(case))) == "0x80044411"


def test_an_unknown_case_cannot_be_resolved(admin_api: Api) -> None:
    assert admin_api.post("CloseIncident", resolution(uuid4())).status_code == 404


def test_open_activities_block_resolving(admin_api: Api, mock: MockDataverse, case: UUID) -> None:
    mock.add_row("task", {"subject": "x", "regardingobjectid": case})

    assert code_of(admin_api.post("CloseIncident", resolution(case))) == "0x8004440a"


def test_active_child_cases_block_resolving(
    admin_api: Api, mock: MockDataverse, case: UUID
) -> None:
    mock.add_row("incident", {"title": "Child", "parentcaseid": case})

    assert code_of(admin_api.post("CloseIncident", resolution(case))) == "0x8003f452"


def test_setting_the_state_does_not_resolve(admin_api: Api, case: UUID) -> None:
    answer = admin_api.patch(f"incidents({case})", {"statecode": 1, "statuscode": 5})

    assert answer.status_code == 400


@pytest.mark.parametrize("resolved", [True, False])
def test_a_closed_case_can_be_made_active_again(
    admin_api: Api, case: UUID, *, resolved: bool
) -> None:
    if resolved:
        admin_api.post("CloseIncident", resolution(case))
    else:
        admin_api.patch(f"incidents({case})", {"statecode": 2, "statuscode": 6})

    answer = admin_api.patch(f"incidents({case})", {"statecode": 0, "statuscode": 1})

    assert answer.status_code == 204
    assert state_of(admin_api, case) == (0, 1)


def test_only_who_may_write_the_case_can_resolve_it(
    admin_api: Api, mock: MockDataverse, case: UUID
) -> None:
    actor = Role(
        name="Activities only",
        description="For a test.",
        privileges={
            ("task", Access.CREATE): Depth.ORGANIZATION,
            ("incident", Access.READ): Depth.ORGANIZATION,
            ("incident", Access.APPEND_TO): Depth.ORGANIZATION,
        },
    )
    mock.add_role(actor)
    eve = mock.add_user("Eve Dunn", roles=("Activities only",))

    answer = admin_api.acting_for(eve.entra_object_id).post("CloseIncident", resolution(case))

    assert answer.status_code == 403
    assert "prvWriteIncident" in answer.json()["error"]["message"]


def test_the_total_time_is_the_minutes_of_closed_activities(
    api: Api, mock: MockDataverse, case: UUID, ann: User
) -> None:
    for minutes, state in ((20, 1), (10, 0), (5, 1)):
        mock.add_row(
            "task",
            {
                "subject": "x",
                "regardingobjectid": case,
                "actualdurationminutes": minutes,
                "statecode": state,
                "ownerid": ann.systemuserid,
            },
        )

    body = api.get(f"incidents({case})/Microsoft.Dynamics.CRM.CalculateTotalTimeIncident()").json()

    assert body["TotalTime"] == 25


@pytest.mark.parametrize(("cancels", "state"), [(True, 2), (False, 1)])
def test_a_case_that_is_opened_again_withdraws_its_resolution_where_dataverse_does_so(
    mock: MockDataverse, admin_api: Api, case: UUID, *, cancels: bool, state: int
) -> None:
    mock.switches.reopening_cancels_resolutions = cancels
    admin_api.post("CloseIncident", resolution(case))

    admin_api.patch(f"incidents({case})", {"statecode": 0, "statuscode": 1})

    (row,) = admin_api.values("incidentresolutions?$select=statecode")
    assert row["statecode"] == state


def test_child_cases_go_with_their_parent_and_so_does_what_belongs_to_them(
    mock: MockDataverse, admin_api: Api, case: UUID
) -> None:
    child = mock.add_row("incident", {"title": "Child", "parentcaseid": case})
    grandchild = mock.add_row("incident", {"title": "Grandchild", "parentcaseid": child})
    mock.add_row("task", {"subject": "Call", "regardingobjectid": grandchild})
    mock.add_row("cht_timelog", {"cht_caseid": grandchild, "cht_minutes": 5})

    assert admin_api.delete(f"incidents({case})").status_code == 204

    assert (mock.rows("incident"), mock.rows("task"), mock.rows("cht_timelog")) == ([], [], [])
