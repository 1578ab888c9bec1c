"""Roles as rows: one in each business unit, given to users and taken away over the Web API."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api
from tests.contract.roles import role_id, root_unit
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SERVICE = "Case Time Service"
SUPERVISOR = "Case Time Supervisor"


def give(api: Api, user: UUID | str, role: str) -> int:
    body = {"@odata.id": f"{api.root}roles({role})"}
    return api.post(f"systemusers({user})/systemuserroles_association/$ref", body).status_code


def names_of_roles(api: Api, user: UUID | str) -> set[str]:
    rows = api.values(f"systemusers({user})/systemuserroles_association?$select=roleid,name")
    return {row["name"] for row in rows}


@pytest.fixture
def kit(mock: MockDataverse) -> User:
    """Somebody without any role."""
    return mock.add_user("Kit New", roles=())


def test_a_role_given_is_shown_and_lets_its_holder_in(
    administrator: Api, api: Api, kit: User
) -> None:
    before = api.acting_for(kit.entra_object_id).get("cht_timelogs").status_code

    assert give(administrator, kit.systemuserid, role_id(administrator, SUPERVISOR)) == 204

    after = api.acting_for(kit.entra_object_id).get("cht_timelogs").status_code
    assert (before, after) == (403, 200)
    assert names_of_roles(administrator, kit.systemuserid) == {SUPERVISOR}


@pytest.mark.parametrize("form", ["association({})/$ref", "association/$ref?$id={}"])
def test_a_role_is_taken_away(administrator: Api, kit: User, form: str) -> None:
    role = role_id(administrator, SUPERVISOR)
    give(administrator, kit.systemuserid, role)
    named = role if "({})" in form else f"{administrator.root}roles({role})"

    answer = administrator.delete(
        f"systemusers({kit.systemuserid})/systemuserroles_{form.format(named)}"
    )

    assert answer.status_code == 204
    assert names_of_roles(administrator, kit.systemuserid) == set()


def test_the_same_role_is_not_given_twice(administrator: Api, kit: User) -> None:
    role = role_id(administrator, SUPERVISOR)
    give(administrator, kit.systemuserid, role)

    assert give(administrator, kit.systemuserid, role) == 412


def test_giving_roles_takes_an_administrator(api: Api, administrator: Api, kit: User) -> None:
    role = role_id(administrator, SUPERVISOR)

    assert give(api, kit.systemuserid, role) == 403


def test_every_business_unit_has_its_own_copy_of_a_role(
    mock: MockDataverse, administrator: Api
) -> None:
    unit = mock.add_business_unit("Support")

    copy = role_id(administrator, SUPERVISOR, str(unit))

    root = role_id(administrator, SUPERVISOR)
    row = administrator.get(f"roles({copy})?$select=_parentrootroleid_value").json()
    assert copy != root
    assert row["_parentrootroleid_value"] == root


def test_a_copy_gives_what_the_role_gives(
    mock: MockDataverse, administrator: Api, api: Api
) -> None:
    unit = mock.add_business_unit("Support")
    fay = mock.add_user("Fay", roles=(), business_unit=unit)

    give(administrator, fay.systemuserid, role_id(administrator, SUPERVISOR, str(unit)))

    assert api.acting_for(fay.entra_object_id).get("cht_timelogs").status_code == 200


def test_what_a_role_allows_is_told_by_name_and_depth(administrator: Api) -> None:
    role = role_id(administrator, "Case Time Representative")

    answer = administrator.get(f"RetrieveRolePrivilegesRole(RoleId={role})").json()

    depths = {each["PrivilegeName"]: each["Depth"] for each in answer["RolePrivileges"]}
    assert depths["prvReadcht_TimeLog"] == "Basic"
    assert depths["prvReadUser"] == "Global"
    assert "prvWriteIncident" not in depths


@pytest.mark.mock_only("makes a user, whom nobody can delete")
def test_an_application_gets_a_user_of_its_own(administrator: Api) -> None:
    application = uuid4()
    body = {
        "applicationid": str(application),
        "businessunitid@odata.bind": f"/businessunits({root_unit(administrator)})",
    }

    made = administrator.post("systemusers", body)

    assert made.status_code == 204
    (user,) = administrator.values(
        f"systemusers?$select=systemuserid,accessmode&$filter=applicationid eq {application}"
    )
    assert user["systemuserid"] in made.headers["OData-EntityId"]
    assert administrator.post("systemusers", body).status_code == 412


@pytest.mark.mock_only("makes a user, whom nobody can delete")
def test_an_application_user_with_the_service_role_may_act(administrator: Api) -> None:
    body = {
        "applicationid": str(uuid4()),
        "businessunitid@odata.bind": f"/businessunits({root_unit(administrator)})",
    }
    user = administrator.post("systemusers", body).headers["OData-EntityId"][-37:-1]

    give(administrator, user, role_id(administrator, SERVICE))

    acting = administrator.get("incidents", {"MSCRMCallerID": user})
    assert acting.status_code == 200
