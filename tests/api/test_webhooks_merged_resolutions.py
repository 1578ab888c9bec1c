"""Resolutions move with a merge; what was kept of each case stays what it was."""

from uuid import UUID

import pytest

from tests.api.events import Desk, work_on_both
from tests.api.harness import Clock, reported
from tests.mock_dataverse.people import User


def snapshots_of(desk: Desk, case: UUID) -> list[tuple[object, object]]:
    """Return version and total seconds of a case's snapshots."""
    rows = desk.mock.rows("cht_handlingtimesnapshot")
    return [
        (row["cht_version"], row["cht_totalseconds"])
        for row in rows
        if row["_cht_caseid_value"] == str(case)
    ]


def resolves_and_reopens(desk: Desk, clock: Clock, case: UUID) -> None:
    clock.advance(minutes=1)
    desk.resolves(case)
    desk.settle()
    clock.advance(minutes=1)
    desk.reactivates(case)
    desk.settle()


@pytest.fixture
def worked_on_both(desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User) -> None:
    """Work on two cases, the one with an open task, which may be resolved all the same."""
    desk.mock.switches.open_activities_block_resolving = False
    work_on_both(desk, clock, case, other_case, amira)


either_way = pytest.mark.parametrize(
    "cancelled", [True, False], ids=["resolutions are withdrawn", "resolutions stay completed"]
)


@pytest.mark.usefixtures("worked_on_both")
@either_way
def test_a_merge_adds_no_snapshot_for_what_the_other_case_was_resolved_with(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, *, cancelled: bool
) -> None:
    desk.mock.switches.reopening_cancels_resolutions = cancelled
    resolves_and_reopens(desk, clock, case)
    clock.advance(minutes=1)

    desk.merges(case, into=other_case)
    desk.settle()
    desk.api.fire_timer("reconcile_history")

    assert snapshots_of(desk, case) == [(1, 1020)]
    assert snapshots_of(desk, other_case) == []
    assert list(desk.api.queues["case-events"]) == []


@pytest.mark.usefixtures("worked_on_both")
@either_way
def test_after_a_merge_versions_go_on_where_those_of_the_surviving_case_were(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, *, cancelled: bool
) -> None:
    desk.mock.switches.reopening_cancels_resolutions = cancelled
    resolves_and_reopens(desk, clock, case)
    resolves_and_reopens(desk, clock, other_case)
    clock.advance(minutes=1)
    desk.merges(case, into=other_case)
    desk.settle()

    for _ in range(2):
        resolves_and_reopens(desk, clock, other_case)

    assert snapshots_of(desk, case) == [(1, 1020)]
    assert snapshots_of(desk, other_case) == [(1, 600), (2, 1620), (3, 1620)]


@pytest.mark.usefixtures("worked_on_both")
def test_a_resolution_of_the_merged_case_that_nobody_told_of_is_not_the_surviving_ones(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID
) -> None:
    desk.resolves(case)
    desk.reactivates(case)
    desk.mock.take_webhooks()
    clock.advance(minutes=1)
    desk.merges(case, into=other_case)
    desk.settle()

    desk.api.fire_timer("reconcile_history")
    desk.work_off()
    clock.advance(minutes=1)
    desk.resolves(other_case)
    desk.settle()

    assert snapshots_of(desk, other_case) == [(1, 1620)]


@pytest.mark.usefixtures("worked_on_both")
def test_a_merge_that_leads_through_a_third_case_adds_no_snapshot_either(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, third_case: UUID
) -> None:
    resolves_and_reopens(desk, clock, case)
    for merged, into in ((case, other_case), (other_case, third_case)):
        clock.advance(minutes=1)
        desk.merges(merged, into=into)
        desk.settle()
    resolves_and_reopens(desk, clock, third_case)

    assert snapshots_of(desk, case) == [(1, 1020)]
    assert snapshots_of(desk, other_case) == []
    assert snapshots_of(desk, third_case) == [(1, 1620)]


def test_the_end_of_a_case_is_not_that_of_one_merged_into_it(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    desk.resolves(case)
    desk.reactivates(case)
    desk.merges(case, into=other_case)
    clock.advance(minutes=10)
    # Some program or flow sets the state, which leaves no resolution.
    desk.mock.update_row("incident", other_case, {"statecode": 1, "statuscode": 5})

    reply = desk.api.deliver(reported(other_case, 0, 600), user=amira)

    assert list(reply.receipts.values()) == ["accepted"]
