"""Our functions over real queues: what one sends, another gets, also after a restart."""

import json
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from tests.api.harness import FUNCTIONS, Api, Clock, reported, tracked
from tests.api.reconciling import from_a_form
from tests.local_stack.children import ROOT
from tests.local_stack.functions_host.invocation import Worker
from tests.local_stack.functions_host.listeners import Timer
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.real_queues.hosts import SOON, emptied, queues_of, running

pytestmark = [
    pytest.mark.integration,
    pytest.mark.enable_socket,
    pytest.mark.usefixtures("api"),
]

PEOPLE, DAYS = 3, 85
SECONDS = 60


def fire(timer: str, storage: str) -> None:
    """Run a timer where nobody works off what it sends."""
    worker = Worker(ROOT, queues_of(storage), threads=1)
    Timer(FUNCTIONS[timer], worker).fire()
    worker.close()


def test_what_a_timer_finds_is_worked_off_a_hundred_days_a_message(
    mock: MockDataverse, clock: Clock, case: UUID, storage: str
) -> None:
    for person in range(PEOPLE):
        user = mock.add_user(f"Widget {person} (test)")
        for day in range(DAYS):
            from_a_form(mock, user, case, 0, SECONDS, base=clock.now - timedelta(days=1 + day))

    fire("reconcile_recent", storage)
    sent = [json.loads(each) for each in queues_of(storage)["reconcile"].peek()]
    with running(FUNCTIONS, storage) as host:
        all_done = emptied(host.queues["reconcile"].count)

    assert [len(each["days"]) for each in sent if each["kind"] == "days"] == [100, 100, 55]
    assert all_done
    recorded = [row["cht_trackedseconds"] for row in mock.rows("cht_automatictime")]
    assert Counter(recorded) == {SECONDS: PEOPLE * DAYS}


def test_segments_that_waited_count_once_dataverse_answers_again(
    api: Api, mock: MockDataverse, case: UUID, amira: User, storage: str
) -> None:
    mock.fail_next(429, {"Retry-After": "300"}, times=3)
    sent = api.deliver(reported(case, -90, -30), user=amira)
    with running(FUNCTIONS, storage, visibilityTimeout="00:00:00") as host:
        for message in sent.messages:
            host.queues["focus-segments"].put(message.encode())

        assert emptied(host.queues["focus-segments"].count)

    assert sent.status == 202
    assert tracked(mock) == {str(case): SECONDS}


def test_a_message_that_nobody_can_read_is_poison_with_the_reason(
    storage: str,
) -> None:
    with running(FUNCTIONS, storage) as host:
        host.queues["reconcile"].put(b'{"kind": "years"}')

        (poison,) = host.queues["reconcile-poison"].take(1, within_seconds=SOON)
        assert emptied(host.queues["reconcile"].count)

    envelope = json.loads(poison.body)
    assert envelope["message"] == '{"kind": "years"}'
    assert envelope["reason"].startswith("UnreadableMessage: ")
    assert envelope["deliveries"] == 1
