"""Switches of the mock: what an environment may refuse; no public source says whether it does."""

import json
from uuid import UUID

import pytest

from tests.contract.api import Api, code_of
from tests.contract.rows import segment
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

CRM = "Microsoft.Dynamics.CRM"
ONE_BY_ONE = "RetrieveSetting(SettingName=@s)?@s='cht_MyTimeVisible'"


@pytest.mark.parametrize(
    ("name", "url"), [("appsetting", "appsettings"), ("RetrieveSetting", ONE_BY_ONE)]
)
def test_a_table_or_a_function_can_be_refused(
    api: Api, mock: MockDataverse, name: str, url: str
) -> None:
    assert api.get(url).status_code == 200
    mock.switches.refused = {name: (403, "0x80040220")}

    answer = api.get(url)

    assert (answer.status_code, code_of(answer)) == (403, "0x80040220")


def test_a_repeated_elastic_create_can_have_any_status_and_code(
    ann_api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    mock.switches.elastic_duplicate = (400, "0x80040265")
    row = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", row)

    alone = ann_api.post("cht_focussegments", row)
    together = ann_api.post(
        f"cht_focussegments/{CRM}.CreateMultiple",
        {"Targets": [{"@odata.type": f"{CRM}.cht_focussegment", **row}]},
        {"Prefer": 'odata.include-annotations="*"'},
    )

    assert (alone.status_code, code_of(alone)) == (400, "0x80040265")
    error = together.json()["error"]
    details = [text for name, text in error.items() if name.endswith("BulkApiErrorDetails")]
    assert [failed["StatusCode"] for failed in json.loads(details[0])] == [400]


def test_a_large_page_of_an_elastic_table_can_be_refused(api: Api, mock: MockDataverse) -> None:
    large, small = ({"Prefer": f"odata.maxpagesize={size}"} for size in (5000, 500))
    assert api.get("cht_focussegments", large).status_code == 200
    mock.switches.large_elastic_pages_are_refused = True

    assert api.get("cht_focussegments", large).status_code == 400
    assert api.get("cht_focussegments", small).status_code == 200
    assert api.get("cht_timelogs", large).status_code == 200
