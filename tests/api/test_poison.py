"""What is put aside at its last delivery counts, once it is put back, as if nothing had been."""

from uuid import UUID

import pytest

from functions.contracts.poison import PutAside, put_aside_of
from functions.redelivery import MOST_DELIVERIES
from tests.api.events import EVENTS, TOTALS, Desk
from tests.api.harness import Api, Clock, reported, stored, tracked
from tests.api.reconciling import from_a_form, totals_of
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SEGMENTS = "focus-segments"


def given_up(api: Api, queue: str) -> PutAside:
    """Deliver for the last time what Dataverse does not understand; return what is put aside."""
    api.mock.fail_next(400, times=99)
    api.work_off_queue(queue, delivery=MOST_DELIVERIES)
    api.mock.faults.clear()
    return poison(api, queue)[0]


def poison(api: Api, queue: str) -> list[PutAside]:
    found = [put_aside_of(text) for text in api.queues[f"{queue}-poison"]]
    return [each for each in found if each is not None]


def replay(api: Api, queue: str) -> None:
    """Put what was put aside back, as it was, and work it off."""
    api.queues[queue].extend(each.message for each in poison(api, queue))
    api.queues[f"{queue}-poison"].clear()
    api.work_off_queue(queue)


def test_segments_count_when_they_are_put_back(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    mock.fail_next(503, times=99)
    api.deliver(reported(case, 0, 600), reported(other_case, 300, 900), user=amira)

    aside = given_up(api, SEGMENTS)
    clock.advance(days=5)
    replay(api, SEGMENTS)

    assert "400" in aside.reason
    assert aside.deliveries == MOST_DELIVERIES
    assert tracked(mock) == {str(case): 300, str(other_case): 600}


def test_segments_that_were_recorded_and_put_back_change_nothing(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    mock.fail_next(503, times=99)
    api.deliver(reported(case, 0, 600), user=amira)
    given_up(api, SEGMENTS)
    not_deleted = api.queues[f"{SEGMENTS}-poison"].copy()
    replay(api, SEGMENTS)
    before = stored(mock)

    api.queues[f"{SEGMENTS}-poison"] = not_deleted
    replay(api, SEGMENTS)

    assert stored(mock) == before
    assert tracked(mock) == {str(case): 600}


def test_totals_are_worked_out_when_they_are_put_back(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    api.clock.advance(minutes=20)
    from_a_form(mock, amira, case, 0, 600)
    api.fire_timer("reconcile_recent")

    given_up(api, TOTALS)
    replay(api, TOTALS)

    assert totals_of(mock) == {str(case): ("Printer on fire", 600, 600, 0, 0)}


def test_a_resolution_is_kept_when_it_is_put_back_and_nothing_was_asked_for_before(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)
    desk = Desk(api, mock)
    desk.resolves(case)
    desk.tell()

    given_up(api, EVENTS)
    asked_for = list(api.queues[TOTALS])
    replay(api, EVENTS)
    api.work_off_queue(TOTALS)

    assert asked_for == []
    assert desk.snapshots == [(1, 600)]
    assert desk.totals == {str(case): 600}


def test_segments_outlast_any_outage(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    mock.fail_next(503, times=999)
    api.deliver(reported(case, 0, 600), user=amira)

    for _ in range(5):
        clock.advance(days=2)
        (waiting,) = api.queue
        api.queue.clear()
        api.deliver_message(SEGMENTS, waiting, delivery=MOST_DELIVERIES)
    mock.faults.clear()
    api.work_off_queue()

    assert poison(api, SEGMENTS) == []
    assert tracked(mock) == {str(case): 600}


@pytest.mark.parametrize("delivery", [1, MOST_DELIVERIES - 1])
def test_before_its_last_delivery_a_message_stays(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, delivery: int
) -> None:
    clock.advance(minutes=10)
    mock.fail_next(503, times=99)
    api.deliver(reported(case, 0, 600), user=amira)

    with pytest.raises(Exception, match="503"):
        api.work_off_queue(delivery=delivery)

    assert (len(api.queue), poison(api, SEGMENTS)) == (1, [])
