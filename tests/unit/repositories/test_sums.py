import pytest

from dataverse_client import Count, Max, Min, Query, Row, Sum, eq
from functions.repositories.sums import added_up, of_rows

SUMS = (
    Query("logs")
    .where(eq("state", 0))
    .aggregate(Sum("minutes", "all"), Max("on", "last"), Count("rows"), by=("case", "whose"))
)


def test_the_rows_of_sums_are_asked_for_with_all_that_is_added_up() -> None:
    assert of_rows(SUMS).url == "logs?$select=case,whose,minutes,on&$filter=state%20eq%200"


def test_rows_are_added_up_by_group_and_null_is_nothing() -> None:
    rows: list[Row] = [
        {"case": "1", "whose": "a", "minutes": 5, "on": "2026-03-01T00:00:00Z"},
        {"case": "1", "whose": "a", "minutes": None, "on": "2026-03-02T00:00:00Z"},
        {"case": "1", "whose": "a", "minutes": 7, "on": "2026-02-01T00:00:00Z"},
        {"case": "2", "whose": "a", "minutes": None, "on": None},
        {"case": "1", "whose": None, "minutes": 9, "on": "2026-03-03T00:00:00Z"},
    ]

    assert added_up(SUMS, rows) == [
        {"case": "1", "whose": "a", "all": 12, "last": "2026-03-02T00:00:00Z", "rows": 3},
        {"case": "2", "whose": "a", "all": 0, "last": None, "rows": 1},
        {"case": "1", "whose": None, "all": 9, "last": "2026-03-03T00:00:00Z", "rows": 1},
    ]


def test_no_rows_have_no_group() -> None:
    assert added_up(SUMS, []) == []


def test_what_is_no_sum_is_not_made_into_one() -> None:
    query = Query("logs").aggregate(Min("on", "first"), by=("case",))

    with pytest.raises(TypeError, match="first"):
        added_up(query, [{"case": "1", "on": "2026-03-01T00:00:00Z"}])
