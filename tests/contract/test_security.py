"""Roles, depths, and acting for somebody as the intersection of two people's rights."""

from uuid import UUID, uuid4

import pytest

from solution.model.roles import Access, Depth, Role
from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time, segment, time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

REPRESENTATIVE = "Case Time Representative"


def reader(name: str, depth: Depth) -> Role:
    """A role that reads cases as far as ``depth``."""
    return Role(name=name, description="For a test.", privileges={("incident", Access.READ): depth})


def test_own_rows_can_be_changed_and_those_of_others_not(
    ann_api: Api, ben_api: Api, ann: User, case: UUID
) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]

    mine = ann_api.patch(url, {"cht_minutes": 20}, {"If-Match": "*"})
    other = ben_api.patch(url, {"cht_minutes": 20}, {"If-Match": "*"})

    assert mine.status_code == 204
    assert (other.status_code, code_of(other)) == (403, "0x80040220")


@pytest.mark.parametrize("clearing", ["ownerid", "ownerid@odata.bind"])
def test_a_row_cannot_become_nobodys(ann_api: Api, ann: User, case: UUID, clearing: str) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]

    answer = ann_api.patch(url, {clearing: None})

    assert (answer.status_code, code_of(answer)) == (400, "0x80040200")


def test_a_row_of_somebody_else_is_403_and_not_404(
    ann_api: Api, ben_api: Api, ann: User, case: UUID
) -> None:
    url = ann_api.post("cht_timelogs", time_log(case, ann.systemuserid)).headers["OData-EntityId"]

    answer = ben_api.get(url)

    assert (answer.status_code, code_of(answer)) == (403, "0x80040220")


def test_what_no_role_allows_is_denied(ann_api: Api, ann: User, case: UUID) -> None:
    row = automatic_time(case, ann.systemuserid)
    url = ann_api.post("cht_automatictimes", row).headers["OData-EntityId"]

    answer = ann_api.delete(url)

    assert (answer.status_code, code_of(answer)) == (403, "0x80040220")


def test_segments_cannot_be_changed_by_a_representative(
    ann_api: Api, ann: User, case: UUID
) -> None:
    url = ann_api.post("cht_focussegments", segment(case, ann.systemuserid)).headers[
        "OData-EntityId"
    ]

    assert ann_api.patch(url, {"cht_windowid": "w"}, {"If-Match": "*"}).status_code == 403


def test_a_case_nobody_showed_her_is_hidden_from_a_person(
    mock: MockDataverse, api: Api, case: UUID
) -> None:
    mock.add_role(reader("Own cases", Depth.USER))
    eve = mock.add_user("Eve Dunn", roles=(REPRESENTATIVE, "Own cases"))
    eve_api = api.acting_for(eve.entra_object_id)

    assert eve_api.values("incidents?$select=title") == []
    assert eve_api.get(f"incidents({case})").status_code == 403


@pytest.mark.parametrize("roles", [("Own cases", "All cases"), ("All cases", "Own cases")])
def test_roles_add_up_to_the_greatest_depth(
    mock: MockDataverse, api: Api, case: UUID, roles: tuple[str, ...]
) -> None:
    mock.add_role(reader("Own cases", Depth.USER))
    mock.add_role(reader("All cases", Depth.ORGANIZATION))
    eve = mock.add_user("Eve Dunn", roles=roles)

    answer = api.acting_for(eve.entra_object_id).get(f"incidents({case})")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("depth", "seen"),
    [
        (Depth.USER, {"own"}),
        (Depth.BUSINESS_UNIT, {"own", "same unit"}),
        (Depth.BUSINESS_UNIT_AND_CHILDREN, {"own", "same unit", "unit below"}),
        (Depth.ORGANIZATION, {"own", "same unit", "unit below", "elsewhere"}),
    ],
)
def test_a_depth_reaches_as_far_as_its_units(
    mock: MockDataverse, api: Api, depth: Depth, seen: set[str]
) -> None:
    unit = mock.add_business_unit("Support")
    below = mock.add_business_unit("Night shift", parent=unit)
    mock.add_role(reader("Cases", depth))
    eve = mock.add_user("Eve Dunn", roles=("Cases",), business_unit=unit)
    owners = {
        "own": eve,
        "same unit": mock.add_user("Fay", business_unit=unit),
        "unit below": mock.add_user("Gil", business_unit=below),
        "elsewhere": mock.add_user("Hal"),
    }
    for title, owner in owners.items():
        mock.add_row("incident", {"title": title, "ownerid": owner.systemuserid})

    rows = api.acting_for(eve.entra_object_id).values("incidents?$select=title")

    assert {row["title"] for row in rows} == seen


def test_tables_of_the_organization_know_only_all_or_nothing(ann_api: Api) -> None:
    assert ann_api.get("settingdefinitions").status_code == 200
    assert ann_api.get("cht_casehandlingtimes").status_code == 403


def test_a_lookup_needs_append_to_on_what_it_names(
    mock: MockDataverse, api: Api, case: UUID
) -> None:
    writer = Role(
        name="Writes only",
        description="For a test.",
        privileges={
            ("cht_timelog", access): Depth.USER for access in (Access.CREATE, Access.APPEND)
        },
    )
    mock.add_role(writer)
    eve = mock.add_user("Eve Dunn", roles=("Writes only",))

    answer = api.acting_for(eve.entra_object_id).post(
        "cht_timelogs", time_log(case, eve.systemuserid)
    )

    assert answer.status_code == 403
    assert "prvAppendToIncident" in answer.json()["error"]["message"]


def test_creating_for_another_owner_needs_assign(api: Api, ben: User, case: UUID) -> None:
    body = time_log(case, ben.systemuserid)
    body["ownerid@odata.bind"] = f"/systemusers({ben.systemuserid})"

    answer = api.post("cht_timelogs", body)

    assert answer.status_code == 403
    assert "prvAssigncht_TimeLog" in answer.json()["error"]["message"]


def test_a_row_is_not_given_to_who_could_not_read_it(
    admin_api: Api, mock: MockDataverse, case: UUID
) -> None:
    eve = mock.add_user("Eve Dunn", roles=("Customer Service Representative",))
    body = time_log(case, eve.systemuserid)
    body["ownerid@odata.bind"] = f"/systemusers({eve.systemuserid})"

    answer = admin_api.post("cht_timelogs", body)

    assert (answer.status_code, code_of(answer)) == (403, "0x80040231")


def test_acting_for_others_needs_the_privilege(mock: MockDataverse, api: Api, ann: User) -> None:
    mock.give_roles(mock.service_user_id, ["Case Time Supervisor"])

    answer = api.acting_for(ann.entra_object_id).get("WhoAmI")

    assert (answer.status_code, code_of(answer)) == (403, "0x8004a110")


def test_acting_for_somebody_never_widens_what_the_sender_may(
    mock: MockDataverse, api: Api, case: UUID
) -> None:
    boss = mock.add_user("Ida Boss", roles=("System Administrator",))
    boss_api = api.acting_for(boss.entra_object_id)

    answer = boss_api.patch(f"incidents({case})", {"title": "x"}, {"If-Match": "*"})

    assert answer.status_code == 403  # the application user may not write cases


def test_the_older_header_names_a_person_too(api: Api, ann: User) -> None:
    answer = api.get("WhoAmI", {"MSCRMCallerID": str(ann.systemuserid)})

    assert answer.json()["UserId"] == str(ann.systemuserid)


def test_nobody_can_be_acted_for_who_is_not_there(api: Api) -> None:
    assert api.acting_for(uuid4()).get("WhoAmI").status_code == 403


def test_a_disabled_person_cannot_be_acted_for(mock: MockDataverse, api: Api) -> None:
    gone = mock.add_user("Jo Gone", disabled=True)

    answer = api.acting_for(gone.entra_object_id).get("WhoAmI")

    assert (answer.status_code, code_of(answer)) == (403, "0x80040225")


def test_a_person_without_a_role_may_nothing(mock: MockDataverse, api: Api) -> None:
    nobody = mock.add_user("Kit New", roles=())

    answer = api.acting_for(nobody.entra_object_id).get("WhoAmI")

    assert (answer.status_code, code_of(answer)) == (403, "0x80042f09")


def test_people_are_found_by_their_entra_id(api: Api, ann: User) -> None:
    rows = api.values(
        "systemusers?$select=systemuserid"
        f"&$filter=azureactivedirectoryobjectid eq {ann.entra_object_id}"
    )

    assert [row["systemuserid"] for row in rows] == [str(ann.systemuserid)]


def test_the_service_writes_rows_for_totals_itself(api: Api, ann: User, case: UUID) -> None:
    body = automatic_time(case, ann.systemuserid)

    assert api.post("cht_automatictimes", body).status_code == 204
