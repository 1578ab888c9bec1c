"""Totals of cases over the mock: right whatever was wrong, and however much there is to sum."""

from uuid import UUID

import pytest

from tests.api.harness import Api, a_log
from tests.api.reconciling import (
    reconcile,
    totals_of,
    writes,
)
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"cht_automaticseconds": 1}, id="a part"),
        pytest.param({"cht_totalseconds": 1}, id="the sum"),
        pytest.param({"cht_name": "Another"}, id="the name"),
    ],
)
def test_a_total_that_is_wrong_is_written_anew(
    api: Api, mock: MockDataverse, case: UUID, morning: object, wrong: dict[str, object]
) -> None:
    reconcile(api)
    before = totals_of(mock)
    mock.update_row("cht_casehandlingtime", case, wrong)

    reconcile(api)

    assert totals_of(mock) == before
    assert morning


def test_a_title_that_does_not_fit_is_cut_between_characters_and_written_once(
    api: Api, mock: MockDataverse, case: UUID, morning: object
) -> None:
    mock.update_row("incident", case, {"title": "x" * 199 + "\N{FIRE}"})  # 201 in UTF-16
    reconcile(api)
    mock.clear_requests()

    reconcile(api)

    assert writes(mock) == []
    assert totals_of(mock)[str(case)][0] == "x" * 199
    assert morning


def test_cases_with_too_much_for_one_sum_are_totalled_apart(
    api: Api, mock: MockDataverse, case: UUID, other_case: UUID, morning: object
) -> None:
    mock.limits.aggregate_rows = 2  # there are three days in all, two of the one case

    reconcile(api)

    assert totals_of(mock) == {
        str(case): ("Printer on fire", 900, 900, 0, 0),
        str(other_case): ("No network", 600, 600, 0, 0),
    }
    assert morning


def test_a_case_with_too_much_for_one_sum_is_totalled_row_by_row_and_told(
    api: Api,
    mock: MockDataverse,
    amira: User,
    ben: User,
    case: UUID,
    other_case: UUID,
    morning: object,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for user, minutes in ((amira, 1), (ben, 2), (amira, 4)):
        mock.add_row("cht_timelog", a_log(case, user, cht_minutes=minutes))
        task = {"actualdurationminutes": minutes, "regardingobjectid": case}
        mock.add_row("task", task | {"ownerid": user.systemuserid})
    of_ben = {"cht_representativeid": ben.systemuserid, "ownerid": ben.systemuserid}
    reason = {"cht_caseid": case, "cht_day": "2026-03-10", **of_ben}
    for seconds in (-100, 40):
        mock.add_row("cht_timeadjustment", reason | {"cht_deltaseconds": seconds})
    mock.limits.aggregate_rows = 1

    reconcile(api)

    assert totals_of(mock) == {
        str(case): ("Printer on fire", 840 + 420 + 420, 840, 420, 420),
        str(other_case): ("No network", 600, 600, 0, 0),
    }
    told = {line for line in caplog.messages if "read one by one" in line}
    assert len(told) == 4
    assert all(str(case) in line for line in told)
    assert morning


def test_what_the_widget_shows_does_not_depend_on_who_adds_up(
    api: Api, mock: MockDataverse, amira: User, ben: User, case: UUID, morning: object
) -> None:
    mock.add_row("cht_timelog", a_log(case, ben))
    before = api.refresh(case, user=amira).body["time"]
    mock.limits.aggregate_rows = 0

    assert api.refresh(case, user=amira).body["time"] == before
    assert morning
