"""Switches of the mock: what an environment may refuse; no public source says whether it does."""

import json
from uuid import UUID

import pytest

from tests.contract.api import Api, Part, code_of, part_answers
from tests.contract.rows import segment, segment_url
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

TOKEN = "x-ms-session-token"
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
    assert api.get("cht_focussegments").status_code == 200
    mock.switches.large_elastic_pages_are_refused = True

    assert api.get("cht_focussegments", large).status_code == 400
    assert api.get("cht_focussegments").status_code == 400
    assert api.get("cht_focussegments", small).status_code == 200
    assert api.get("cht_focussegments?$top=500").status_code == 200
    assert api.get("cht_timelogs", large).status_code == 200


def test_the_key_of_an_elastic_table_may_never_be_ready(
    mock: MockDataverse, administrator: Api
) -> None:
    mock.switches.elastic_key_status = "Pending"
    table = "EntityDefinitions(LogicalName='cht_focussegment')"

    (key,) = administrator.values(f"{table}/Keys?$select=EntityKeyIndexStatus")
    expanded = administrator.get(f"{table}?$select=LogicalName&$expand=Keys").json()

    assert key["EntityKeyIndexStatus"] == "Pending"
    assert expanded["Keys"][0]["EntityKeyIndexStatus"] == "Pending"


def test_an_id_alone_may_find_a_row_of_any_partition(
    mock: MockDataverse, ann_api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)
    mock.switches.elastic_id_alone = "any partition"

    row = ann_api.get(f"cht_focussegments({body['cht_focussegmentid']})").json()

    assert row["partitionid"] == str(ann.systemuserid)


def test_parts_of_a_batch_may_carry_no_session_token(
    mock: MockDataverse, ann_api: Api, ann: User, case: UUID
) -> None:
    def tokens() -> list[bool]:
        part = Part("POST", "cht_focussegments", segment(case, ann.systemuserid))
        return [TOKEN in answer.headers for answer in part_answers(ann_api.batch(part, [part]))]

    assert tokens()[0]
    mock.switches.batch_session_tokens = False

    assert not any(tokens())


def test_a_row_alone_keeps_its_session_token(
    mock: MockDataverse, ann_api: Api, ann: User, case: UUID
) -> None:
    mock.switches.batch_session_tokens = False
    body = segment(case, ann.systemuserid)

    assert TOKEN in ann_api.post("cht_focussegments", body).headers
    assert ann_api.get(segment_url(body)).status_code == 200


def test_an_etag_of_an_elastic_row_may_count_or_not(
    mock: MockDataverse, admin_api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    admin_api.post("cht_focussegments", body)

    def status() -> int:
        outdated = {"If-Match": 'W/"1"'}
        return admin_api.patch(segment_url(body), {"cht_windowid": "w"}, outdated).status_code

    assert status() == 501
    mock.switches.elastic_etags = "checked"
    assert status() == 412
    mock.switches.elastic_etags = "ignored"
    assert status() == 204
