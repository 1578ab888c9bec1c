from datetime import UTC, datetime

import pytest

from dataverse_client.query import (
    Average,
    Condition,
    Count,
    Expand,
    Max,
    Min,
    Query,
    Sum,
    all_of,
    any_of,
    contains,
    eq,
    ge,
    gt,
    is_current_user,
    le,
    lt,
    ne,
    one_of,
    starts_with,
)
from tests.unit.dataverse_client.answers import CASE, LOG

CRM = "Microsoft.Dynamics.CRM."


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(eq("a", 1), "a eq 1", id="eq"),
        pytest.param(ne("a", None), "a ne null", id="ne"),
        pytest.param(gt("a", 1), "a gt 1", id="gt"),
        pytest.param(ge("a", 1), "a ge 1", id="ge"),
        pytest.param(
            lt("a", datetime(2026, 1, 31, tzinfo=UTC)), "a lt 2026-01-31T00:00:00Z", id="lt"
        ),
        pytest.param(le("a", "x'y"), "a le 'x''y'", id="le"),
        pytest.param(contains("a", "50%_[x]"), "contains(a,'50[%][_][[]x]')", id="no wildcards"),
        pytest.param(starts_with("a", "it's"), "startswith(a,'it''s')", id="starts with"),
        pytest.param(
            one_of("_cht_caseid_value", [CASE, LOG]),
            f'{CRM}In(PropertyName=\'cht_caseid\',PropertyValues=["{CASE}","{LOG}"])',
            id="one of, for a lookup",
        ),
        pytest.param(
            one_of("a", ['say "x"', 2]),
            f'{CRM}In(PropertyName=\'a\',PropertyValues=["say \\"x\\"","2"])',
            id="one of takes text only",
        ),
        pytest.param(
            is_current_user("cht_representativeid"),
            f"{CRM}EqualUserId(PropertyName='cht_representativeid')",
            id="the current user",
        ),
        pytest.param(
            is_current_user("new_x_value"),
            f"{CRM}EqualUserId(PropertyName='new_x_value')",
            id="a column that only ends like a lookup",
        ),
        pytest.param(all_of(eq("a", 1)), "a eq 1", id="all of one"),
        pytest.param(any_of(eq("a", 1)), "a eq 1", id="any of one"),
        pytest.param(
            all_of(eq("a", 1), any_of(eq("b", 2), eq("c", 3))),
            "a eq 1 and (b eq 2 or c eq 3)",
            id="or inside and needs parentheses",
        ),
        pytest.param(
            any_of(all_of(eq("a", 1), eq("b", 2)), eq("c", 3)),
            "a eq 1 and b eq 2 or c eq 3",
            id="and inside or does not",
        ),
        pytest.param(
            all_of(all_of(any_of(eq("a", 1), eq("b", 2))), eq("c", 3)),
            "(a eq 1 or b eq 2) and c eq 3",
            id="an or stays together through a lonely and",
        ),
    ],
)
def test_a_condition_is_written_as_a_filter(condition: Condition, expected: str) -> None:
    assert condition.text == expected


def test_a_condition_on_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        one_of("a", [])
    with pytest.raises(ValueError, match="at least one condition"):
        all_of()
    with pytest.raises(ValueError, match="at least one condition"):
        any_of()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(Query("tasks"), "tasks", id="everything"),
        pytest.param(
            Query("tasks")
            .select("subject")
            .select("statecode")
            .where(eq("statecode", 0))
            .where(any_of(eq("subject", "R&D #1"), eq("subject", "a+b")))
            .order_by("createdon", descending=True)
            .order_by("activityid")
            .top(5)
            .count(),
            "tasks?$select=subject,statecode"
            "&$filter=statecode%20eq%200%20and%20"
            "(subject%20eq%20'R%26D%20%231'%20or%20subject%20eq%20'a%2Bb')"
            "&$orderby=createdon%20desc,activityid&$top=5&$count=true",
            id="all options",
        ),
        pytest.param(
            Query("cht_logs").in_partition("a&b'c").select("cht_minutes"),
            "cht_logs?partitionId=a%26b%27c&$select=cht_minutes",
            id="one partition",
        ),
        pytest.param(
            Query("incidents").expand(
                Expand("Incident_IncidentResolutions")
                .select("timespent")
                .where(eq("statecode", 1))
                .where(gt("timespent", 0))
                .order_by("createdon", descending=True)
                .top(1),
                Expand("customerid_account"),
            ),
            "incidents?$expand=Incident_IncidentResolutions($select=timespent;"
            "$filter=statecode%20eq%201%20and%20timespent%20gt%200;"
            "$orderby=createdon%20desc;$top=1),customerid_account",
            id="related rows",
        ),
        pytest.param(
            Query("cht_logs")
            .where(eq("statecode", 0))
            .aggregate(Sum("cht_minutes", "minutes"), Count("n"), by=("_ownerid_value", "x")),
            "cht_logs?$apply=filter(statecode%20eq%200)/groupby((_ownerid_value,x),"
            "aggregate(cht_minutes%20with%20sum%20as%20minutes,$count%20as%20n))",
            id="grouped sums",
        ),
        pytest.param(
            Query("cht_logs").aggregate(Average("a", "b"), Min("a", "c"), Max("a", "d")),
            "cht_logs?$apply=aggregate(a%20with%20average%20as%20b,"
            "a%20with%20min%20as%20c,a%20with%20max%20as%20d)",
            id="one line over all rows",
        ),
    ],
)
def test_a_query_is_written_as_a_url(query: Query, expected: str) -> None:
    assert query.url == expected


def test_a_query_is_not_changed_by_the_queries_made_of_it() -> None:
    tasks = Query("tasks").where(eq("statecode", 0))

    tasks.select("subject").where(eq("prioritycode", 1)).top(3)

    assert tasks == Query("tasks").where(eq("statecode", 0))


def test_preferences_say_how_many_rows_and_which_annotations() -> None:
    query = Query("tasks").page_size(50).annotated("*")

    assert query.preferences == 'odata.maxpagesize=50,odata.include-annotations="*"'
    assert Query("tasks").preferences == ""


def test_a_page_size_does_not_undo_the_limit() -> None:
    assert Query("tasks").top(5).page_size(50).preferences == ""


def test_an_aggregate_has_no_columns_of_its_own() -> None:
    with pytest.raises(ValueError, match="aggregate"):
        Query("tasks").select("subject").aggregate(Count("n"))


def test_a_query_needs_an_entity_set() -> None:
    with pytest.raises(ValueError, match="not an entity set"):
        Query("tasks?$top=1")
