import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.local_stack.functions_host.app import functions_of
from tests.local_stack.functions_host.host import FunctionsHost, Keys
from tests.local_stack.functions_host.settings import HostSettings
from tests.local_stack.http_messages import Request, Response
from tests.unit.local_stack.sample_app import Seen, sample_app

SOON = 10.0


def call(
    host: FunctionsHost, method: str, target: str, body: object = None, **headers: str
) -> Response:
    content = json.dumps(body).encode() if method == "POST" else b""
    return host.handle(Request(method=method, target=target, headers=headers, body=content))


def test_a_route_hands_its_parameters_and_the_query_to_the_function(host: FunctionsHost) -> None:
    answer = call(host, "GET", "/api/greetings/M%C3%ADa?a=1&b=&a=2")

    assert answer.status == 200
    assert answer.body.decode() == "hello Mía a=1,2,b="
    assert ("Content-Type", "text/plain; charset=utf-8") in answer.headers


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS"])
def test_a_method_that_is_not_listed_finds_nothing(host: FunctionsHost, method: str) -> None:
    assert call(host, method, "/api/greetings/amira").status == 404


def test_an_unknown_path_finds_nothing(host: FunctionsHost) -> None:
    assert call(host, "GET", "/api/nothing").status == 404


@pytest.mark.parametrize(
    ("target", "error"),
    [
        pytest.param("/api/broken", ValueError, id="the function raises"),
        pytest.param("/api/numbers", TypeError, id="the function returns what is no answer"),
    ],
)
def test_a_function_that_fails_is_left_to_the_server_to_answer(
    host: FunctionsHost, target: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        call(host, "GET", target)


def test_a_function_that_asks_for_the_context_gets_it(host: FunctionsHost) -> None:
    assert call(host, "GET", "/api/context").body == b"GET with_context"


@pytest.mark.parametrize(
    ("output", "messages"),
    [
        pytest.param("one", [b"one"], id="a text is one message"),
        pytest.param(["a", "b"], [b"a", b"b"], id="a list is one message for each item"),
        pytest.param({"k": 1}, [b'{"k": 1}'], id="an object goes as JSON"),
        pytest.param(None, [], id="nothing is no message"),
    ],
)
def test_outputs_are_delivered_once_the_function_returned(
    seen: Seen, output: object, messages: list[bytes]
) -> None:
    host = without_listeners(seen)

    assert call(host, "POST", "/api/work", output).status == 202
    assert host.queues["work"].peek() == [message.decode() for message in messages]
    host.close()


def test_outputs_of_a_function_that_failed_are_not_delivered(seen: Seen) -> None:
    host = without_listeners(seen)

    with pytest.raises(ValueError, match="after setting"):
        call(host, "POST", "/api/work?then=fail", ["a"])
    assert host.queues["work"].count() == 0
    host.close()


def without_listeners(seen: Seen) -> FunctionsHost:
    functions = {each.name: each for each in functions_of(sample_app(seen)) if each.name == "plan"}
    return FunctionsHost(functions, folder=Path(), settings=HostSettings(threads=1))


def taken(host: FunctionsHost, queue: str) -> bytes:
    (message,) = host.queues[queue].take(1, within_seconds=SOON)
    return message.body


def test_a_message_that_keeps_failing_ends_in_the_poison_queue(
    host: FunctionsHost, seen: Seen
) -> None:
    call(host, "POST", "/api/work", "bad")

    assert taken(host, "work-poison") == b"bad"
    assert [message.dequeue_count for message in seen.messages] == [1, 2, 3, 4, 5]


def test_the_queues_can_be_listed(host: FunctionsHost) -> None:
    call(host, "POST", "/api/work", "bad")
    poison = host.queues["work-poison"]
    (buried,) = poison.take(1, within_seconds=SOON)
    poison.give_back(buried, timedelta())

    listing = json.loads(call(host, "GET", "/admin/queues").body)

    assert listing["texts"] == {"waiting": 0, "poison": []}
    assert listing["work"]["poison"] == ["bad"]


def test_a_queue_function_is_given_what_its_parameter_is_annotated_with(
    host: FunctionsHost, seen: Seen
) -> None:
    assert call(host, "POST", "/admin/functions/read_text", {"input": "hello"}).status == 202
    assert seen.text_came.wait(SOON)
    assert seen.texts == ["hello"]


def test_a_timer_is_fired_by_hand(host: FunctionsHost, seen: Seen) -> None:
    assert call(host, "POST", "/admin/functions/tick", {}).status == 202
    assert seen.timer_fired.wait(SOON)


@pytest.mark.parametrize(
    ("target", "body", "status"),
    [
        pytest.param("/admin/functions/unknown", b"{}", 404, id="unknown function"),
        pytest.param("/admin/functions/tick", b"", 400, id="no JSON"),
        pytest.param("/admin/functions/greet", b"{}", 400, id="a function with a route"),
        pytest.param(
            "/admin/functions/work", b'{"input": "%s"}' % (b"x" * 49_153), 413, id="too large"
        ),
    ],
)
def test_what_cannot_be_started_by_hand_is_refused(
    host: FunctionsHost, target: str, body: bytes, status: int
) -> None:
    assert host.handle(Request(method="POST", target=target, body=body)).status == status


def test_the_host_tells_its_state_and_functions(host: FunctionsHost) -> None:
    status = json.loads(call(host, "GET", "/admin/host/status").body)
    functions = json.loads(call(host, "GET", "/admin/functions").body)

    assert status["state"] == "Running"
    assert "greet" in [function["name"] for function in functions]


@pytest.mark.parametrize(
    ("target", "key", "status"),
    [
        pytest.param("/api/protected", "", 401, id="no key"),
        pytest.param("/api/protected", "wrong", 401, id="wrong key"),
        pytest.param("/api/protected", "fk", 204, id="function key"),
        pytest.param("/api/protected", "mk", 204, id="the master key opens all"),
        pytest.param("/api/protected?code=fk", "", 204, id="key in the query"),
        pytest.param("/api/greetings/ben", "", 200, id="an anonymous function needs none"),
        pytest.param("/admin/queues", "fk", 401, id="a function key does not open admin"),
        pytest.param("/admin/queues", "mk", 200, id="the master key opens admin"),
    ],
)
def test_keys_are_checked_where_they_are_switched_on(
    seen: Seen, target: str, key: str, status: int
) -> None:
    functions = {function.name: function for function in functions_of(sample_app(seen))}
    keys = Keys(function="fk", master="mk")
    host = FunctionsHost(functions, folder=Path(), settings=HostSettings(threads=1), keys=keys)

    answer = call(host, "GET", target, **({"x-functions-key": key} if key else {}))

    assert answer.status == status
    host.close()


def test_without_the_switch_every_level_is_open(host: FunctionsHost) -> None:
    assert call(host, "GET", "/api/protected").status == 204
