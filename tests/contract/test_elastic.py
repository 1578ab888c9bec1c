"""Elastic tables: identity with a partition, replacing upserts, session tokens, their queries."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api, code_of
from tests.contract.rows import segment, segment_url
from tests.mock_dataverse.people import User


def test_a_row_in_a_partition_is_named_by_both(ann_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)

    answer = ann_api.post("cht_focussegments", body)

    assert answer.headers["OData-EntityId"] == ann_api.root + segment_url(body)


def test_a_row_made_for_somebody_names_her_and_the_application_beside_her(
    ann_api: Api, api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)

    row = ann_api.get(segment_url(body)).json()

    itself = api.get("WhoAmI").json()["UserId"]
    assert (row["_createdby_value"], row["_createdonbehalfby_value"]) == (
        str(ann.systemuserid),
        itself,
    )


def test_rows_of_all_partitions_can_be_found_by_when_they_were_created(
    ann_api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)
    created = ann_api.get(segment_url(body)).json()["createdon"]

    def found(condition: str) -> list[str]:
        rows = ann_api.get(f"cht_focussegments?$select=cht_day&$filter={condition}").json()["value"]
        return [row["cht_focussegmentid"] for row in rows]

    assert found(f"createdon ge {created}") == [body["cht_focussegmentid"]]
    assert found(f"createdon gt {created}") == []


def test_without_a_partition_a_row_lies_in_its_own(ann_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    del body["partitionid"]
    ann_api.post("cht_focussegments", body)

    row = ann_api.get(f"cht_focussegments({body['cht_focussegmentid']})").json()

    assert row["partitionid"] == body["cht_focussegmentid"]


def test_the_same_id_may_live_in_two_partitions(ann_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)

    assert ann_api.post("cht_focussegments", body | {"partitionid": "other"}).status_code == 204


def test_the_same_id_in_the_same_partition_is_refused(ann_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)

    answer = ann_api.post("cht_focussegments", body)

    assert (answer.status_code, code_of(answer)) == (412, "0x80040237")


@pytest.mark.parametrize("form", ["key", "partitionId", "quoted partitionId"])
def test_one_row_can_be_asked_for_in_every_form(
    ann_api: Api, ann: User, case: UUID, form: str
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)
    by_id = f"cht_focussegments({body['cht_focussegmentid']})"
    urls = {
        "key": segment_url(body),
        "partitionId": f"{by_id}?partitionId={ann.systemuserid}",
        "quoted partitionId": f"{by_id}?partitionId='{ann.systemuserid}'",
    }

    assert ann_api.get(urls[form]).json()["cht_focussegmentid"] == body["cht_focussegmentid"]


def test_the_id_alone_does_not_find_a_row_of_another_partition(
    ann_api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)

    assert ann_api.get(f"cht_focussegments({body['cht_focussegmentid']})").status_code == 404


def test_a_selection_always_brings_the_system_columns(ann_api: Api, ann: User, case: UUID) -> None:
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid))

    (row,) = ann_api.values("cht_focussegments?$select=cht_day")

    assert row.keys() == {
        "@odata.etag",
        "cht_day",
        "cht_focussegmentid",
        "partitionid",
        "versionnumber",
        "_ownerid_value",
        "_owningbusinessunit_value",
    }


@pytest.mark.mock_only("tells the time by the clock of the mock")
def test_the_etag_looks_like_that_of_cosmos(ann_api: Api, ann: User, case: UUID) -> None:
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid))

    (row,) = ann_api.values("cht_focussegments?$select=cht_day")

    assert row["@odata.etag"].count("-") == 4
    assert row["@odata.etag"].endswith('-0000-0200-0000-6ae843000000"')  # 2026-11-02 08:00 UTC


def test_patch_without_if_match_replaces_the_row(admin_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid, cht_endreason="blur")
    admin_api.post("cht_focussegments", body)
    again = {key: value for key, value in body.items() if key != "cht_endreason"}

    admin_api.patch(segment_url(body), again)

    assert admin_api.get(segment_url(body)).json()["cht_endreason"] is None


def test_patch_with_if_match_merges(admin_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid, cht_endreason="blur")
    admin_api.post("cht_focussegments", body)

    admin_api.patch(segment_url(body), {"cht_windowid": "w"}, {"If-Match": "*"})

    row = admin_api.get(segment_url(body)).json()
    assert (row["cht_endreason"], row["cht_windowid"]) == ("blur", "w")


@pytest.mark.mock_only("is about what the mock does not know")
def test_conditions_by_etag_are_not_known(api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    api.post("cht_focussegments", body)

    answer = api.patch(segment_url(body), {"cht_windowid": "w"}, {"If-Match": 'W/"1"'})

    assert answer.status_code == 501


def test_every_write_gives_a_session_token(ann_api: Api, ann: User, case: UUID) -> None:
    answer = ann_api.post("cht_focussegments", segment(case, ann.systemuserid))

    assert answer.headers["x-ms-session-token"]


def test_a_delete_gives_no_session_token(admin_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    admin_api.post("cht_focussegments", body)

    answer = admin_api.delete(segment_url(body))

    assert answer.status_code == 204
    assert "x-ms-session-token" not in answer.headers


def test_a_list_can_be_narrowed_to_a_partition(ann_api: Api, ann: User, case: UUID) -> None:
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid))
    ann_api.post("cht_focussegments", segment(case, ann.systemuserid, partitionid="other"))

    rows = ann_api.values("cht_focussegments?partitionId=other&$select=cht_day")

    assert [row["partitionid"] for row in rows] == ["other"]


def test_lists_expand_nothing(ann_api: Api) -> None:
    answer = ann_api.get("cht_focussegments?$expand=cht_CaseId")

    assert (answer.status_code, code_of(answer)) == (400, "0x80048d0b")


def test_a_single_row_expands(api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    api.post("cht_focussegments", body)

    row = api.get(f"{segment_url(body)}?$expand=cht_CaseId($select=title)").json()

    assert row["cht_CaseId"]["title"] == "Printer"


@pytest.mark.parametrize("query", ["$filter=cht_CaseId/title eq 'x'", "$orderby=_cht_caseid_value"])
def test_lists_do_not_look_at_related_rows(ann_api: Api, query: str) -> None:
    assert ann_api.get(f"cht_focussegments?{query}").status_code == 400


def test_the_partition_of_a_row_never_changes(api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    api.post("cht_focussegments", body)

    answer = api.patch(segment_url(body), {"partitionid": "other"}, {"If-Match": "*"})

    assert answer.status_code == 400


def test_elastic_rows_have_no_state(api: Api) -> None:
    assert api.get("cht_focussegments?$select=statecode").status_code == 400


def test_other_alternate_keys_are_not_defined(api: Api) -> None:
    answer = api.get(f"cht_focussegments(cht_windowid='w',cht_focussegmentid={uuid4()})")

    assert (answer.status_code, code_of(answer)) == (400, "0x80060890")
