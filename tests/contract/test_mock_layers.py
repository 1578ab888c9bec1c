"""Apps, site maps and settings of apps have a layer that is read only when it is published."""

import pytest

from solution.model.identity import APP_NAME
from tests.contract.api import Api
from tests.mock_dataverse.app import MockDataverse

SETTING = "cht_UpdateIntervalMinutes"
UNPUBLISHED = "Microsoft.Dynamics.CRM.RetrieveUnpublishedMultiple()"


def in_effect(api: Api) -> str:
    names = f"SettingName='{SETTING}',AppUniqueName='{APP_NAME}'"
    value: str = api.get(f"RetrieveSetting({names})").json()["SettingDetail"]["Value"]
    return value


def set_for_the_app(api: Api, value: str) -> None:
    body = {"SettingName": SETTING, "Value": value, "AppUniqueName": APP_NAME}
    assert api.post("SaveSettingValue", body).status_code == 204


@pytest.mark.parametrize(("waits", "before"), [(False, "20"), (True, "10")])
def test_a_value_that_is_set_for_an_app_may_wait_to_be_published(
    mock: MockDataverse, administrator: Api, *, waits: bool, before: str
) -> None:
    mock.switches.settings_of_apps_wait_for_publishing = waits

    set_for_the_app(administrator, "20")

    values = [row["value"] for row in administrator.values(f"appsettings/{UNPUBLISHED}")]
    assert (values, in_effect(administrator)) == (["20"], before)
    administrator.post("PublishAllXml", {})
    assert in_effect(administrator) == "20"


def test_what_waits_is_published_with_its_app(mock: MockDataverse, administrator: Api) -> None:
    mock.switches.settings_of_apps_wait_for_publishing = True
    set_for_the_app(administrator, "20")
    (app,) = administrator.values(f"appmodules?$filter=uniquename eq '{APP_NAME}'")
    named = f"<appmodules><appmodule>{app['appmoduleid']}</appmodule></appmodules>"

    administrator.post(
        "PublishXml", {"ParameterXml": f"<importexportxml>{named}</importexportxml>"}
    )

    assert in_effect(administrator) == "20"


@pytest.mark.parametrize(("waits", "before"), [(False, "10"), (True, "20")])
def test_a_value_that_is_removed_for_an_app_may_wait_to_be_published(
    mock: MockDataverse, administrator: Api, *, waits: bool, before: str
) -> None:
    set_for_the_app(administrator, "20")
    (row,) = administrator.values("appsettings")
    mock.switches.settings_of_apps_wait_for_publishing = waits

    assert administrator.delete(f"appsettings({row['appsettingid']})").status_code == 204

    assert in_effect(administrator) == before
    administrator.post("PublishAllXml", {})
    assert (in_effect(administrator), administrator.values("appsettings")) == ("10", [])


def test_a_changed_app_is_read_when_it_is_published(administrator: Api) -> None:
    (app,) = administrator.values(f"appmodules?$filter=uniquename eq '{APP_NAME}'")
    url = f"appmodules({app['appmoduleid']})"
    administrator.patch(url, {"name": "Renamed"})

    before = administrator.get(url).json()["name"]
    administrator.post("PublishAllXml", {})

    assert (before == app["name"], administrator.get(url).json()["name"]) == (True, "Renamed")


@pytest.mark.parametrize("table", ["appmodules", "appsettings", "sitemaps"])
def test_their_drafts_are_listed(administrator: Api, table: str) -> None:
    assert administrator.get(f"{table}/{UNPUBLISHED}").status_code == 200
