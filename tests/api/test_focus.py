"""The main job: what a widget delivers becomes handling time."""

from uuid import UUID

from tests.api.harness import Api, Clock, reported
from tests.mock_dataverse.people import User


def test_a_delivered_segment_shows_in_the_cases_time(
    api: Api, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(minutes=10)

    reply = api.call(
        "POST",
        f"cases/{case}/refresh",
        {
            "sentAt": "2026-03-10T12:10:00Z",
            "surface": "workspace",
            "segments": [reported(case, 0, 600)],
        },
        user=amira,
    )

    assert reply.status == 200, reply.body
    assert reply.body["time"]["automaticSeconds"] == 600
    assert list(reply.receipts.values()) == ["accepted"]
