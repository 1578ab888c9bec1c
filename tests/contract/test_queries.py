"""Filters, order, counts and expands on standard tables."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time, time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

Truth = Callable[[int], bool]


@pytest.fixture
def notes(mock: MockDataverse, case: UUID, ann: User) -> None:
    """Three logs of Ann's: Alpha 10, beta 20 and one of 30 without a note."""
    for minutes, note in ((10, "Alpha"), (20, "beta"), (30, None)):
        mock.add_row(
            "cht_timelog",
            {
                "cht_caseid": case,
                "cht_representativeid": ann.systemuserid,
                "ownerid": ann.systemuserid,
                "cht_minutes": minutes,
                "cht_note": note,
                "cht_category": 0,
                "cht_loggedon": f"2026-11-{minutes:02}",
            },
        )


def minutes_of(api: Api, query: str) -> list[int]:
    return [row["cht_minutes"] for row in api.values(f"cht_timelogs?$select=cht_minutes&{query}")]


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("cht_minutes eq 20", [20]),
        ("cht_minutes ne 20", [10, 30]),
        ("cht_minutes gt 10 and cht_minutes lt 30", [20]),
        ("cht_minutes eq 10 or cht_minutes ge 30", [10, 30]),
        ("not (cht_minutes le 20)", [30]),
        ("cht_note eq null", [30]),
        ("cht_note ne null", [10, 20]),
        ("cht_note eq 'ALPHA'", [10]),
        ("cht_note ne 'Alpha'", [20, 30]),
        ("contains(cht_note,'ET')", [20]),
        ("startswith(cht_note,'al')", [10]),
        ("endswith(cht_note,'a')", [10, 20]),
        ("contains(cht_note,'l%a')", [10]),
        ("contains(cht_note,'[%]')", []),
        ("cht_loggedon ge 2026-11-20 and cht_loggedon le 2026-11-29", [20]),
        ("cht_minutes eq @m&@m=30", [30]),
        (
            'Microsoft.Dynamics.CRM.In(PropertyName=\'cht_minutes\',PropertyValues=["10","30"])',
            [10, 30],
        ),
        ("Microsoft.Dynamics.CRM.In(PropertyName='cht_note',PropertyValues=[\"a]b\"])", []),
        (
            'Microsoft.Dynamics.CRM.In(PropertyName=\'cht_note\',PropertyValues=["x\')","beta"])',
            [20],
        ),
        (
            "Microsoft.Dynamics.CRM.NotIn(PropertyName='cht_minutes',PropertyValues=[\"10\"])",
            [20, 30],
        ),
        (
            'Microsoft.Dynamics.CRM.Between(PropertyName=\'cht_minutes\',PropertyValues=["15","30"])',
            [20, 30],
        ),
        ("Microsoft.Dynamics.CRM.On(PropertyName='cht_loggedon',PropertyValue='2026-11-20')", [20]),
        (
            "Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='cht_loggedon',PropertyValue='2026-11-20')",
            [20, 30],
        ),
        ("cht_CaseId/title eq 'printer'", [10, 20, 30]),
        ("cht_CaseId/ownerid/fullname eq 'Nobody'", []),
    ],
)
def test_a_filter_keeps_what_it_says(api: Api, condition: str, expected: list[int]) -> None:
    assert minutes_of(api, f"$filter={condition}&$orderby=cht_minutes") == expected


@pytest.mark.usefixtures("notes")
def test_equal_user_id_means_the_person_acted_for(ann_api: Api, ben_api: Api) -> None:
    mine = "$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='cht_representativeid')"

    assert (len(minutes_of(ann_api, mine)), len(minutes_of(ben_api, mine))) == (3, 0)


def test_a_query_function_cannot_be_negated(api: Api) -> None:
    condition = "not Microsoft.Dynamics.CRM.In(PropertyName='cht_minutes',PropertyValues=[\"1\"])"

    assert api.get(f"cht_timelogs?$filter={condition}").status_code == 400


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("cht_minutes desc", [30, 20, 10]),
        ("cht_note,cht_minutes", [30, 10, 20]),
        ("_cht_caseid_value,cht_minutes desc", [30, 20, 10]),
    ],
)
def test_rows_come_in_the_order_asked_for(api: Api, order: str, expected: list[int]) -> None:
    assert minutes_of(api, f"$orderby={order}") == expected


@pytest.mark.usefixtures("notes")
def test_top_gives_no_next_page(api: Api) -> None:
    body = api.get("cht_timelogs?$top=2").json()

    assert len(body["value"]) == 2
    assert "@odata.nextLink" not in body


@pytest.mark.usefixtures("notes")
def test_the_count_is_of_all_matches(api: Api) -> None:
    body = api.get("cht_timelogs?$top=1&$count=true&$filter=cht_minutes gt 10").json()

    assert body["@odata.count"] == 2


@pytest.mark.usefixtures("notes")
def test_the_count_of_a_set_is_plain_text(api: Api) -> None:
    answer = api.get("cht_timelogs/$count")

    assert (answer.headers["Content-Type"], answer.content) == ("text/plain", b"\xef\xbb\xbf3")


def test_a_single_valued_expand_shows_the_related_row(ann_api: Api, ann: User, case: UUID) -> None:
    ann_api.post("cht_automatictimes", automatic_time(case, ann.systemuserid))

    (row,) = ann_api.values(
        "cht_automatictimes?$select=cht_day&$expand=cht_RepresentativeId($select=fullname)"
    )

    assert row["cht_RepresentativeId"]["fullname"] == "Ann Bell"


def test_a_collection_expand_orders_and_cuts_per_row(
    api: Api, mock: MockDataverse, case: UUID
) -> None:
    for subject in ("b", "a", "c"):
        mock.add_row("task", {"subject": subject, "regardingobjectid": case})

    (row,) = api.values(
        "incidents?$select=title"
        "&$expand=Incident_Tasks($select=subject;$orderby=subject desc;$top=2)"
    )

    assert [task["subject"] for task in row["Incident_Tasks"]] == ["c", "b"]


def test_an_expanded_collection_says_where_all_of_it_is(
    api: Api, mock: MockDataverse, case: UUID
) -> None:
    mock.add_row("task", {"subject": "b", "regardingobjectid": case})
    (row,) = api.values("incidents?$select=title&$expand=Incident_Tasks($select=subject)")

    tasks = api.values(row["Incident_Tasks@odata.nextLink"])

    assert [task["subject"] for task in tasks] == ["b"]


def test_beside_a_nested_expand_nothing_but_select_and_filter(api: Api) -> None:
    nested = "Incident_Tasks($top=1;$expand=ownerid_task($select=fullname))"

    answer = api.get(f"incidents?$expand={nested}")

    assert (answer.status_code, code_of(answer)) == (400, "0x80060888")


def test_more_than_fifteen_expands_are_refused(api: Api) -> None:
    expands = ",".join(["ownerid($select=fullname)"] * 16)

    assert api.get(f"incidents?$expand={expands}").status_code == 400


def test_a_single_value_can_be_read(api: Api, case: UUID) -> None:
    assert api.get(f"incidents({case})/title").json()["value"] == "Printer"


def conditions() -> st.SearchStrategy[tuple[str, Truth]]:
    """Filters on ``cht_minutes`` with what they mean in Python."""
    tests: dict[str, Callable[[int, int], bool]] = {
        "eq": lambda left, right: left == right,
        "ne": lambda left, right: left != right,
        "gt": lambda left, right: left > right,
        "le": lambda left, right: left <= right,
    }

    def leaf(operator: str, number: int) -> tuple[str, Truth]:
        return f"cht_minutes {operator} {number}", lambda value: tests[operator](value, number)

    def negation(inner: tuple[str, Truth]) -> tuple[str, Truth]:
        return f"not ({inner[0]})", lambda value: not inner[1](value)

    def both(parts: tuple[tuple[str, Truth], tuple[str, Truth]]) -> tuple[str, Truth]:
        (left, is_left), (right, is_right) = parts
        return f"({left} and {right})", lambda value: is_left(value) and is_right(value)

    def either(parts: tuple[tuple[str, Truth], tuple[str, Truth]]) -> tuple[str, Truth]:
        (left, is_left), (right, is_right) = parts
        return f"{left} or {right}", lambda value: is_left(value) or is_right(value)

    def larger(inner: st.SearchStrategy[tuple[str, Truth]]) -> st.SearchStrategy[tuple[str, Truth]]:
        pairs = st.tuples(inner, inner)
        return (
            inner.map(negation)
            | pairs.map(both)
            | pairs.map(lambda pair: (f"({either(pair)[0]})", either(pair)[1]))
        )

    leaves = st.builds(leaf, st.sampled_from(sorted(tests)), st.sampled_from([9, 10, 20, 30]))
    return st.recursive(leaves, larger, max_leaves=8)


@pytest.mark.usefixtures("notes")
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(conditions())
def test_any_filter_means_what_it_means_in_python(api: Api, condition: tuple[str, Truth]) -> None:
    text, is_kept = condition

    found = minutes_of(api, f"$filter={text}&$orderby=cht_minutes")

    assert found == [minutes for minutes in (10, 20, 30) if is_kept(minutes)]


def test_rows_of_others_are_left_out_of_lists(
    ann_api: Api, ben_api: Api, ann: User, case: UUID
) -> None:
    ann_api.post("cht_timelogs", time_log(case, ann.systemuserid))

    assert (len(minutes_of(ann_api, "")), len(minutes_of(ben_api, ""))) == (1, 0)
