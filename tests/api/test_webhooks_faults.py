"""I3 of webhooks: a fault at any call to Dataverse ends in the rows without it.

Which calls there are is recorded from a run without faults, so that a new one is not forgotten.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import pytest

from functions import wiring
from functions.usecases.ledger import StorageUnavailable
from tests.api.events import EVENTS, TOTALS, Desk
from tests.api.harness import Api, Clock, reported
from tests.conftest import environment

CASE, OTHER_CASE = (UUID(f"5c0e7f3a-0000-4000-8000-00000000000{number}") for number in (1, 2))
TRIES = 4
"""How often the client sends a request."""

FAULTS: dict[str, dict[str, Any]] = {
    "429 for long": {"status": 429, "headers": {"Retry-After": "300"}},
    "503 before the effect": {"status": 503, "times": TRIES},
    "503 after the effect": {"status": 503, "times": TRIES, "when": "after"},
    "a page after the effect": {
        "status": 502,
        "headers": {"Content-Type": "text/html"},
        "body": "<html>gateway</html>",
        "when": "after",
    },
    "a broken connection after the effect": {
        "status": 0,
        "times": TRIES,
        "drop": True,
        "when": "after",
    },
}


def a_case_is_resolved_twice(desk: Desk) -> None:
    desk.resolves(CASE)
    desk.reactivates(CASE)
    desk.resolves(CASE)


def a_long_mail_is_sent(desk: Desk) -> None:
    """So long that its case must be read."""
    body = {"regardingobjectid_incident_email@odata.bind": f"/incidents({CASE})"}
    minutes = {"actualdurationminutes": 5, "description": "x" * 256 * 1024}
    desk.does("POST", "emails", body | minutes)


def the_case_is_merged_into_another(desk: Desk) -> None:
    desk.mock.add_row("incident", {"incidentid": OTHER_CASE, "title": "No network"})
    desk.merges(CASE, into=OTHER_CASE)


Story = Callable[[Desk], None]
Figures = tuple[object, ...]
STORIES: tuple[Story, ...] = (
    a_case_is_resolved_twice,
    a_long_mail_is_sent,
    the_case_is_merged_into_another,
)


@contextmanager
def told(story: Story) -> Iterator[Desk]:
    """Have a story told, with its messages in the queue."""
    clock = Clock()
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        amira = mock.add_user("Amira (test)")
        mock.add_row("incident", {"incidentid": CASE, "title": "Printer on fire"})
        api = Api(mock, clock)
        patch.setattr(wiring, "services", lambda: api.services)
        clock.advance(minutes=10)
        api.deliver(reported(CASE, 0, 600), user=amira)
        desk = Desk(api, mock)
        story(desk)
        # One message of each story is enough to meet every call.
        desk.tell(mock.take_webhooks()[-1])
        mock.clear_requests()
        yield desk
        api.services.shared.executor.shutdown()


def figures(desk: Desk) -> Figures:
    return desk.totals, desk.snapshots


def without_faults(story: Story) -> tuple[int, Figures]:
    """Return how many requests a story takes, and what it comes to."""
    with told(story) as desk:
        desk.work_off()
        return desk.api.dataverse_requests, figures(desk)


@pytest.fixture(scope="module")
def ends() -> dict[Story, tuple[int, Figures]]:
    return {story: without_faults(story) for story in STORIES}


def test_the_stories_take_as_few_requests_as_they_can(
    ends: dict[Story, tuple[int, Figures]],
) -> None:
    """To read, to sum, to keep; to read an activity; and twice to look and to write totals.

    Of a merge: to read both cases; to look, to read and to move the rows, to look again and to
    write; and to look at the surviving case once more, after all that was moved to it.
    """
    assert [requests for requests, _ in ends.values()] == [5, 3, 8]


def test_the_stories_end_as_they_should(ends: dict[Story, tuple[int, Figures]]) -> None:
    assert [end for _, end in ends.values()] == [
        ({str(CASE): 600}, [(1, 600), (2, 600)]),
        ({str(CASE): 900}, []),
        ({str(OTHER_CASE): 600}, []),
    ]


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_after_a_fault_at_any_call_another_delivery_ends_in_the_rows_without_it(
    ends: dict[Story, tuple[int, Figures]], story: Story, fault: dict[str, Any]
) -> None:
    requests, expected = ends[story]
    found = {}
    for call in range(requests):
        with told(story) as desk:
            desk.mock.faults.add(skip=call, **fault)
            with suppress(StorageUnavailable):
                desk.work_off()
            assert desk.mock.faults.waiting == 0, f"call {call} did not come to its fault"
            desk.work_off()
            found[call] = figures(desk)

    assert [call for call, end in found.items() if end != expected] == []


@pytest.mark.parametrize("story", STORIES)
def test_a_process_that_dies_at_any_call_leaves_its_message_to_the_next(
    ends: dict[Story, tuple[int, Figures]], story: Story
) -> None:
    requests, expected = ends[story]
    found = {}
    for call in range(requests):
        with told(story) as desk:
            desk.mock.faults.add(0, drop=True, when="after", skip=call, times=2 * TRIES)
            with pytest.raises(StorageUnavailable):
                desk.work_off()
            assert desk.api.queues[EVENTS] or desk.api.queues[TOTALS]
            desk.mock.faults.clear()
            desk.api.restart()
            desk.work_off()
            found[call] = figures(desk)

    assert [call for call, end in found.items() if end != expected] == []
