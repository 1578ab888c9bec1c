"""Reconciliation while others write: a message that comes twice at once, totals, a day deleted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from functions import wiring
from tests.api.harness import NOON, Api, Clock, a_log, reported
from tests.api.reconciling import day_row, days_of, from_a_form, reconcile, totals_of, writes
from tests.conftest import environment
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User

AMIRA, BEN = (UUID(f"a0000000-0000-4000-8000-00000000000{number}") for number in (1, 2))
CASE, OTHER_CASE = (UUID(f"5c0e7f3a-0000-4000-8000-00000000000{number}") for number in (1, 2))
Rows = tuple[object, object]


@contextmanager
def wrong_morning() -> Iterator[tuple[Api, MockDataverse]]:
    """Amira has a wrong day and a missing one, Ben only evidence; no total is written yet."""
    clock = Clock()
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        amira = mock.add_user("Amira (test)", systemuserid=AMIRA)
        ben = mock.add_user("Ben (test)", systemuserid=BEN)
        for case, title in ((CASE, "Printer on fire"), (OTHER_CASE, "No network")):
            mock.add_row("incident", {"incidentid": case, "title": title})
        api = Api(mock, clock)
        patch.setattr(wiring, "services", lambda: api.services)
        clock.advance(minutes=20)
        api.deliver(reported(CASE, 0, 600), reported(OTHER_CASE, 300, 900), user=amira)
        mock.update_row("cht_automatictime", day_row(mock, CASE, amira), {"cht_trackedseconds": 9})
        mock.delete_row("cht_automatictime", day_row(mock, OTHER_CASE, amira))
        from_a_form(mock, ben, CASE, 0, 600, base=NOON)
        mock.add_row("cht_timelog", a_log(CASE, ben))
        mock.clear_requests()
        yield api, mock
        api.services.shared.executor.shutdown()


def settled(api: Api, mock: MockDataverse) -> Rows:
    """Reconcile, and return the rows."""
    reconcile(api)
    return days_of(mock), totals_of(mock)


@pytest.fixture(scope="module")
def undisturbed() -> tuple[Rows, int]:
    """Return the rows without others, and how many requests they took."""
    with wrong_morning() as (api, mock):
        rows = settled(api, mock)
        return rows, len(mock.requests)


def test_the_rows_without_others_are_right(undisturbed: tuple[Rows, int]) -> None:
    day = "2026-03-10"

    assert undisturbed[0] == (
        {
            (str(CASE), str(AMIRA), day): (300, 1),
            (str(OTHER_CASE), str(AMIRA), day): (600, 1),
            (str(CASE), str(BEN), day): (600, 1),
        },
        {
            str(CASE): ("Printer on fire", 1320, 900, 420, 0),
            str(OTHER_CASE): ("No network", 600, 600, 0, 0),
        },
    )


def test_a_message_that_comes_again_half_way_through_another_ends_in_the_same_rows(
    undisturbed: tuple[Rows, int],
) -> None:
    expected, calls = undisturbed
    ends = {}
    for call in range(calls):
        with wrong_morning() as (api, mock):
            api.fire_timer("reconcile_recent")
            other = Api(mock, api.clock)
            other.queues["reconcile"].extend(api.queues["reconcile"])
            mock.faults.add(0, matching=_at(call, _work_of(other)))
            api.work_off_queue("reconcile")
            if other.queues["reconcile"]:
                break  # there is no such call any more
            ends[call] = days_of(mock), totals_of(mock)
            mock.clear_requests()
            reconcile(api)
            assert writes(mock) == []
            other.services.shared.executor.shutdown()

    assert len(ends) > 5
    assert [call for call, rows in ends.items() if rows != expected] == []


@pytest.mark.parametrize("earlier", ["no total", "a total"])
def test_of_two_who_total_a_case_at_once_the_later_sums_stay(earlier: str) -> None:
    with wrong_morning() as (api, mock):
        if earlier == "a total":
            reconcile(api)
            mock.add_row("cht_timelog", a_log(CASE, User(AMIRA, AMIRA, "Amira (test)")))
        api.fire_timer("reconcile_recent")
        other = Api(mock, api.clock)
        other.queues["reconcile"].extend(api.queues["reconcile"])
        work = _work_of(other)

        def time_is_logged_and_another_totals() -> None:
            mock.add_row("cht_timelog", a_log(CASE, User(BEN, BEN, "Ben (test)")))
            work()

        before = _before_writing("cht_casehandlingtimes", time_is_logged_and_another_totals)
        mock.faults.add(0, matching=before)
        api.work_off_queue("reconcile")

        logs = 420 * len(mock.rows("cht_timelog"))
        assert not other.queues["reconcile"]
        assert totals_of(mock)[str(CASE)] == ("Printer on fire", 900 + logs, 900, logs, 0)
        other.services.shared.executor.shutdown()


def test_a_day_that_is_deleted_before_it_is_mended_is_written_anew(
    undisturbed: tuple[Rows, int],
) -> None:
    with wrong_morning() as (api, mock):
        amira = User(AMIRA, AMIRA, "Amira (test)")

        def somebody_deletes_it() -> None:
            mock.delete_row("cht_automatictime", day_row(mock, CASE, amira))

        mock.faults.add(0, matching=_before_writing("cht_automatictimes", somebody_deletes_it))
        rows = settled(api, mock)

        assert rows == undisturbed[0]


def _before_writing(table: str, action: Callable[[], None]) -> Callable[[RecordedRequest], bool]:
    """Return what a fault can look for: acts once when rows of a table are about to be written."""
    left = [action]

    def matches(request: RecordedRequest) -> bool:
        writes_it = any(method == "PATCH" and table in path for method, path, _ in request.parts)
        if left and writes_it:
            left.pop()()
        return False

    return matches


def _at(number: int, action: Callable[[], None]) -> Callable[[RecordedRequest], bool]:
    """Return what a fault can look for: acts once before the request with this number."""
    left = list(range(number + 1))

    def matches(_: RecordedRequest) -> bool:
        if left:
            left.pop()
            if not left:
                action()
        return False

    return matches


def _work_of(other: Api) -> Callable[[], None]:
    """Return how another process works off its messages."""

    def work() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(wiring, "services", lambda: other.services)
            other.work_off_queue("reconcile")

    return work
