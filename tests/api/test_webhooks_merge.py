"""A case is merged into another: its time counts there, once, whenever it arrives."""

from collections.abc import Callable
from itertools import permutations
from uuid import UUID

import pytest

from tests.api.events import Desk, work_on_both
from tests.api.harness import Clock, reported
from tests.api.reconciling import reconcile
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

ORDERS = tuple(permutations(("early", "late", "merge")))


def seconds_on(desk: Desk, case: UUID, user: User) -> int:
    """Return the automatic seconds that the widget shows on a case."""
    return int(desk.api.refresh(case, user=user).body["time"]["automaticSeconds"])


def test_all_time_of_a_merged_case_counts_for_the_surviving_one_and_nowhere_else(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    body = {"durationSeconds": 360, "reason": "Telephone"}
    desk.api.call("PUT", f"cases/{case}/automatic-time", body, user=amira)
    reconcile(desk.api)
    before = desk.totals

    desk.merges(case, into=other_case)
    desk.settle()

    # 300 tracked, 60 corrected, 420 logged and 300 of the task; the other won the overlap.
    assert before == {str(case): 1080, str(other_case): 600}
    assert desk.totals == {str(case): 0, str(other_case): 1680}
    assert (seconds_on(desk, case, amira), seconds_on(desk, other_case, amira)) == (0, 960)


def test_each_row_knows_on_which_case_it_was_recorded(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    body = {"durationSeconds": 360, "reason": "Telephone"}
    desk.api.call("PUT", f"cases/{case}/automatic-time", body, user=amira)

    desk.merges(case, into=other_case)
    desk.settle()

    for table in ("cht_automatictime", "cht_timeadjustment", "cht_timelog"):
        rows = [row for row in desk.mock.rows(table) if row["cht_recordedoncase"]]
        assert [row["cht_recordedoncase"] for row in rows] == [str(case)]
        assert {row["_cht_caseid_value"] for row in desk.mock.rows(table)} == {str(other_case)}


def test_evidence_is_not_touched(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    before = desk.mock.rows("cht_focussegment")

    desk.merges(case, into=other_case)
    desk.settle()

    assert desk.mock.rows("cht_focussegment") == before


def test_segments_that_arrive_after_the_merge_count_for_the_surviving_case(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.settle()

    late = [reported(case, -3600, -3000), reported(case, -90_000, -89_400)]
    receipts = desk.api.deliver(*late, user=amira).receipts
    reconcile(desk.api)

    assert set(receipts.values()) == {"accepted"}
    # As above without the correction, and ten minutes of the same day and of the day before.
    assert desk.totals == {str(other_case): 1620 + 1200}


def test_a_day_of_a_merged_case_is_made_again_from_its_segments(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.settle()
    (moved,) = [row for row in desk.mock.rows("cht_automatictime") if row["cht_recordedoncase"]]
    row = UUID(str(moved["cht_automatictimeid"]))
    desk.mock.update_row("cht_automatictime", row, {"cht_trackedseconds": 9})

    reconcile(desk.api)

    assert desk.totals == {str(other_case): 1620}
    assert sorted(row["cht_trackedseconds"] for row in desk.mock.rows("cht_automatictime")) == [  # type: ignore[type-var]
        300,
        600,
    ]


def test_a_chain_of_merges_ends_at_the_case_that_survives_them_all(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, third_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.merges(other_case, into=third_case)
    desk.settle()
    desk.api.deliver(reported(case, -3600, -3000), user=amira)

    reconcile(desk.api)

    assert desk.totals == {str(third_case): 1620 + 600}


def test_a_merged_case_that_is_deleted_leaves_its_time_where_it_counts(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.settle()
    desk.does("DELETE", f"incidents({case})")

    desk.api.deliver(reported(other_case, 900, 1000), user=amira)
    reconcile(desk.api)
    desk.settle()

    assert desk.totals == {str(other_case): 1720}


def test_a_resolution_of_the_surviving_case_keeps_the_time_of_both(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.settle()
    desk.mock.switches.open_activities_block_resolving = False
    desk.resolves(other_case)

    desk.settle()

    assert desk.snapshots == [(1, 1620)]


def test_a_log_is_said_again_and_changed_on_the_case_where_it_was_entered(
    desk: Desk, mock: MockDataverse, case: UUID, other_case: UUID, amira: User
) -> None:
    log = {"id": str(UUID(int=7)), "minutes": 7, "category": 0}
    path = f"cases/{case}/time-logs"
    desk.api.call("POST", path, log, user=amira)
    desk.merges(case, into=other_case)
    desk.settle()

    again = desk.api.call("POST", path, log, user=amira)
    changed = desk.api.call("PATCH", f"{path}/{log['id']}", {"minutes": 9}, user=amira)

    assert (again.status, changed.status) == (201, 200)
    (row,) = mock.rows("cht_timelog")
    assert (row["_cht_caseid_value"], row["cht_minutes"]) == (str(other_case), 9)


def test_time_is_corrected_on_the_surviving_case_and_not_on_the_merged_one(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    body = {"durationSeconds": 360, "reason": "Telephone"}
    for each in (case, other_case):
        desk.api.call("PUT", f"cases/{each}/automatic-time", body, user=amira)
    desk.merges(case, into=other_case)
    desk.settle()

    refused = desk.api.call("PUT", f"cases/{case}/automatic-time", body, user=amira)
    corrected = desk.api.call("PUT", f"cases/{other_case}/automatic-time", body, user=amira)

    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "caseId")
    assert (corrected.status, corrected.body["automaticSeconds"]) == (200, 360)


@pytest.mark.parametrize("told_at_once", [True, False], ids=["told at once", "told at the end"])
@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_the_order_of_a_merge_and_of_what_is_delivered_does_not_matter(
    desk: Desk,
    clock: Clock,
    case: UUID,
    other_case: UUID,
    amira: User,
    *,
    order: tuple[str, ...],
    told_at_once: bool,
) -> None:
    clock.advance(minutes=20)
    early = reported(case, 0, 600), reported(other_case, 300, 900, window="window-2")
    steps: dict[str, Callable[[], object]] = {
        "early": lambda: desk.api.deliver(*early, user=amira),
        "late": lambda: desk.api.deliver(reported(case, 900, 1100), user=amira),
        "merge": lambda: desk.merges(case, into=other_case),
    }

    for name in order:
        steps[name]()
        if told_at_once:
            desk.settle()
    desk.settle()
    reconcile(desk.api)

    assert {key: value for key, value in desk.totals.items() if value} == {str(other_case): 1100}
    assert sorted(row["cht_trackedseconds"] for row in desk.mock.rows("cht_automatictime")) == [  # type: ignore[type-var]
        500,
        600,
    ]


def test_time_on_a_merged_case_whose_surviving_case_is_gone_stays_there_and_is_told(
    desk: Desk,
    clock: Clock,
    case: UUID,
    other_case: UUID,
    amira: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.mock.update_row("incident", case, {"masterid": UUID(int=7)})

    reconcile(desk.api)

    # 300 tracked, 420 logged, and 300 of the task; the other won the overlap.
    assert desk.totals == {str(case): 1020, str(other_case): 600}
    assert any("stays on merged cases" in line and str(case) in line for line in caplog.messages)


def test_what_is_added_to_a_day_that_was_moved_is_shown_at_once_where_it_counts(
    desk: Desk, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    work_on_both(desk, clock, case, other_case, amira)
    desk.merges(case, into=other_case)
    desk.settle()

    late = reported(case, 1000, 1060, id=UUID(int=3))
    surviving = desk.api.refresh(other_case, late, user=amira).body["time"]
    later = reported(case, 1060, 1100, id=UUID(int=4))
    merged = desk.api.refresh(case, later, user=amira).body["time"]

    assert (surviving["automaticSeconds"], merged["automaticSeconds"]) == (960, 0)
    assert seconds_on(desk, other_case, amira) == 1000
