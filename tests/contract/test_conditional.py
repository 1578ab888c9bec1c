"""Conditional headers on standard tables: when PATCH creates, updates or refuses."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time
from tests.mock_dataverse.people import User


@pytest.fixture
def url(ann_api: Api, ann: User, case: UUID) -> str:
    """A row of Ann's that exists."""
    row_id = uuid4()
    body = automatic_time(case, ann.systemuserid, cht_automatictimeid=str(row_id))
    assert ann_api.post("cht_automatictimes", body).status_code == 204
    return f"cht_automatictimes({row_id})"


def etag_of(api: Api, url: str) -> str:
    return api.get(url).headers["ETag"]


def test_patch_updates_a_row_that_exists(ann_api: Api, url: str) -> None:
    assert ann_api.patch(url, {"cht_trackedseconds": 7}).status_code == 204

    assert ann_api.get(url).json()["cht_trackedseconds"] == 7


def test_patch_leaves_what_is_not_sent(ann_api: Api, url: str) -> None:
    ann_api.patch(url, {"cht_trackedseconds": 7})

    assert ann_api.get(url).json()["cht_day"] == "2026-11-01"


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"If-None-Match": "null"}])
def test_patch_creates_a_row_that_is_missing(
    ann_api: Api, ann: User, case: UUID, headers: dict[str, str]
) -> None:
    url = f"cht_automatictimes({uuid4()})"

    answer = ann_api.patch(url, automatic_time(case, ann.systemuserid), headers)

    assert answer.status_code == 204
    assert answer.headers["OData-EntityId"] == ann_api.root + url
    assert ann_api.get(url).status_code == 200


@pytest.mark.parametrize("condition", ["*", 'W/"1"'])
def test_if_match_never_creates(ann_api: Api, ann: User, case: UUID, condition: str) -> None:
    body = automatic_time(case, ann.systemuserid)

    answer = ann_api.patch(f"cht_automatictimes({uuid4()})", body, {"If-Match": condition})

    assert (answer.status_code, code_of(answer)) == (404, "0x80040217")


def test_if_none_match_star_never_updates(ann_api: Api, url: str) -> None:
    answer = ann_api.patch(url, {"cht_trackedseconds": 7}, {"If-None-Match": "*"})

    assert answer.status_code == 412
    assert ann_api.get(url).json()["cht_trackedseconds"] == 600


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_an_outdated_etag_is_refused(admin_api: Api, url: str, method: str) -> None:
    known = etag_of(admin_api, url)
    admin_api.patch(url, {"cht_trackedseconds": 7})

    answer = admin_api.send(method, url, {"cht_trackedseconds": 8}, {"If-Match": known})

    assert (answer.status_code, code_of(answer)) == (412, "0x80060882")


def test_the_current_etag_updates(ann_api: Api, url: str) -> None:
    headers = {"If-Match": etag_of(ann_api, url)}

    assert ann_api.patch(url, {"cht_trackedseconds": 8}, headers).status_code == 204


def test_the_current_etag_deletes(admin_api: Api, url: str) -> None:
    assert admin_api.delete(url, {"If-Match": etag_of(admin_api, url)}).status_code == 204

    assert admin_api.get(url).status_code == 404


def test_deleting_a_missing_row_is_404(admin_api: Api) -> None:
    assert admin_api.delete(f"cht_timelogs({uuid4()})").status_code == 404


def test_an_unchanged_row_is_not_sent_again(ann_api: Api, url: str) -> None:
    answer = ann_api.get(url, {"If-None-Match": etag_of(ann_api, url)})

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_changed_row_is_sent_again(ann_api: Api, url: str) -> None:
    known = etag_of(ann_api, url)
    ann_api.patch(url, {"cht_trackedseconds": 7})

    assert ann_api.get(url, {"If-None-Match": known}).status_code == 200


def test_etags_only_grow(ann_api: Api, url: str) -> None:
    before = int(etag_of(ann_api, url)[3:-1])
    ann_api.patch(url, {"cht_trackedseconds": 7})

    assert int(etag_of(ann_api, url)[3:-1]) > before


def test_a_representation_tells_an_update_from_a_creation(
    ann_api: Api, ann: User, case: UUID
) -> None:
    url, prefer = f"cht_automatictimes({uuid4()})", {"Prefer": "return=representation"}
    body = automatic_time(case, ann.systemuserid)

    statuses = [ann_api.patch(url, body, prefer).status_code for _ in range(2)]

    assert statuses == [201, 200]


def test_a_known_id_cannot_be_created_again(ann_api: Api, ann: User, case: UUID, url: str) -> None:
    body = automatic_time(case, ann.systemuserid, cht_automatictimeid=url[19:-1])

    answer = ann_api.post("cht_automatictimes", body)

    assert (answer.status_code, code_of(answer)) == (412, "0x80040237")
