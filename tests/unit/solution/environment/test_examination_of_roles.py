import json
from uuid import UUID

import pytest

from solution.generator.roles import named_privileges
from solution.model.roles import REPRESENTATIVE, SERVICE, SUPERVISOR, Depth
from solution.tools.environment.examination.roles import (
    application_user_findings,
    privilege_findings,
    representative_findings,
    role_findings,
)
from solution.tools.environment.reporter import Level
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.roles import parts_of, put_role
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.findings import not_well, only, rows_of


def test_roles_as_the_solution_brings_them_are_well(desk: Desk) -> None:
    findings = list(role_findings(desk.session.dataverse))

    assert not_well(findings) == []
    assert len(findings) == 3


def test_a_missing_role_is_a_problem(mock: MockDataverse, desk: Desk) -> None:
    for row in rows_of(mock, "role", name=SUPERVISOR.name):
        mock.delete_row("role", UUID(row["roleid"]))

    assert not_well(role_findings(desk.session.dataverse)) == [
        ("problem", "The role Case Time Supervisor is missing.")
    ]


@pytest.mark.parametrize(
    ("held", "level", "said"),
    [
        pytest.param({"prvReadIncident": None}, "problem", "lacks prvReadIncident", id="lacking"),
        pytest.param(
            {"prvReadIncident": Depth.USER}, "problem", "or not far enough", id="too shallow"
        ),
        pytest.param(
            {"prvDeletecht_TimeLog": Depth.USER}, "warning", "prvDeletecht_TimeLog", id="too much"
        ),
        pytest.param(
            {"prvActOnBehalfOfAnotherUser": None}, "problem", "prvActOnBehalf", id="cannot act"
        ),
    ],
)
def test_a_role_is_held_to_the_model(held: dict[str, Depth | None], level: str, said: str) -> None:
    depths = {**named_privileges(SERVICE), **held}

    ((found, what),) = not_well(
        privilege_findings(SERVICE, {name: depth for name, depth in depths.items() if depth})
    )

    assert found == level
    assert said in what


def test_a_privilege_for_chosen_rows_only_reaches_no_depth(mock: MockDataverse, desk: Desk) -> None:
    answer = {
        "RolePrivileges": [
            {"PrivilegeName": "prvReadIncident", "Depth": "RecordFilter", "PrivilegeId": None}
        ]
    }
    mock.fail_next(
        200,
        body=json.dumps(answer),
        matching=lambda each: "RetrieveRolePrivilegesRole" in each.path,
    )

    problems = [
        what
        for level, what in not_well(role_findings(desk.session.dataverse))
        if level == "problem"
    ]

    (what,) = problems
    assert what.startswith("The role Case Time Representative lacks ")


def test_a_role_that_gives_no_own_rows_through_a_team_is_told(
    mock: MockDataverse, desk: Desk
) -> None:
    (row,) = rows_of(mock, "role", name=REPRESENTATIVE.name)
    mock.update_row("role", UUID(row["roleid"]), {"isinherited": 0})

    ((level, what),) = not_well(role_findings(desk.session.dataverse))

    assert level == "warning"
    assert "Case Time Representative gives members of a team" in what


def test_a_role_that_could_read_the_settings_of_apps_and_does_not_is_told(
    mock: MockDataverse, desk: Desk
) -> None:
    put_role(mock.env, parts_of(mock.env.schema, SUPERVISOR))

    ((level, what),) = not_well(role_findings(desk.session.dataverse))

    assert level == "warning"
    assert "Case Time Supervisor could have prvReadSettingOfApp here" in what


def test_what_dataverse_gives_to_every_role_is_not_too_much() -> None:
    held = {**named_privileges(SERVICE), "prvReadSharePointData": Depth.ORGANIZATION}

    assert list(privilege_findings(SERVICE, held)) == []


def test_of_many_missing_privileges_some_are_named() -> None:
    ((_, what),) = not_well(privilege_findings(REPRESENTATIVE, {}))

    assert " and " in what
    assert " more, or not far enough." in what


def test_the_functions_user_is_well(desk: Desk) -> None:
    finding = only(application_user_findings(desk.session.dataverse))

    assert finding.level is Level.OK


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"isdisabled": True}, ("problem", "is disabled")),
        ({"applicationid": None}, ("warning", "is no application: it acts for anybody")),
    ],
)
def test_a_user_that_cannot_be_right_is_told(
    mock: MockDataverse, desk: Desk, change: dict[str, object], expected: tuple[str, str]
) -> None:
    mock.update_row("systemuser", mock.service_user_id, change)

    ((level, what),) = not_well(application_user_findings(desk.session.dataverse))

    assert level == expected[0]
    assert expected[1] in what


def test_an_application_user_that_may_do_everything_is_told(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.give_roles(mock.service_user_id, [SERVICE.name, "System Administrator"])

    ((level, what),) = not_well(application_user_findings(desk.session.dataverse))

    assert level == "warning"
    assert "has the role System Administrator too" in what


def test_without_an_application_user_the_functions_cannot_work(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.give_roles(mock.service_user_id, [])

    ((level, what),) = not_well(application_user_findings(desk.session.dataverse))

    assert level == "problem"
    assert "Nobody has the role Case Time Service" in what


def test_somebody_should_be_a_representative(mock: MockDataverse, desk: Desk) -> None:
    mock.add_user("Amira (test)", disabled=True)
    assert len(not_well(representative_findings(desk.session.dataverse))) == 1

    mock.add_user("Ben (test)")

    finding = only(representative_findings(desk.session.dataverse))
    assert finding.level is Level.OK
    assert "Ben" not in finding.what


def test_an_address_does_not_grow_with_the_number_of_business_units(
    mock: MockDataverse, desk: Desk
) -> None:
    units = [mock.add_business_unit(f"Unit {number}") for number in range(120)]
    mock.add_user("Ben (test)", business_unit=units[-1])

    assert only(representative_findings(desk.session.dataverse)).level is Level.OK
    assert max(len(request.query) for request in mock.requests) < 6_000


def test_somebody_who_works_is_found_behind_many_who_have_left(
    mock: MockDataverse, desk: Desk
) -> None:
    for number in range(150):
        mock.add_user(f"Former (test {number})", disabled=True)
    mock.add_user("Ben (test)")

    assert only(representative_findings(desk.session.dataverse)).level is Level.OK
