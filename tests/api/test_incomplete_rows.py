"""Rows of a console that leave out what forms ask for: everybody's figures come out anyway."""

from uuid import UUID

import pytest

from solution.model.columns import Lookup
from solution.model.tables import TABLES, Kind, Ownership, Table
from tests.api.harness import Api, Clock, a_log, reported
from tests.api.reconciling import reconcile, totals_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

VALUES = {
    "cht_day": "2026-03-10",
    "cht_loggedon": "2026-03-10",
    "cht_focusstartedon": "2026-03-10T12:00:00Z",
    "cht_startedon": "2026-03-10T12:00:00Z",
    "cht_endedon": "2026-03-10T12:01:00Z",
    "cht_resolvedon": "2026-03-10T12:00:00Z",
    "cht_reason": "Telephone",
    "cht_category": 1,
}


def without_one_column(table: Table, case: UUID, user: User) -> list[dict[str, object]]:
    """Return a row for each required column, which it leaves out, and one without any of them."""
    lookups = {"cht_caseid": case, "cht_representativeid": user.systemuserid}
    required = [column for column in table.columns if column.required]
    values = {
        column.logical_name: lookups[column.logical_name]
        if isinstance(column, Lookup)
        else VALUES.get(column.logical_name, 60)
        for column in required
    }
    always: dict[str, object] = {}
    if table.ownership is Ownership.USER:
        always["ownerid"] = user.systemuserid
    if table.kind is Kind.ELASTIC:
        always["partitionid"] = str(user.systemuserid)
    fewer = [
        {name: value for name, value in values.items() if name != left_out} for left_out in values
    ]
    return [always | row for row in [*fewer, {}]]


@pytest.fixture
def littered(
    mock: MockDataverse, api: Api, clock: Clock, amira: User, ben: User, case: UUID
) -> None:
    """Ben worked and logged on a case, to which somebody added rows of Amira's with a console."""
    clock.advance(minutes=20)
    api.deliver(reported(case, 0, 600), user=ben)
    mock.add_row("cht_timelog", a_log(case, ben))
    for table in TABLES:
        for row in without_one_column(table, case, amira):
            mock.add_row(table.logical_name, row)


@pytest.mark.usefixtures("littered")
def test_whatever_rows_leave_out_everybodys_figures_come_out(
    api: Api, mock: MockDataverse, ben: User, case: UUID
) -> None:
    reply = api.refresh(case, reported(case, 700, 760), user=ben)
    reconcile(api)
    reconcile(api, "reconcile_history")

    shown = api.refresh(case, user=ben).body["time"]
    assert reply.body["time"]["mine"]["totalSeconds"] == 660 + 420
    assert shown["mine"] == reply.body["time"]["mine"]
    # Amira's: 60 minutes once without their category; days no segments of hers speak for.
    assert totals_of(mock)[str(case)][1] == shown["totalSeconds"]


@pytest.mark.usefixtures("littered")
def test_whatever_rows_leave_out_the_history_is_shown(api: Api, ben: User, case: UUID) -> None:
    reply = api.call("GET", f"cases/{case}/history", user=ben)
    people = api.call("GET", f"cases/{case}/representatives", user=ben)

    assert (reply.status, people.status) == (200, 200)
    assert sorted(each["minutes"] for each in reply.body["timeLogs"]["items"]) == [0, 7, 60]
