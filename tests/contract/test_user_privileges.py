"""What a user may do, asked for by the names of privileges: roles and all."""

import json
from urllib.parse import quote

import pytest

from tests.contract.api import Api
from tests.mock_dataverse.people import User


def held(api: Api, user: object, *names: str) -> dict[str, str]:
    asked = quote(json.dumps(names))
    answer = api.get(
        f"systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames"
        f"(PrivilegeNames=@names)?@names={asked}"
    )
    return {each["PrivilegeName"]: each["Depth"] for each in answer.json()["RolePrivileges"]}


def test_only_what_the_roles_give_is_told(api: Api, ann: User) -> None:
    asked = ("prvReadOrganizationSetting", "prvWriteOrganizationSetting", "prvReadcht_TimeLog")

    assert held(api, ann.systemuserid, *asked) == {
        "prvReadOrganizationSetting": "Global",
        "prvReadcht_TimeLog": "Basic",
    }


def test_an_administrator_has_every_privilege(administrator: Api) -> None:
    me = administrator.get("WhoAmI").json()["UserId"]

    assert held(administrator, me, "prvWriteOrganizationSetting", "prvWriteAppModule") == {
        "prvWriteOrganizationSetting": "Global",
        "prvWriteAppModule": "Global",
    }


@pytest.mark.parametrize("names", ["", "?@names=prvReadUser", '?@names={"a":1}'])
def test_a_list_of_names_is_needed(api: Api, ann: User, names: str) -> None:
    answer = api.get(
        f"systemusers({ann.systemuserid})/Microsoft.Dynamics.CRM."
        f"RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@names){names}"
    )

    assert answer.status_code == 400
