"""Poison over real queues: the operator's commands list it and put it back."""

import json
import os
import subprocess
import sys
from uuid import UUID

import pytest

from tests.api.harness import FUNCTIONS, Api, reported, tracked
from tests.local_stack.children import ROOT
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.real_queues.hosts import SOON, emptied, queues_of, running

pytestmark = [
    pytest.mark.integration,
    pytest.mark.enable_socket,
    pytest.mark.usefixtures("api"),
]

COMMAND_SECONDS = 60
UNREADABLE = b'{"kind": "years"}'


def operations(storage: str, *words: str) -> tuple[int, str]:
    """Return exit code and output of a command as an operator runs it."""
    ended = subprocess.run(
        [sys.executable, "-m", "operations", *words],
        cwd=ROOT,
        env=os.environ | {"AzureWebJobsStorage": storage, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_segments_whose_process_died_at_the_last_delivery_count_once_they_are_put_back(
    api: Api, mock: MockDataverse, case: UUID, amira: User, storage: str
) -> None:
    mock.fail_next(429, {"Retry-After": "300"})
    sent = api.deliver(reported(case, -90, -30), user=amira)
    for message in sent.messages:
        queues_of(storage)["focus-segments"].put(message.encode())
    queues_of(storage)["focus-segments"].take(1)
    with running(FUNCTIONS, storage, maxDequeueCount=1) as host:
        assert emptied(host.queues["focus-segments"].count)

    _, listed = operations(storage, "poison", "list", "focus-segments")
    put_back, _ = operations(storage, "poison", "replay", "focus-segments")
    with running(FUNCTIONS, storage) as host:
        assert emptied(host.queues["focus-segments"].count)
        poison = host.queues["focus-segments-poison"].count()

    assert "1 segment of 1 case" in listed
    assert "no reason is known" in listed
    assert (put_back, poison) == (0, 0)
    assert tracked(mock) == {str(case): 60}


def test_what_cannot_be_read_is_poison_again_after_it_was_put_back(storage: str) -> None:
    with running(FUNCTIONS, storage) as host:
        host.queues["reconcile"].put(UNREADABLE)
        assert emptied(host.queues["reconcile"].count)

        _, said = operations(storage, "poison", "replay", "--reason", "UnreadableMessage")

        (poison,) = host.queues["reconcile-poison"].take(1, within_seconds=SOON)

    assert "put back: 1" in said
    assert json.loads(poison.body)["message"] == UNREADABLE.decode()
