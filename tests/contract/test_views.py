"""FetchXML, which views are written in."""

from uuid import UUID

import pytest

from tests.contract.api import Api, code_of
from tests.contract.rows import automatic_time, segment
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def fetch(table: str, inside: str) -> str:
    return f"<fetch><entity name='{table}'><attribute name='{table}id'/>{inside}</entity></fetch>"


def found(api: Api, table: str, entity_set: str, inside: str) -> list[str]:
    rows = api.values(f"{entity_set}?fetchXml={fetch(table, inside)}")
    return [row[f"{table}id"] for row in rows]


def condition(text: str) -> str:
    return f"<filter type='and'><condition {text}/></filter>"


def test_a_view_keeps_the_rows_of_whoever_asks(
    ann_api: Api, ben_api: Api, ann: User, case: UUID
) -> None:
    body = segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", body)
    mine = condition("attribute='cht_representativeid' operator='eq-userid'")

    assert found(ann_api, "cht_focussegment", "cht_focussegments", mine) == [
        body["cht_focussegmentid"]
    ]
    assert found(ben_api, "cht_focussegment", "cht_focussegments", mine) == []


@pytest.mark.parametrize(
    ("day", "period", "kept"),
    [
        pytest.param("2026-11-01", "this-week", True, id="Sunday begins the week"),
        pytest.param("2026-10-31", "this-week", False, id="Saturday was the week before"),
        pytest.param("2026-11-30", "this-month", True, id="the last day of the month"),
        pytest.param("2026-12-01", "this-month", False, id="the next month"),
    ],
)
def test_periods_are_those_of_the_calendar(
    admin_api: Api, ann: User, case: UUID, clock: Clock, *, day: str, period: str, kept: bool
) -> None:
    assert clock.now.date().isoformat() == "2026-11-02"  # a Monday
    row = automatic_time(case, ann.systemuserid, cht_day=day)
    admin_api.post("cht_automatictimes", row)

    during = condition(f"attribute='cht_day' operator='{period}'")

    assert bool(found(admin_api, "cht_automatictime", "cht_automatictimes", during)) is kept


def test_a_search_looks_at_the_beginning(admin_api: Api, mock: MockDataverse) -> None:
    row = mock.add_row("incident", {"title": "Printer"})

    def search(text: str) -> list[str]:
        like = condition(f"attribute='title' operator='like' value='{text}%25'")
        return found(admin_api, "incident", "incidents", like)

    assert search("prin") == [str(row)]
    assert search("inter") == []


def test_a_view_of_an_elastic_table_joins_nothing(ann_api: Api) -> None:
    joined = "<link-entity name='incident' from='incidentid' to='cht_caseid'/>"

    answer = ann_api.get(f"cht_focussegments?fetchXml={fetch('cht_focussegment', joined)}")

    assert (answer.status_code, code_of(answer)) == (400, "0x80048d0b")


def test_a_view_is_about_the_table_it_is_asked_of(ann_api: Api) -> None:
    answer = ann_api.get(f"cht_timelogs?fetchXml={fetch('cht_automatictime', '')}")

    assert answer.status_code == 400
