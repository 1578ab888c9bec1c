"""Settings: app, then environment, then default; overrides say of what and for which app."""

import pytest

from tests.contract.api import Api
from tests.mock_dataverse.app import MockDataverse

NAME = "cht_UpdateIntervalMinutes"
APP = "msdyn_CustomerServiceWorkspace"
APP_VALUES = "settingdefinition_appsetting_settingdefinitionId"


def value_of(api: Api, app: str | None = None) -> str:
    parameters = "SettingName=@s" + (",AppUniqueName=@a" if app else "")
    values = f"@s='{NAME}'" + (f"&@a='{app}'" if app else "")
    value: str = api.get(f"RetrieveSetting({parameters})?{values}").json()["SettingDetail"]["Value"]
    return value


@pytest.mark.parametrize(
    ("environment", "app", "expected"),
    [
        pytest.param(None, None, "10", id="default"),
        pytest.param("20", None, "20", id="environment"),
        pytest.param("20", "30", "30", id="app before environment"),
        pytest.param(None, "30", "30", id="app before default"),
    ],
)
def test_the_nearest_value_wins(
    api: Api, mock: MockDataverse, environment: str | None, app: str | None, expected: str
) -> None:
    mock.setting(NAME, environment)
    mock.setting(NAME, app, app=APP)

    assert value_of(api, APP) == expected


def test_the_value_of_an_app_is_not_that_of_another(api: Api, mock: MockDataverse) -> None:
    mock.setting(NAME, "30", app=APP)

    assert (value_of(api, "other"), value_of(api)) == ("10", "10")


def test_an_override_that_is_taken_away_counts_no_more(api: Api, mock: MockDataverse) -> None:
    mock.setting(NAME, "20")
    mock.setting(NAME, None)

    assert value_of(api) == "10"


@pytest.mark.mock_only("leaves the value of a setting")
def test_a_saved_value_is_the_one_retrieved(admin_api: Api) -> None:
    body = {"SettingName": NAME, "Value": "15", "AppUniqueName": APP}

    assert admin_api.post("SaveSettingValue", body).status_code == 204
    assert value_of(admin_api, APP) == "15"


@pytest.mark.parametrize("overrides", ["organizationsettings", "appsettings"])
def test_an_override_names_its_setting(api: Api, mock: MockDataverse, overrides: str) -> None:
    mock.setting(NAME, "20")
    mock.setting(NAME, "20", app=APP)
    mock.setting("cht_MyTimeVisible", "false")

    (row,) = api.values(
        f"{overrides}?$select=value&$filter=settingdefinitionid/uniquename eq '{NAME}'"
        "&$expand=settingdefinitionid($select=uniquename)"
    )

    assert (row["value"], row["settingdefinitionid"]["uniquename"]) == ("20", NAME)


def test_an_override_of_an_app_names_the_app(api: Api, mock: MockDataverse) -> None:
    mock.setting(NAME, "30", app=APP)

    (row,) = api.values("appsettings?$select=value&$expand=parentappmoduleid($select=uniquename)")

    assert (row["value"], row["parentappmoduleid"]["uniquename"]) == ("30", APP)


def test_the_values_of_apps_are_not_found_by_the_name_of_the_relationship(api: Api) -> None:
    schema_name = APP_VALUES.lower()

    found = api.get(f"settingdefinitions?$select=uniquename&$expand={APP_VALUES}")
    answer = api.get(f"settingdefinitions?$select=uniquename&$expand={schema_name}")

    assert (found.status_code, answer.status_code) == (200, 400)
