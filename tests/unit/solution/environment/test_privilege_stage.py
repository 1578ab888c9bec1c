"""What the roles hold is looked up before anything is written; what is offered here is added."""

from uuid import UUID

import pytest

from solution.model.roles import ROLES
from solution.tools.environment.deployment.privileges import offers_plan, require_privileges
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import NOTHING_AHEAD, Ahead, carry_out
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.roles import parts_of, put_role
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.findings import rows_of
from tests.unit.solution.environment.targets import NO_PACKAGE

FORETOLD = [
    f"give the role {role.name} what lets it read the settings of apps here" for role in ROLES
]


@pytest.fixture
def as_imported(mock: MockDataverse) -> None:
    """The roles as the solution brings them."""
    for role in ROLES:
        put_role(mock.env, parts_of(mock.env.schema, role))


def privilege(mock: MockDataverse, name: str) -> UUID:
    (row,) = rows_of(mock, "privilege", name=name)
    return UUID(row["privilegeid"])


def held(mock: MockDataverse, name: str) -> list[str]:
    """Return the roles of ours that hold a privilege."""
    names = {role.name for role in ROLES}
    sql = mock.env.store.sql(mock.env.schema.table("role"))
    rows = mock.env.store.select(sql.select())
    return sorted(
        str(row["name"]) for row in rows if row["name"] in names and name in str(row["privileges"])
    )


def test_where_everything_is_offered_nothing_stops_it(desk: Desk) -> None:
    require_privileges(desk.session.dataverse)


@pytest.mark.parametrize("name", ["prvReadAppModule", "prvActOnBehalfOfAnotherUser"])
def test_a_privilege_that_is_not_there_stops_it_by_its_name(
    mock: MockDataverse, desk: Desk, name: str
) -> None:
    mock.delete_row("privilege", privilege(mock, name))

    with pytest.raises(Stopped, match=rf"nothing was changed:\n  {name} is not there$"):
        require_privileges(desk.session.dataverse)


def test_a_depth_that_is_not_there_stops_it(mock: MockDataverse, desk: Desk) -> None:
    mock.update_row("privilege", privilege(mock, "prvAppendToUser"), {"canbelocal": False})

    with pytest.raises(Stopped, match="prvAppendToUser cannot reach as far as Local"):
        require_privileges(desk.session.dataverse)


def test_a_name_in_other_letters_is_the_same(mock: MockDataverse, desk: Desk) -> None:
    mock.update_row("privilege", privilege(mock, "prvReadUser"), {"name": "prvreaduser"})

    require_privileges(desk.session.dataverse)


def test_roles_that_hold_what_is_offered_are_left_alone(desk: Desk) -> None:
    assert offers_plan(desk.session, NOTHING_AHEAD).changes == ()


@pytest.mark.usefixtures("as_imported")
def test_roles_get_what_is_offered_whatever_it_is_called(mock: MockDataverse, desk: Desk) -> None:
    plan = offers_plan(desk.session, NOTHING_AHEAD)

    carry_out(desk.session.report, plan)

    assert [change.text for change in plan.changes] == FORETOLD
    assert held(mock, "prvReadSettingOfApp") == sorted(role.name for role in ROLES)
    assert offers_plan(desk.session, NOTHING_AHEAD).changes == ()


def test_what_an_import_takes_away_is_foretold_to_be_given_again(desk: Desk) -> None:
    plan = offers_plan(desk.session, Ahead(NO_PACKAGE))

    assert [change.text for change in plan.changes] == FORETOLD


@pytest.mark.usefixtures("as_imported")
def test_a_refusal_is_a_note_and_not_the_end(mock: MockDataverse, desk: Desk) -> None:
    mock.fail_next(403, times=2, matching=lambda request: "AddPrivilegesRole" in request.path)

    carry_out(desk.session.report, offers_plan(desk.session, NOTHING_AHEAD))

    notes = [line for line in desk.lines if line.startswith("note: Dataverse refused that")]
    assert len(notes) == 2
    assert "ask for the settings of apps one by one" in notes[0]
    assert held(mock, "prvReadSettingOfApp") == [ROLES[2].name]


@pytest.mark.usefixtures("as_imported")
@pytest.mark.parametrize("answer", [(403, None), (200, "{}"), (200, '{"Privileges": []}')])
def test_a_table_that_tells_no_privilege_offers_nothing(
    mock: MockDataverse, desk: Desk, answer: tuple[int, str | None]
) -> None:
    status, body = answer
    mock.fail_next(status, body=body, matching=lambda request: "appsetting" in request.path)

    plan = offers_plan(desk.session, NOTHING_AHEAD)

    assert plan.changes == ()
    assert plan.notes[0].startswith("this environment lets no role read the settings of apps")
