"""What the tests of reconciliation share: rows past the service, and the rows in the end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.api.harness import NOON, Api
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

WRITES = {"PATCH", "POST", "DELETE"}


def from_a_form(
    mock: MockDataverse,
    user: User,
    case: UUID,
    start: float,
    end: float,
    *,
    base: datetime = NOON,
    **columns: object,
) -> UUID:
    """Store a segment as a form's own session does; times are seconds from ``base``."""
    started = base + timedelta(seconds=start)
    row: dict[str, object] = {
        "cht_focussegmentid": uuid4(),
        "partitionid": str(user.systemuserid),
        "ownerid": user.systemuserid,
        "cht_caseid": case,
        "cht_representativeid": user.systemuserid,
        "cht_focusstartedon": started,
        "cht_startedon": started,
        "cht_endedon": base + timedelta(seconds=end),
        "cht_day": started.date(),
    }
    return mock.add_row("cht_focussegment", row | columns)


def reconcile(api: Api, timer: str = "reconcile_recent", *, delivery: int = 1) -> None:
    """Fire a timer and work off what it finds."""
    api.fire_timer(timer)
    api.work_off_queue("reconcile", delivery=delivery)


def days_of(mock: MockDataverse) -> dict[tuple[str, str, str], tuple[object, object]]:
    """Return seconds and number of segments of each recorded day, by case, whose and day."""
    return {
        (
            str(row["_cht_caseid_value"]),
            str(row["_cht_representativeid_value"]),
            str(row["cht_day"]),
        ): (row["cht_trackedseconds"], row["cht_segmentcount"])
        for row in mock.rows("cht_automatictime")
    }


def totals_of(mock: MockDataverse) -> Mapping[str, tuple[object, ...]]:
    """Return name, total, automatic, time log and activity seconds of each case's total."""
    columns = (
        "cht_name",
        "cht_totalseconds",
        "cht_automaticseconds",
        "cht_timelogsseconds",
        "cht_activitiesseconds",
    )
    return {
        str(row["cht_casehandlingtimeid"]): tuple(row[column] for column in columns)
        for row in mock.rows("cht_casehandlingtime")
    }


def writes(mock: MockDataverse) -> list[str]:
    """Return what Dataverse was asked to write since its log was cleared."""
    alone = [
        request.path
        for request in mock.requests
        if request.method in WRITES and not request.path.endswith("$batch")
    ]
    return alone + [
        path for request in mock.requests for method, path, _ in request.parts if method in WRITES
    ]


def day_row(mock: MockDataverse, case: UUID, user: User) -> UUID:
    """Return the id of a recorded day."""
    (found,) = (
        row["cht_automatictimeid"]
        for row in mock.rows("cht_automatictime")
        if row["_cht_caseid_value"] == str(case)
        and row["_cht_representativeid_value"] == str(user.systemuserid)
    )
    return UUID(str(found))
