"""An environment that blocks unmanaged customizations: it says so, and refuses them."""

from uuid import uuid4

import pytest

from tests.contract.api import Api
from tests.contract.test_registration import WEBHOOK
from tests.mock_dataverse.app import MockDataverse

SETTINGS = "organizations?$select=orgdborgsettings"
FLAG = "<IsLockdownOfUnmanagedCustomizationEnabled>true<"


@pytest.mark.parametrize("blocked", [True, False])
def test_the_organization_says_whether_it_blocks_them(
    administrator: Api, mock: MockDataverse, *, blocked: bool
) -> None:
    mock.switches.unmanaged_blocked = blocked

    (row,) = administrator.values(SETTINGS)

    assert (FLAG in row["orgdborgsettings"]) is blocked


def test_keys_forms_endpoints_and_steps_cannot_be_written(
    administrator: Api, mock: MockDataverse
) -> None:
    mock.switches.unmanaged_blocked = True
    form = administrator.values("systemforms?$select=formid&$filter=type eq 2")[0]["formid"]
    key = {"SchemaName": "cht_ByEmail", "KeyAttributes": ["emailaddress1"]}

    answers = [
        administrator.post("EntityDefinitions(LogicalName='contact')/Keys", key),
        administrator.patch(f"systemforms({form})", {"description": "Ours"}),
        administrator.patch(f"serviceendpoints({uuid4()})", WEBHOOK),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_rows_of_people_can_be_written(administrator: Api, mock: MockDataverse) -> None:
    mock.switches.unmanaged_blocked = True

    assert administrator.post("accounts", {"name": "Coffee shop"}).status_code == 204


def test_the_languages_that_are_there_are_told(administrator: Api, mock: MockDataverse) -> None:
    mock.switches.provisioned_languages = (1033, 1031)

    answer = administrator.get("RetrieveProvisionedLanguages()").json()

    assert answer["RetrieveProvisionedLanguages"] == [1033, 1031]
