"""What happens to cases in Dataverse, told by webhooks: snapshots are kept, totals follow."""

from uuid import UUID

import pytest

from tests.api.events import Desk
from tests.api.harness import Api, Clock, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.fixture
def desk(api: Api, mock: MockDataverse) -> Desk:
    return Desk(api, mock)


def work(desk: Desk, clock: Clock, case: UUID, user: User, *, minutes: int = 10) -> None:
    """Have the case in focus for so long, up to now."""
    clock.advance(minutes=minutes)
    now = clock()
    reply = desk.api.refresh(case, reported(case, -60 * minutes, 0, base=now), user=user)
    assert list(reply.receipts.values()) == ["accepted"]


def test_a_resolution_keeps_what_was_known_and_the_total_follows(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)

    desk.settle()

    (snapshot,) = desk.mock.rows("cht_handlingtimesnapshot")
    assert snapshot["cht_name"] == "Printer on fire (1)"
    assert snapshot["cht_resolvedon"] == "2026-03-10T12:10:00Z"
    assert snapshot["_cht_caseid_value"] == str(case)
    assert (snapshot["cht_automaticseconds"], snapshot["cht_totalseconds"]) == (600, 600)
    assert desk.totals == {str(case): 600}


def test_every_resolution_is_a_version(desk: Desk, clock: Clock, case: UUID, amira: User) -> None:
    for _ in range(3):
        work(desk, clock, case, amira)
        desk.resolves(case)
        desk.settle()
        clock.advance(hours=1)
        desk.reactivates(case)
        desk.settle()

    assert desk.snapshots == [(1, 600), (2, 1200), (3, 1800)]
    assert desk.totals == {str(case): 1800}


def test_what_arrives_after_the_snapshot_changes_the_total_and_not_the_snapshot(
    desk: Desk, clock: Clock, case: UUID, amira: User
) -> None:
    work(desk, clock, case, amira)
    desk.resolves(case)
    desk.settle()
    clock.advance(minutes=5)

    desk.api.deliver(reported(case, -300, 0), user=amira)
    desk.reactivates(case)
    desk.settle()

    assert desk.snapshots == [(1, 600)]
    assert desk.totals == {str(case): 900}
