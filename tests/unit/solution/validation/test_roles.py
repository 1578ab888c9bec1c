import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import REPRESENTATIVE, Inspect, replaced, with_in

SERVICE = "Roles/Case Time Service.xml"
SUPERVISOR = "Roles/Case Time Supervisor.xml"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("prvReadcht_TimeLogs", id="of no table"),
        pytest.param("prvReadcht_timelog", id="of a table by its logical name"),
        pytest.param("prvPeekcht_TimeLog", id="of no kind"),
        pytest.param("prvReadSecret", id="of nothing that is known"),
        pytest.param("prvReadAppSetting", id="of a table that nobody public names it for"),
        pytest.param("prvSharecht_FocusSegment", id="to share rows that cannot be shared"),
    ],
)
def test_a_privilege_that_does_not_exist_is_found(tree: Tree, inspect: Inspect, name: str) -> None:
    faulty = replaced(tree, REPRESENTATIVE, '"prvReadcht_TimeLog"', f'"{name}"')

    assert inspect(faulty) == [("privilege-unknown", REPRESENTATIVE)]


def test_a_level_that_does_not_exist_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = replaced(tree, REPRESENTATIVE, 'level="Basic"', 'level="User"')

    assert inspect(faulty) == [("privilege-level", REPRESENTATIVE)]


def test_rows_of_the_organization_for_some_only_are_found(tree: Tree, inspect: Inspect) -> None:
    privilege = 'name="prvReadcht_CaseHandlingTime" level='
    faulty = replaced(tree, SUPERVISOR, f'{privilege}"Global"', f'{privilege}"Local"')

    assert inspect(faulty) == [("privilege-level", SUPERVISOR)]


def test_to_act_for_some_people_only_is_found(tree: Tree, inspect: Inspect) -> None:
    privilege = 'name="prvActOnBehalfOfAnotherUser" level='
    faulty = replaced(tree, SERVICE, f'{privilege}"Global"', f'{privilege}"Basic"')

    assert inspect(faulty) == [("privilege-level", SERVICE)]


def test_users_for_oneself_only_are_found(tree: Tree, inspect: Inspect) -> None:
    privilege = 'name="prvAppendToUser" level='
    faulty = replaced(tree, REPRESENTATIVE, f'{privilege}"Local"', f'{privilege}"Basic"')

    assert inspect(faulty) == [("privilege-level", REPRESENTATIVE)]


@pytest.mark.parametrize("value", [' isinherited="0"', ""])
def test_a_role_that_gives_no_own_rows_through_a_team_is_found(
    tree: Tree, inspect: Inspect, value: str
) -> None:
    faulty = replaced(tree, SERVICE, ' isinherited="1"', value)

    assert inspect(faulty) == [("role-not-inherited", SERVICE)]


def test_a_privilege_that_is_given_at_two_levels_is_found(tree: Tree, inspect: Inspect) -> None:
    faulty = with_in(
        tree,
        REPRESENTATIVE,
        "RolePrivileges",
        '<RolePrivilege name="prvReadcht_TimeLog" level="Deep"/>',
    )

    assert inspect(faulty) == [("privilege-twice", REPRESENTATIVE)]
