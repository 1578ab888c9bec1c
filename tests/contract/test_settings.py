"""Settings: app, then environment, then default; and all of them in one query."""

import pytest

from tests.contract.api import Api
from tests.mock_dataverse.app import MockDataverse

NAME = "cht_UpdateIntervalMinutes"
APP = "msdyn_CustomerServiceWorkspace"
ENVIRONMENT_VALUES = "settingdefinition_organizationsetting_settingdefinitionid"
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


def test_a_saved_value_is_the_one_retrieved(admin_api: Api) -> None:
    body = {"SettingName": NAME, "Value": "15", "AppUniqueName": APP}

    assert admin_api.post("SaveSettingValue", body).status_code == 204
    assert value_of(admin_api, APP) == "15"


def test_one_query_brings_definitions_and_overrides(api: Api, mock: MockDataverse) -> None:
    mock.setting(NAME, "20")
    mock.setting(NAME, "30", app=APP)

    rows = api.values(
        "settingdefinitions?$select=uniquename,datatype,defaultvalue,isoverridable,overridablelevel"
        "&$filter=startswith(uniquename,'cht_')"
        f"&$expand={ENVIRONMENT_VALUES}($select=value),{APP_VALUES}"
        "($select=value,_parentappmoduleid_value;$expand=parentappmoduleid($select=uniquename))"
    )

    (row,) = [row for row in rows if row["uniquename"] == NAME]
    assert len(rows) == 7
    assert (row["datatype"], row["defaultvalue"]) == (0, "10")
    assert [override["value"] for override in row[ENVIRONMENT_VALUES]] == ["20"]
    assert [
        (override["value"], override["parentappmoduleid"]["uniquename"])
        for override in row[APP_VALUES]
    ] == [("30", APP)]


def test_the_values_of_apps_are_not_found_by_the_name_of_the_relationship(api: Api) -> None:
    schema_name = APP_VALUES.lower()

    answer = api.get(f"settingdefinitions?$select=uniquename&$expand={schema_name}")

    assert answer.status_code == 400
