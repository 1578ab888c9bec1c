"""Rows that a representative writes past the service in a colleague's name count for nobody.

Dataverse lets them: whoever may append to users at all may append to those of the business unit.
"""

from uuid import UUID

import pytest

from tests.api.harness import NOON, Api, Clock, a_log, reported
from tests.api.reconciling import from_a_form, reconcile, totals_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

CORRECTION = {
    "cht_day": "2026-03-10",
    "cht_deltaseconds": -300,
    "cht_fromseconds": 600,
    "cht_toseconds": 300,
    "cht_reason": "Lunch",
}
DAY = {"cht_day": "2026-03-10", "cht_trackedseconds": 3600, "cht_segmentcount": 1}


@pytest.fixture
def worked(api: Api, mock: MockDataverse, clock: Clock, case: UUID, ben: User) -> None:
    """Ben worked for ten minutes and logged seven."""
    clock.advance(minutes=20)
    api.deliver(reported(case, 0, 600), user=ben)
    mock.add_row("cht_timelog", a_log(case, ben))


@pytest.fixture
def forged(case: UUID, amira: User, ben: User) -> dict[str, object]:
    """The columns of a row that Amira wrote and owns, and that says to be Ben's."""
    return {
        "cht_caseid": case,
        "cht_representativeid": ben.systemuserid,
        "ownerid": amira.systemuserid,
        "createdby": amira.systemuserid,
        "modifiedby": amira.systemuserid,
    }


def seconds_of(api: Api, case: UUID, user: User) -> tuple[int, int]:
    """Return everybody's and the user's own seconds on a case."""
    time = api.refresh(case, user=user).body["time"]
    return time["totalSeconds"], time["mine"]["totalSeconds"]


@pytest.mark.usefixtures("worked")
def test_a_log_in_a_colleagues_name_counts_for_nobody(
    api: Api, mock: MockDataverse, case: UUID, ben: User, forged: dict[str, object]
) -> None:
    mock.add_row("cht_timelog", a_log(case, ben, **forged, cht_minutes=480))

    reconcile(api)

    assert seconds_of(api, case, ben) == (1020, 1020)
    assert totals_of(mock)[str(case)][1] == 1020


@pytest.mark.usefixtures("worked")
def test_a_correction_in_a_colleagues_name_counts_for_nobody(
    api: Api, mock: MockDataverse, case: UUID, ben: User, forged: dict[str, object]
) -> None:
    mock.add_row("cht_timeadjustment", forged | CORRECTION)

    reconcile(api)

    assert seconds_of(api, case, ben) == (1020, 1020)
    assert totals_of(mock)[str(case)][1] == 1020


@pytest.mark.usefixtures("worked")
def test_a_segment_in_a_colleagues_name_counts_for_nobody(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, ben: User, forged: dict[str, object]
) -> None:
    from_a_form(mock, ben, case, 700, 1100, base=NOON, **forged)

    clock.advance(minutes=20)
    reconcile(api)

    assert seconds_of(api, case, ben) == (1020, 1020)


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("day", ["2026-03-10", "2026-03-01", "2025-06-01", "2027-01-01"])
def test_a_day_in_a_colleagues_name_counts_for_nobody_before_or_after_reconciliation(
    api: Api, mock: MockDataverse, case: UUID, ben: User, forged: dict[str, object], day: str
) -> None:
    mock.add_row("cht_automatictime", forged | DAY | {"cht_day": day})
    at_once = seconds_of(api, case, ben)

    reconcile(api)

    assert at_once == (1020, 1020)
    assert seconds_of(api, case, ben) == (1020, 1020)
    assert totals_of(mock)[str(case)][1] == 1020


@pytest.mark.usefixtures("worked")
def test_a_day_whose_row_a_colleague_made_counts_once_reconciliation_has_written_it(
    api: Api, mock: MockDataverse, case: UUID, ben: User, forged: dict[str, object]
) -> None:
    (day,) = mock.rows("cht_automatictime")
    row_id = {"cht_automatictimeid": day["cht_automatictimeid"]}
    mock.delete_row("cht_automatictime", UUID(str(day["cht_automatictimeid"])))
    mock.add_row("cht_automatictime", forged | DAY | row_id)

    reconcile(api)

    assert seconds_of(api, case, ben) == (1020, 1020)


@pytest.mark.usefixtures("worked")
def test_nobody_keeps_a_colleague_from_correcting_by_taking_the_next_number(
    api: Api, mock: MockDataverse, case: UUID, ben: User, forged: dict[str, object]
) -> None:
    body = {"durationSeconds": 300, "reason": "Lunch"}
    path = f"cases/{case}/automatic-time"
    api.call("PUT", path, body, user=ben)
    (first,) = mock.rows("cht_timeadjustment")
    mock.delete_row("cht_timeadjustment", UUID(str(first["cht_timeadjustmentid"])))
    number = {"cht_timeadjustmentid": first["cht_timeadjustmentid"]}
    mock.add_row("cht_timeadjustment", forged | CORRECTION | number)

    reply = api.call("PUT", path, body, user=ben)

    assert reply.status == 200
    assert reply.body["mine"]["automaticSeconds"] == 300


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("owner", ["ben", "amira"])
def test_what_an_administrator_brought_in_stays_whose_it_is(
    api: Api, mock: MockDataverse, case: UUID, amira: User, ben: User, owner: str
) -> None:
    whose = {"ben": ben, "amira": amira}[owner].systemuserid

    mock.add_row("cht_timelog", a_log(case, ben, ownerid=whose))

    assert seconds_of(api, case, ben) == (1440, 1440)
