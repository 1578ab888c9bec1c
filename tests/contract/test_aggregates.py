"""``$apply``: sums and counts per group, of what the caller may read."""

from uuid import UUID

import pytest

from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time, segment
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

PER_REPRESENTATIVE = (
    "groupby((_cht_representativeid_value),aggregate(cht_trackedseconds with sum as seconds))"
)


@pytest.fixture
def times(api: Api, ann: User, ben: User, case: UUID) -> None:
    """Ann has 600 and 60 seconds on the case, Ben 30; all rows belong to the application."""
    for person, seconds, day in ((ann, 600, 1), (ann, 60, 2), (ben, 30, 1)):
        body = automatic_time(
            case, person.systemuserid, cht_trackedseconds=seconds, cht_day=f"2026-11-0{day}"
        )
        assert api.post("cht_automatictimes", body).status_code == 204


@pytest.mark.usefixtures("times")
def test_a_sum_per_representative(api: Api, ann: User, ben: User, case: UUID) -> None:
    condition = f"filter(_cht_caseid_value eq {case})"

    rows = api.values(f"cht_automatictimes?$apply={condition}/{PER_REPRESENTATIVE}")

    assert sorted(rows, key=lambda row: -row["seconds"]) == [
        {"_cht_representativeid_value": str(ann.systemuserid), "seconds": 660},
        {"_cht_representativeid_value": str(ben.systemuserid), "seconds": 30},
    ]


@pytest.mark.usefixtures("times")
def test_a_sum_over_nothing_has_no_groups(api: Api, ann: User) -> None:
    condition = f"filter(_cht_caseid_value eq {ann.systemuserid})"

    assert api.values(f"cht_automatictimes?$apply={condition}/{PER_REPRESENTATIVE}") == []


@pytest.mark.usefixtures("times")
def test_sums_leave_out_what_the_caller_cannot_read(ann_api: Api) -> None:
    assert ann_api.values(f"cht_automatictimes?$apply={PER_REPRESENTATIVE}") == []


@pytest.mark.usefixtures("times")
def test_figures_over_all_rows(api: Api) -> None:
    figures = (
        "aggregate($count as n,cht_trackedseconds with average as mean,"
        "cht_trackedseconds with max as most,cht_day with max as last)"
    )

    assert api.values(f"cht_automatictimes?$apply={figures}") == [
        {"n": 3, "mean": 230.0, "most": 600, "last": "2026-11-02"}
    ]


def test_minutes_of_activities_per_owner(
    api: Api, mock: MockDataverse, ann: User, case: UUID
) -> None:
    for table, minutes in (("task", 5), ("email", 7), ("incidentresolution", 100)):
        mock.add_row(
            table,
            {
                "subject": "x",
                "regardingobjectid": case,
                "actualdurationminutes": minutes,
                "ownerid": ann.systemuserid,
            },
        )
    condition = (
        f"filter(_regardingobjectid_value eq {case} and activitytypecode ne 'incidentresolution')"
    )
    sums = "groupby((_ownerid_value),aggregate(actualdurationminutes with sum as minutes))"

    rows = api.values(f"activitypointers?$apply={condition}/{sums}")

    assert rows == [{"_ownerid_value": str(ann.systemuserid), "minutes": 12}]


@pytest.mark.parametrize(
    "apply",
    [
        pytest.param("groupby((cht_day),aggregate($count as n))", id="grouping by a date"),
        pytest.param("aggregate(cht_day with sum as n)", id="a sum of dates"),
        pytest.param("aggregate(cht_name with countdistinct as n)", id="countdistinct"),
        pytest.param("aggregate(cht_nothing with sum as n)", id="unknown column"),
        pytest.param("groupby((statuscode),aggregate($count as n))&$orderby=n", id="orderby"),
    ],
)
def test_what_cannot_be_aggregated_is_refused(api: Api, apply: str) -> None:
    assert api.get(f"cht_automatictimes?$apply={apply}").status_code == 400


@pytest.mark.usefixtures("times")
def test_too_many_rows_to_aggregate_are_refused(api: Api, mock: MockDataverse) -> None:
    mock.limits.aggregate_rows = 2

    answer = api.get("cht_automatictimes?$apply=aggregate($count as n)")

    assert (answer.status_code, code_of(answer)) == (400, "0x8004e023")


def test_elastic_rows_can_be_counted_per_group(ann_api: Api, ann: User, case: UUID) -> None:
    for _ in range(2):
        ann_api.post("cht_focussegments", segment(case, ann.systemuserid))

    rows = ann_api.values(
        "cht_focussegments?$apply=groupby((_cht_caseid_value),aggregate($count as n))"
    )

    assert rows == [{"_cht_caseid_value": str(case), "n": 2}]
