"""Design section 6, Budget: what a widget's call costs Dataverse, whatever the history."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.api.harness import NOON, Api, Clock, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

LATER = NOON + timedelta(minutes=20)
ASKED_AT_ONCE = ["person", "service"]
"""The two requests of the first round trip."""


def _remember(mock: MockDataverse, user: User, case: UUID, earlier: int) -> None:
    """Put minutes of earlier focus into Dataverse, 400 a day, the latest yesterday."""
    for number in range(earlier):
        days, minutes = divmod(number, 400)
        start = NOON - timedelta(days=days + 1, minutes=minutes)
        mock.add_row(
            "cht_focussegment",
            {
                "cht_focussegmentid": uuid4(),
                "partitionid": str(user.systemuserid),
                "ownerid": user.systemuserid,
                "cht_caseid": case,
                "cht_representativeid": user.systemuserid,
                "cht_focusstartedon": start,
                "cht_startedon": start,
                "cht_endedon": start + timedelta(minutes=1),
                "cht_day": start.date(),
            },
        )


@pytest.mark.parametrize("earlier", [1, 100, 10_000])
def test_what_a_call_costs_does_not_depend_on_the_history(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, earlier: int
) -> None:
    _remember(mock, amira, case, earlier)
    clock.advance(minutes=20)

    assert _cost(api, amira, case) == ASKED_AT_ONCE, "without segments, by a new process"
    assert _cost(api, amira, case) == ASKED_AT_ONCE, "without segments, settings known"
    assert _cost(api, amira, case, reported(case, 0, 600)) == [*ASKED_AT_ONCE, "person"]
    api.restart()
    assert _cost(api, amira, case, reported(case, 600, 1200)) == [*ASKED_AT_ONCE, "person"]


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_a_new_process_keeps_the_budget_at_any_time_of_the_day(
    api: Api, clock: Clock, amira: User, case: UUID, hour: int
) -> None:
    clock.advance(hours=hour, minutes=20)
    start = hour * 3600

    cost = _cost(api, amira, case, reported(case, start, start + 600), sent=clock.now)

    assert cost == [*ASKED_AT_ONCE, "person"]


def _cost(
    api: Api, user: User, case: UUID, *segments: dict[str, object], sent: datetime = LATER
) -> list[str]:
    """Refresh, and return as whom Dataverse was asked; the first two in either order."""
    api.mock.clear_requests()
    body = {"sentAt": sent.isoformat(), "surface": "workspace", "segments": segments}
    reply = api.call("POST", f"cases/{case}/refresh", body, user=user)
    assert set(reply.receipts.values()) <= {"accepted"}
    asked = ["person" if request.impersonating else "service" for request in api.mock.requests]
    return sorted(asked[:2]) + asked[2:]


def test_an_outbox_of_two_hundred_segments_takes_three_requests(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID, other_case: UUID
) -> None:
    clock.advance(hours=4)
    segments = [
        reported(case if number % 2 else other_case, number * 60, number * 60 + 60)
        for number in range(200)
    ]

    reply = api.call(
        "POST", "segments", {"sentAt": "2026-03-10T16:00:00Z", "segments": segments}, user=amira
    )

    assert set(reply.receipts.values()) == {"accepted"}
    assert len(mock.requests) == 3
