from uuid import UUID, uuid4

import pytest

from dataverse_client import DataverseUnavailable
from solution.model.roles import SERVICE
from solution.tools.environment.deployment.application_user import application_user_plan
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Plan, work_through
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk

APPLICATION = UUID("a0a0a0a0-0000-4000-8000-000000000001")


def plan(desk: Desk) -> Plan:
    return application_user_plan(desk.session, APPLICATION)


def done(desk: Desk) -> list[str]:
    planned = plan(desk)
    work_through(desk.session.report, planned)
    return [change.text for change in planned.changes]


def test_an_application_gets_a_user_and_the_role(mock: MockDataverse, desk: Desk) -> None:
    texts = done(desk)

    assert texts == [
        f"create an application user for {APPLICATION}",
        "give the application user the role Case Time Service",
    ]
    (user,) = [row for row in mock.rows("systemuser") if row["applicationid"] == str(APPLICATION)]
    roles = {row["roleid"]: row["name"] for row in mock.rows("role")}
    held = [
        row for row in mock.rows("systemuserroles") if row["systemuserid"] == user["systemuserid"]
    ]
    assert [roles[row["roleid"]] for row in held] == [SERVICE.name]
    assert plan(desk) == Plan()


def test_a_disabled_user_is_enabled_and_keeps_its_other_roles(
    mock: MockDataverse, desk: Desk
) -> None:
    user = mock.add_user(
        "# functions",
        application_id=APPLICATION,
        roles=("Case Time Supervisor", SERVICE.name),
        disabled=True,
    )

    assert done(desk) == ["enable the application user"]
    held = [
        row for row in mock.rows("systemuserroles") if row["systemuserid"] == str(user.systemuserid)
    ]
    assert len(held) == 2
    assert plan(desk) == Plan()


def test_the_role_of_the_users_own_business_unit_is_given(mock: MockDataverse, desk: Desk) -> None:
    unit = mock.add_business_unit("Services")
    mock.add_user("# functions", application_id=APPLICATION, roles=(), business_unit=unit)

    assert done(desk) == ["give the application user the role Case Time Service"]
    assert plan(desk) == Plan()


def test_a_role_that_is_more_than_needed_is_mentioned_and_left(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.add_user(
        "# functions", application_id=APPLICATION, roles=(SERVICE.name, "System Administrator")
    )

    planned = plan(desk)

    assert planned.changes == ()
    assert "has the role System Administrator too" in planned.notes[0]


def test_a_role_whose_giving_was_not_heard_of_is_given_once(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.fail_next(503, when="after", matching=lambda each: each.path.endswith("association/$ref"))

    done(desk)

    assert plan(desk) == Plan()


def test_a_user_whose_creation_was_not_heard_of_is_found_the_next_time(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.fail_next(503, when="after", matching=lambda each: each.method == "POST")
    with pytest.raises(DataverseUnavailable):
        done(desk)

    assert done(desk) == ["give the application user the role Case Time Service"]


def test_a_user_that_dataverse_does_not_create_can_be_created_by_hand(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.fail_next(400, matching=lambda each: each.method == "POST")

    with pytest.raises(Stopped, match="create it in the Power Platform admin center"):
        done(desk)


def test_a_missing_role_says_how_it_comes_back(mock: MockDataverse, desk: Desk) -> None:
    for row in mock.rows("role"):
        if row["name"] == SERVICE.name:
            mock.delete_row("role", UUID(str(row["roleid"])))

    with pytest.raises(Stopped, match="--reimport"):
        done(desk)


def test_without_an_application_users_are_left_alone(desk: Desk) -> None:
    planned = application_user_plan(desk.session, None)

    assert planned.changes == ()
    assert "--application-id" in planned.notes[0]


def test_other_applications_are_not_touched(mock: MockDataverse, desk: Desk) -> None:
    mock.add_user("# other", application_id=uuid4(), roles=(), disabled=True)

    assert len(plan(desk).changes) == 2
