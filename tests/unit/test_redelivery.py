"""What becomes of a message that a queue function cannot work on."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import azure.functions as func
import pytest
from azure.functions.queue import QueueMessage
from pydantic import ValidationError

from functions.contracts.poison import MOST_IN_A_REASON
from functions.contracts.reconcile import Message, message_of
from functions.redelivery import (
    MOST_DELIVERIES,
    UnreadableMessage,
    parse,
    puts_aside,
    puts_aside_and_queues,
    reason_of,
)
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable
from tests.api.harness import FUNCTIONS, Outbox
from tests.local_stack.children import ROOT

QUEUES = {
    str(each.trigger["queueName"]): each
    for each in FUNCTIONS.values()
    if each.kind == "queueTrigger"
}
SECRET = "hunter2"


def delivered(
    handler: Callable[[func.QueueMessage], None], body: bytes = b"{}", *, delivery: int | None = 1
) -> list[Any]:
    """Return what a handler's function put aside of a message."""
    again, poison = Outbox(), Outbox()
    puts_aside(handler)(QueueMessage(id="m1", body=body, dequeue_count=delivery), again, poison)
    assert again.messages == []
    return [json.loads(each) for each in poison.messages]


def unavailable(_: func.QueueMessage) -> None:
    raise StorageUnavailable("POST batch: 503")


def broken(_: func.QueueMessage) -> None:
    raise KeyError("POST batch: 400")


def read(message: func.QueueMessage) -> None:
    parse(message_of, message)


def complaint(body: bytes) -> str:
    (aside,) = delivered(read, body)
    return str(aside["reason"])


def test_the_last_delivery_is_the_hosts() -> None:
    host = json.loads((ROOT / "host.json").read_text())

    assert host["extensions"]["queues"]["maxDequeueCount"] == MOST_DELIVERIES


@pytest.mark.parametrize("queue", QUEUES)
def test_every_queue_function_puts_aside_what_it_cannot_read(queue: str) -> None:
    function = QUEUES[queue]
    outboxes = {parameter: Outbox() for parameter in function.outputs}

    function.handler(
        **{function.trigger_parameter: QueueMessage(id="m1", body=b"broken"), **outboxes}
    )

    sent = {function.outputs[each]: box.messages for each, box in outboxes.items() if box.messages}
    assert [*sent] == [f"{queue}-poison"]
    assert json.loads(sent[f"{queue}-poison"][0])["message"] == "broken"


def test_what_works_is_not_put_aside() -> None:
    assert delivered(lambda _: None) == []


@pytest.mark.parametrize("delivery", [None, 1, MOST_DELIVERIES - 1])
@pytest.mark.parametrize("handler", [unavailable, broken])
def test_what_fails_is_delivered_again(
    handler: Callable[[func.QueueMessage], None], delivery: int | None
) -> None:
    with pytest.raises((StorageUnavailable, KeyError), match="POST batch"):
        delivered(handler, delivery=delivery)


@pytest.mark.parametrize("delivery", [MOST_DELIVERIES, MOST_DELIVERIES + 1])
@pytest.mark.parametrize("error", [StorageUnavailable, ServiceNotAllowed])
def test_what_waits_for_dataverse_the_last_time_is_sent_anew(
    caplog: pytest.LogCaptureFixture, error: type[Exception], delivery: int
) -> None:
    again, poison = Outbox(), Outbox()

    def waits(_: func.QueueMessage) -> None:
        raise error("403")

    message = QueueMessage(id="m1", body=b"one", dequeue_count=delivery)
    puts_aside(waits)(message, again, poison)

    assert (again.messages, poison.messages) == (["one"], [])
    assert caplog.messages == [
        f"message sent anew: m1 of waits, delivery {delivery}, {error.__name__}: 403"
    ]


@pytest.mark.parametrize("delivery", [MOST_DELIVERIES, MOST_DELIVERIES + 1])
def test_what_fails_the_last_time_is_put_aside_with_why(delivery: int) -> None:
    (aside,) = delivered(broken, b"one", delivery=delivery)

    assert aside.pop("failedAt").endswith("Z")
    assert aside == {
        "message": "one",
        "reason": "KeyError: 'POST batch: 400'",
        "deliveries": delivery,
    }


def test_of_what_is_put_aside_nothing_else_is_sent() -> None:
    waiting, again, poison = Outbox(), Outbox(), Outbox()

    def half(_: func.QueueMessage) -> Iterator[str]:
        yield "first"
        raise KeyError("503")

    message = QueueMessage(id="m1", body=b"{}", dequeue_count=MOST_DELIVERIES)
    puts_aside_and_queues(half)(message, waiting, again, poison)

    assert (waiting.messages, again.messages, len(poison.messages)) == ([], [], 1)


def test_what_works_sends_what_it_has_to_send() -> None:
    waiting, again, poison = Outbox(), Outbox(), Outbox()

    sends_two = puts_aside_and_queues(lambda _: iter(["one", "two"]))
    sends_two(QueueMessage(body=b""), waiting, again, poison)

    assert (waiting.messages, again.messages, poison.messages) == (["one", "two"], [], [])


def test_what_has_nothing_to_send_leaves_its_queue_alone() -> None:
    class Closed(Outbox):
        def set(self, val: str | list[str]) -> None:
            pytest.fail(f"{val} was sent")

    puts_aside_and_queues(lambda _: ())(QueueMessage(body=b""), Closed(), Closed(), Closed())


def test_bytes_that_are_no_text_are_put_aside_as_text() -> None:
    (aside,) = delivered(read, b"\xff{")

    assert aside["message"] == "\\xff{"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"{", "message: json_invalid", id="no JSON"),
        pytest.param(b'{"kind": "years"}', "message: union_tag_invalid", id="of another kind"),
        pytest.param(b'{"kind": "cases"}', "cases.cases: missing", id="without what it is about"),
        pytest.param(
            b'{"kind": "cases", "cases": ["hunter2"], "x": 1}',
            "cases.cases[0]: uuid_parsing, cases.x: extra_forbidden",
            id="with two faults",
        ),
    ],
)
def test_a_reason_names_the_places_that_cannot_be_read(body: bytes, reason: str) -> None:
    assert complaint(body) == f"UnreadableMessage: {reason}"


def test_no_value_gets_into_a_reason_or_a_log(caplog: pytest.LogCaptureFixture) -> None:
    def careless(message: func.QueueMessage) -> None:
        message_of(message.get_body())  # not the door: as when a row is not what it should be

    body = json.dumps({"kind": SECRET, "cases": [SECRET]}).encode()
    (aside,) = delivered(careless, body, delivery=MOST_DELIVERIES)

    assert complaint(body) == "UnreadableMessage: message: union_tag_invalid"
    assert aside["reason"] == "ValidationError: message: union_tag_invalid"
    assert [SECRET in each.getMessage() for each in caplog.records] == [False, False]


def test_a_reason_is_one_line_of_bounded_length() -> None:
    reason = reason_of(StorageUnavailable("<html>\n" * 999))

    assert reason.startswith("StorageUnavailable: <html> <html>")
    assert len(reason) == MOST_IN_A_REASON


def test_what_is_put_aside_is_an_error_that_an_alert_can_find(
    caplog: pytest.LogCaptureFixture,
) -> None:
    delivered(broken, delivery=MOST_DELIVERIES)

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage() == (
        "message put aside: m1 of broken, delivery 576, KeyError: 'POST batch: 400'"
    )


def test_what_a_message_says_is_read() -> None:
    message: Message = parse(message_of, QueueMessage(body=b'{"kind": "cases", "cases": []}'))

    assert message.kind == "cases"


def test_an_unreadable_message_does_not_drag_its_values_along() -> None:
    with pytest.raises(UnreadableMessage) as caught:
        parse(message_of, QueueMessage(body=b'{"kind": "hunter2"}'))

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert isinstance(caught.value.__context__, ValidationError)
