"""What a row leaves out is worth nothing: forms ask for it, and a console does not."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataverse_client import Row
from functions.repositories import adjustments, automatic_time, case_totals, figures, time_logs
from functions.timekeeping.daily import NO_CASE
from functions.timekeeping.entries import Category
from functions.timekeeping.identifiers import automatic_time_id
from tests.builders import AMIRA, BORIS, CASE, TODAY

Reader = Callable[[list[Row]], Any]

NOW = "2026-03-10T12:00:00Z"
OF = {"_cht_caseid_value": str(CASE), "_cht_representativeid_value": str(AMIRA)}
DAY: Row = {
    "@odata.etag": "W/1",
    "cht_automatictimeid": str(automatic_time_id(CASE, AMIRA, TODAY)),
    "_cht_representativeid_value": str(AMIRA),
    "cht_day": "2026-03-10",
}
TOTAL: Row = {"@odata.etag": "W/1", "cht_casehandlingtimeid": str(CASE)}
CORRECTION: Row = {"cht_timeadjustmentid": str(CASE), "createdon": NOW, **OF}
LOG: Row = {
    "cht_timelogid": str(CASE),
    "cht_loggedon": "2026-03-10",
    "statecode": 0,
    "createdon": NOW,
    **OF,
}


def read_total(rows: list[Row]) -> list[object]:
    return [case_totals.TotalRow.model_validate(row).to_recorded() for row in rows]


def read_corrections(rows: list[Row]) -> list[object]:
    return [adjustments.to_adjustment(row) for row in rows]


def read_logs(rows: list[Row]) -> list[object]:
    return list(time_logs.to_page(rows, None).items)


def read_days(rows: list[Row]) -> list[object]:
    return list(automatic_time.to_recorded_days(rows))


KINDS: dict[str, tuple[Reader, Row, Row]] = {
    "days": (
        read_days,
        DAY,
        {
            "_cht_caseid_value": str(CASE),
            "cht_recordedoncase": str(CASE),
            "cht_trackedseconds": 60,
            "cht_segmentcount": 1,
        },
    ),
    "totals": (
        read_total,
        TOTAL,
        {
            "cht_name": "A case",
            "cht_automaticseconds": 60,
            "cht_timelogsseconds": 0,
            "cht_activitiesseconds": 0,
            "cht_totalseconds": 60,
        },
    ),
    "corrections": (
        read_corrections,
        CORRECTION,
        {
            "cht_day": "2026-03-10",
            "cht_deltaseconds": 60,
            "cht_fromseconds": 0,
            "cht_toseconds": 60,
            "cht_reason": "Telephone",
        },
    ),
    "logs": (read_logs, LOG, {"cht_minutes": 7, "cht_category": 1, "cht_note": "Call"}),
}
"""How rows are read, what Dataverse or the question sees to, and what may be left out."""


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25)
def test_whatever_a_row_leaves_out_the_others_are_read_as_they_are(
    kind: str, data: st.DataObject
) -> None:
    read, given_anyway, may_be_left_out = KINDS[kind]
    whole = given_anyway | may_be_left_out
    absent = data.draw(st.sets(st.sampled_from(sorted(may_be_left_out))), label="left out")
    null = data.draw(st.sets(st.sampled_from(sorted(may_be_left_out))), label="null")
    kept = {name: value for name, value in whole.items() if name not in absent}

    first, _, last = read([whole, kept | dict.fromkeys(null), whole])

    assert [first] == [last] == read([whole])


def test_what_a_row_leaves_out_is_worth_nothing() -> None:
    (day,) = automatic_time.to_recorded_days([DAY])
    (total,) = read_total([TOTAL])
    correction = adjustments.to_adjustment(CORRECTION)
    (log,) = time_logs.to_page([LOG], None).items

    assert (day.time.tracked_seconds, day.time.segment_count, day.time.case) == (0, 0, NO_CASE)
    assert total == read_total([TOTAL | {"cht_totalseconds": 0, "cht_automaticseconds": 0}])[0]
    assert (correction.delta_seconds, correction.day, correction.reason) == (0, TODAY, "")
    assert (log.minutes, log.category) == (0, Category.MISCELLANEOUS)


def test_a_category_that_somebody_added_is_miscellaneous() -> None:
    (log,) = time_logs.to_page([LOG | {"cht_category": 4}], None).items

    assert log.category is Category.MISCELLANEOUS


@pytest.mark.parametrize("left_out", [{}, {"_cht_representativeid_value": None}])
def test_what_is_nobodys_adds_nothing_to_what_is_somebodys(left_out: Row) -> None:
    nobodys = left_out | {"seconds": 9, "minutes": 9, "corrections": 1, "lastseen": NOW}
    hers = nobodys | {"_cht_representativeid_value": str(AMIRA)}
    spent = {"_ownerid_value": str(BORIS), "minutes": 5}

    both = figures.contributions([hers, nobodys], [nobodys, hers], [nobodys, hers], [spent])

    assert both == figures.contributions([hers], [hers], [hers], [spent])
