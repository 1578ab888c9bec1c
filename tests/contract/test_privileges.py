"""Privileges by name: which there are, how far each can reach, and adding them to a role."""

import pytest

from tests.contract.api import Api
from tests.contract.roles import FLAGS, SUPERVISOR, depths_of, give_privilege, privilege, role_id

DEPTH_IMPOSSIBLE = "0x8004140b"


@pytest.mark.parametrize(
    ("name", "reaches"),
    [
        pytest.param("prvReadcht_TimeLog", (True, True, True, True), id="rows of users"),
        pytest.param("prvAppendToUser", (False, True, True, True), id="users"),
        pytest.param("prvReadOrganizationSetting", (False, False, False, True), id="everybody's"),
        pytest.param("prvActOnBehalfOfAnotherUser", (False, False, False, True), id="no table"),
    ],
)
def test_a_privilege_tells_how_far_it_can_reach(
    administrator: Api, name: str, reaches: tuple[bool, ...]
) -> None:
    row = privilege(administrator, name)

    assert tuple(row[flag] for flag in FLAGS) == reaches


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            "prvReadAppSetting",
            id="a name that nobody confirms",
            marks=pytest.mark.mock_only("may be there"),
        ),
        pytest.param("prvAppendSystemForm", id="appending on a table without it"),
        pytest.param("prvAssignUser", id="assigning what belongs to no user"),
        pytest.param("prvSharecht_FocusSegment", id="sharing elastic rows"),
    ],
)
def test_what_does_not_exist_is_not_listed(administrator: Api, name: str) -> None:
    assert administrator.values(f"privileges?$filter=name eq '{name}'") == []


def test_a_table_tells_its_privileges(administrator: Api) -> None:
    definition = "EntityDefinitions(LogicalName='appsetting')?$select=Privileges"

    (read,) = (
        one
        for one in administrator.get(definition).json()["Privileges"]
        if one["PrivilegeType"] == "Read"
    )

    assert read["PrivilegeId"] == privilege(administrator, read["Name"])["privilegeid"]
    assert (read["CanBeBasic"], read["CanBeGlobal"]) == (False, True)


@pytest.mark.mock_only("changes a role that people have")
def test_a_privilege_that_is_added_is_there_beside_the_others(administrator: Api) -> None:
    before = depths_of(administrator)

    assert give_privilege(administrator, "prvReadPublisher", "Global") is None
    assert depths_of(administrator) == before | {"prvReadPublisher": "Global"}


@pytest.mark.mock_only("changes a role that people have")
def test_privileges_that_are_replaced_are_all_there_is(administrator: Api) -> None:
    give_privilege(administrator, "prvReadPublisher", "Global", action="ReplacePrivilegesRole")

    assert depths_of(administrator) == {"prvReadPublisher": "Global"}


@pytest.mark.mock_only("changes a role that people have")
@pytest.mark.parametrize("action", ["AddPrivilegesRole", "ReplacePrivilegesRole"])
def test_a_privilege_is_not_given_at_a_depth_it_cannot_have(
    administrator: Api, action: str
) -> None:
    before = depths_of(administrator)

    error = give_privilege(administrator, "prvReadUser", "Basic", action=action)

    assert error is not None
    assert error["code"] == DEPTH_IMPOSSIBLE
    assert "can't have depth = Basic" in error["message"]
    assert depths_of(administrator) == before


def test_adding_privileges_takes_an_administrator(administrator: Api, api: Api) -> None:
    role = role_id(administrator, SUPERVISOR)

    answer = api.post(f"roles({role})/Microsoft.Dynamics.CRM.AddPrivilegesRole", {"Privileges": []})

    assert answer.status_code == 403
