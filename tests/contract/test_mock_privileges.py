"""The privileges of the mock are those of its facts, and so is what our roles are checked by."""

from uuid import UUID, uuid4

import pytest

from solution.model.roles import ROLES, Access, Depth, Role
from solution.tools.validation.built_in import PRIVILEGES
from tests.contract.api import Api
from tests.contract.roles import depths_of, give_privilege
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.privileges import DEPTH_NAMES, FACTS
from tests.mock_dataverse.responses_adapter import mounted
from tests.mock_dataverse.roles import RoleParts, parts_of, put_role


def test_validation_knows_the_levels_that_dataverse_offers(mock: MockDataverse) -> None:
    known = mock.env.schema.privileges()

    assert {
        name: {DEPTH_NAMES[depth] for depth in known[name].depths} for name in PRIVILEGES
    } == PRIVILEGES


def test_a_role_of_ours_has_no_built_in_privilege_whose_name_nobody_public_confirms(
    mock: MockDataverse,
) -> None:
    names = {name for role in ROLES for name in parts_of(mock.env.schema, role).depths}

    assert {name for name in names if "cht_" not in name} <= {
        name for name, source in FACTS["names"].items() if source
    }


@pytest.mark.parametrize("table", ["systemuser", "settingdefinition"])
def test_no_environment_has_a_role_at_a_depth_that_does_not_exist(
    mock: MockDataverse, table: str
) -> None:
    impossible = Role(
        name="Impossible", description="", privileges={(table, Access.READ): Depth.USER}
    )

    with pytest.raises(ValueError, match="can't have depth = Basic"):
        mock.add_role(impossible)


def test_a_copy_of_a_role_gets_what_is_added_to_the_role(
    mock: MockDataverse, administrator: Api
) -> None:
    unit = mock.add_business_unit("Support")

    give_privilege(administrator, "prvReadPublisher", "Global")

    assert depths_of(administrator, str(unit))["prvReadPublisher"] == "Global"


@pytest.mark.parametrize("inherited", [True, False])
def test_a_role_tells_whether_it_gives_own_rows_through_a_team(
    mock: MockDataverse, administrator: Api, *, inherited: bool
) -> None:
    role = RoleParts(
        role_id=uuid4(), name="Some", description=None, depths={}, is_inherited=inherited
    )

    put_role(mock.env, role)

    row = administrator.get(f"roles({role.role_id})?$select=isinherited,_parentrootroleid_value")
    assert row.json()["isinherited"] == int(inherited)
    assert UUID(row.json()["_parentrootroleid_value"]) == role.role_id


def test_an_environment_may_call_the_privileges_on_apps_settings_as_the_rule_has_it() -> None:
    mock = MockDataverse(app_setting_privileges="AppSetting")

    with mounted(mock), Api.opened(mock.base_url, ADMIN_TOKEN) as administrator:
        assert depths_of(administrator)["prvReadAppSetting"] == "Global"
    mock.close()
