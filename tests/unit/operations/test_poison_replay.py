from datetime import timedelta

from tests.unit.operations.aside import CASES, aside
from tests.unit.operations.conftest import Poison
from tests.unit.operations.storage import Message, Storage


def test_messages_are_put_back_as_they_were_and_are_poison_no_more(
    storage: Storage, poison: Poison
) -> None:
    storage.put("reconcile-poison", aside("first"), "as the platform puts it", aside(CASES))

    ran = poison("replay")

    assert (ran.code, ran.err) == (0, "")
    assert storage.bodies("reconcile") == ["first", "as the platform puts it", CASES]
    assert storage.bodies("reconcile-poison") == []
    assert ran.out.splitlines() == [
        "focus-segments:",
        "reconcile:",
        "  put back m1: unreadable, 5 characters",
        "  put back m2: unreadable, 23 characters",
        "  put back m3: the total of case 5c0e7f3a-0000-4000-8000-000000000001",
        "case-events:",
        "put back: 3",
    ]


def test_more_than_an_answer_of_storage_holds_is_put_back(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", *[aside(str(number)) for number in range(70)])

    poison("replay")

    assert storage.bodies("reconcile") == [str(number) for number in range(70)]


def test_only_the_queues_that_are_named_are_replayed(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())
    storage.put("case-events-poison", aside())

    poison("replay", "case-events-poison")

    assert (storage.bodies("case-events"), len(storage.bodies("reconcile-poison"))) == ([CASES], 1)


def test_only_those_with_the_reason_are_replayed(storage: Storage, poison: Poison) -> None:
    storage.put(
        "reconcile-poison", "raw", aside("a"), aside("b", reason="TypeError: x"), aside("c")
    )

    ran = poison("replay", "--reason", "storageUNAVAILABLE")

    assert ran.code == 0
    assert storage.bodies("reconcile") == ["a", "c"]
    assert storage.visible("reconcile-poison") == ["m1", "m3"]


def test_only_the_one_with_the_id_is_replayed(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside("a"), aside("b"))

    ran = poison("replay", "--id", "m2")

    assert (ran.code, storage.bodies("reconcile")) == (0, ["b"])


def test_an_id_that_is_not_there_is_told(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())

    ran = poison("replay", "--id", "m9")

    assert (ran.code, ran.out.splitlines()[-1]) == (1, "there is no message m9")


def test_a_dry_run_changes_nothing(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())

    ran = poison("replay", "--dry-run")

    assert (ran.code, storage.visible("reconcile-poison")) == (0, ["m1"])
    assert "reconcile" not in storage.queues
    assert "  would put back m1: the total of case" in ran.out
    assert ran.out.splitlines()[-1] == "would be put back: 1"


def test_what_is_put_back_never_expires(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())

    poison("replay")

    assert [each.ttl for each in storage.queues["reconcile"]] == [-1]


def test_a_message_that_becomes_poison_again_does_not_go_in_circles(
    storage: Storage, poison: Poison
) -> None:
    storage.put("reconcile-poison", aside("broken"))

    def fails(queue: str, message: Message) -> None:
        storage.put(f"{queue}-poison", aside(message.body))

    storage.on_send = fails
    poison("replay")

    assert (storage.bodies("reconcile"), len(storage.bodies("reconcile-poison"))) == (["broken"], 1)


def test_a_message_that_cannot_be_deleted_is_in_both_places_and_the_others_are_given_back(
    storage: Storage, poison: Poison
) -> None:
    storage.put("reconcile-poison", aside("a"), aside("b"))
    storage.refused = {"DELETE"}

    ran = poison("replay")

    assert (ran.code, storage.bodies("reconcile")) == (1, ["a"])
    assert storage.visible("reconcile-poison") == ["m1", "m2"]
    assert "AuthorizationPermissionMismatch" in ran.err


def test_a_message_that_cannot_be_put_back_stays(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())
    storage.refused = {"POST"}

    ran = poison("replay")

    assert (ran.code, storage.visible("reconcile-poison")) == (1, ["m1"])


def test_what_cannot_be_given_back_comes_back_by_itself(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside("a"), aside("b"))
    storage.refused = {"POST", "PUT"}

    ran = poison("replay")

    assert (ran.code, storage.visible("reconcile-poison")) == (1, [])
    storage.now += timedelta(minutes=5)
    assert storage.visible("reconcile-poison") == ["m1", "m2"]


def test_what_another_command_has_taken_is_left_and_told(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside("a"), aside("b"))
    storage.queues["reconcile-poison"][0].hidden_until += timedelta(minutes=1)

    ran = poison("replay")

    assert (ran.code, storage.bodies("reconcile")) == (1, ["b"])
    assert ran.out.splitlines()[-1].startswith("hidden from us, perhaps by another command: 1")


def test_who_interrupts_it_is_told_so_and_nothing_is_lost(storage: Storage, poison: Poison) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    storage.put("reconcile-poison", aside("first"), aside("second"))
    storage.on_send = interrupt

    ran = poison("replay")

    assert (ran.code, ran.err) == (
        1,
        "poison: interrupted; what was not put back is where it was\n",
    )
    assert storage.bodies("reconcile") == ["first"]
    assert storage.visible("reconcile-poison") == ["m1", "m2"]


def test_taking_messages_ends_also_where_the_first_come_back_before_the_last_is_taken(
    storage: Storage, poison: Poison
) -> None:
    storage.put("reconcile-poison", *[aside(str(number)) for number in range(40)])
    storage.taking_lasts = timedelta(minutes=6)

    ran = poison("replay")

    assert ran.code == 1
    assert "hidden from us, perhaps by another command: 8; try again" in ran.out
    assert storage.bodies("reconcile") == [str(number) for number in range(32)]
