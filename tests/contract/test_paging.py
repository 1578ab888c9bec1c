"""Pages: their size, the opaque link to the next one, saturated counts."""

from urllib.parse import quote
from uuid import UUID

import pytest

from tests.contract.api import Api, Json, code_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.fixture
def subjects(mock: MockDataverse, case: UUID) -> list[str]:
    """Seven tasks, two of them with the same subject and one without."""
    for subject in ("d", "b", "b", "a", "c", None, "e"):
        mock.add_row("task", {"subject": subject, "regardingobjectid": case})
    return ["a", "b", "b", "c", "d", "e"]


def pages(api: Api, query: str, size: int) -> list[list[Json]]:
    prefer = {"Prefer": f"odata.maxpagesize={size}"}
    url, found = query, []
    while url:
        body = api.get(url, prefer).json()
        found.append(body["value"])
        url = body.get("@odata.nextLink", "")
    return found


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize(("size", "sizes"), [(2, [2, 2, 2, 1]), (1, [1] * 7)])
def test_pages_hold_every_row_once_and_in_order(
    api: Api, subjects: list[str], direction: str, size: int, sizes: list[int]
) -> None:
    found = pages(api, f"tasks?$select=subject&$orderby=subject {direction}", size)

    expected = [None, *subjects] if direction == "asc" else [*reversed(subjects), None]
    assert [len(page) for page in found] == sizes
    assert [row["subject"] for page in found for row in page] == expected


@pytest.mark.usefixtures("subjects")
def test_a_page_size_beats_top(api: Api) -> None:
    body = api.get("tasks?$top=1", {"Prefer": "odata.maxpagesize=3"}).json()

    assert len(body["value"]) == 3
    assert "@odata.nextLink" in body


@pytest.mark.usefixtures("subjects")
def test_a_next_link_that_was_changed_is_refused(api: Api) -> None:
    prefer = {"Prefer": "odata.maxpagesize=3"}
    link = api.get("tasks?$select=subject", prefer).json()["@odata.nextLink"]

    answer = api.get(link.replace(quote('pagenumber="2"'), quote('pagenumber="3"')), prefer)

    assert (answer.status_code, code_of(answer)) == (400, "0x80060888")


@pytest.mark.usefixtures("subjects")
def test_a_next_link_goes_with_its_own_query(api: Api) -> None:
    prefer = {"Prefer": "odata.maxpagesize=3"}
    link = api.get("tasks?$select=subject", prefer).json()["@odata.nextLink"]

    assert api.get(link.replace("subject", "createdon"), prefer).status_code == 400


def segments(mock: MockDataverse, ann: User, case: UUID, number: int) -> None:
    for _ in range(number):
        mock.add_row(
            "cht_focussegment",
            {
                "cht_caseid": case,
                "cht_representativeid": ann.systemuserid,
                "partitionid": str(ann.systemuserid),
                "ownerid": ann.systemuserid,
            },
        )


def test_an_elastic_page_holds_500_rows(
    mock: MockDataverse, api: Api, ann: User, case: UUID
) -> None:
    segments(mock, ann, case, 501)

    found = pages(api, "cht_focussegments?$select=cht_day", 5000)

    assert [len(page) for page in found] == [500, 1]


def test_an_elastic_count_saturates_at_500(
    mock: MockDataverse, api: Api, ann: User, case: UUID
) -> None:
    segments(mock, ann, case, 501)

    body = api.get(
        "cht_focussegments?$count=true&$top=1&$select=cht_day",
        {"Prefer": 'odata.include-annotations="Microsoft.Dynamics.CRM.*"'},
    ).json()

    assert body["@odata.count"] == 500
    assert body["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"] is True
