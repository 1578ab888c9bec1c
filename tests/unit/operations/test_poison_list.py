import json
import os
import sys
from datetime import timedelta

import pytest

from functions.contracts.message import messages
from operations.__main__ import main
from operations.poison.messages import QUEUES, about
from tests.api.harness import FUNCTIONS
from tests.builders import CASE, OTHER_CASE, delivery, reported
from tests.unit.operations.aside import CASES, aside
from tests.unit.operations.conftest import Poison
from tests.unit.operations.storage import Storage

DAY = '{{"representative":"{}","entraObjectId":null,"day":"2026-03-0{}"}}'
AMIRA, BEN = (f"a0000000-0000-4000-8000-00000000000{number}" for number in (1, 2))


def test_every_queue_of_the_app_is_listed(poison: Poison) -> None:
    queues = {str(each.trigger.get("queueName")) for each in FUNCTIONS.values()} - {"None"}

    assert QUEUES.keys() == queues
    assert poison("list").out.splitlines() == [f"{name}: 0 waiting, 0 poison" for name in QUEUES]


def test_a_poison_message_is_listed_with_when_and_why(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile", CASES, CASES)
    storage.put("reconcile-poison", aside())

    ran = poison("list", "reconcile")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "reconcile: 2 waiting, 1 poison",
        "  m3",
        "    the total of case 5c0e7f3a-0000-4000-8000-000000000001",
        "    failed 2026-03-10 12:00 UTC at delivery 576",
        "    is kept until 2026-03-17 11:59 UTC",
        "    StorageUnavailable: POST batch: 503",
    ]


def test_of_what_the_platform_put_there_no_reason_is_known(
    storage: Storage, poison: Poison
) -> None:
    storage.put("reconcile-poison", CASES)

    assert poison("list", "reconcile").out.splitlines()[3:] == [
        "    failed 2026-03-10 11:59 UTC",
        "    is kept until 2026-03-17 11:59 UTC",
        "    no reason is known: the process ended at the last delivery",
    ]


def test_programs_are_told_the_whole_message(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())

    (queue,) = json.loads(poison("list", "--json", "reconcile-poison").out)["queues"]

    assert queue == {
        "name": "reconcile",
        "waiting": 0,
        "poison": 1,
        "messages": [
            {
                "id": "m1",
                "failedAt": "2026-03-10T12:00:00Z",
                "expiresAt": "2026-03-17T11:59:00Z",
                "deliveries": 576,
                "reason": "StorageUnavailable: POST batch: 503",
                "about": "the total of case 5c0e7f3a-0000-4000-8000-000000000001",
                "message": CASES,
            }
        ],
    }


def test_only_the_first_are_looked_at_and_nothing_changes(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", *[aside()] * 33)

    lines = poison("list", "reconcile").out.splitlines()

    assert (lines[0], lines[-1]) == ("reconcile: 0 waiting, 33 poison", "  and 1 more")
    assert {each.takes for each in storage.queues["reconcile-poison"]} == {0}


def test_all_are_listed_if_wanted_and_given_back(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", *[aside()] * 70)

    ran = poison("list", "reconcile", "--all", "--json")

    (queue,) = json.loads(ran.out)["queues"]
    ids = [f"m{number}" for number in range(1, 71)]
    assert [each["id"] for each in queue["messages"]] == ids
    assert storage.visible("reconcile-poison") == ids


def test_a_message_that_is_not_in_base64_is_listed_as_it_is(
    storage: Storage, poison: Poison
) -> None:
    storage.put_text("reconcile-poison", "typed by hand")

    assert "unreadable, 13 characters" in poison("list").out


def test_a_queue_that_is_none_of_ours_is_refused(
    poison: Poison, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        poison("list", "party")

    assert ended.value.code == 2
    assert "'party' is none of focus-segments, reconcile, case-events" in capsys.readouterr().err


def test_segments_are_told_by_number_and_whose_they_are() -> None:
    told = delivery(
        reported(-60, -30, id=1), reported(-30, 0, id=2), reported(-9, 0, OTHER_CASE, id=3)
    )
    (message,) = messages(told, sign_in=CASE)

    assert about("focus-segments", message) == (
        "3 segments of 2 cases, received 2026-03-10 12:00 UTC "
        "from the sign-in 5c0e7f3a-0000-4000-8000-000000000001"
    )


@pytest.mark.parametrize(
    ("queue", "message", "told"),
    [
        (
            "reconcile",
            f'{{"kind":"days","days":[{DAY.format(AMIRA, 1)},{DAY.format(AMIRA, 2)}]}}',
            f"2 days of representative {AMIRA}",
        ),
        (
            "reconcile",
            f'{{"kind":"days","days":[{DAY.format(AMIRA, 1)},{DAY.format(BEN, 1)}]}}',
            "2 days of 2 representatives",
        ),
        ("reconcile", CASES, f"the total of case {CASE}"),
        (
            "case-events",
            f'{{"kind":"case","cases":["{CASE}"],"happenedAt":"2026-03-10T12:00:00Z"}}',
            f"what happened at 2026-03-10 12:00 UTC to case {CASE}",
        ),
        (
            "case-events",
            f'{{"kind":"restored","cases":["{CASE}"],"happenedAt":"2026-03-10T12:00:00Z"}}',
            f"what happened at 2026-03-10 12:00 UTC to case {CASE}",
        ),
        (
            "case-events",
            f'{{"kind":"activity","activity":"{OTHER_CASE}","cases":[]}}',
            f"activity {OTHER_CASE} regarding 0 cases",
        ),
        (
            "case-events",
            f'{{"kind":"activity","activity":null,"cases":["{CASE}","{OTHER_CASE}"]}}',
            "an activity regarding 2 cases",
        ),
        ("case-events", CASES, f"unreadable, {len(CASES)} characters"),
    ],
)
def test_a_message_is_told_in_a_line(queue: str, message: str, told: str) -> None:
    assert about(queue, message) == told


def test_what_another_command_has_taken_is_counted(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside(), aside())
    storage.queues["reconcile-poison"][0].hidden_until += timedelta(minutes=1)

    lines = poison("list", "reconcile").out.splitlines()

    assert (lines[0], lines[1], lines[-1]) == (
        "reconcile: 0 waiting, 2 poison",
        "  m2",
        "  and 1 more",
    )


@pytest.mark.usefixtures("poison")
def test_whoever_reads_only_the_beginning_is_shown_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)

        assert main(["poison", "list"]) == 1
