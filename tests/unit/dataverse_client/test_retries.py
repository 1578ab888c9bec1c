import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest
import requests
import responses
from hypothesis import given
from hypothesis import strategies as st
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from dataverse_client import (
    DataverseClient,
    DataverseError,
    DataverseUnavailable,
    ErrorContext,
    RequestRejected,
    RetryPolicy,
    StaticToken,
    Throttled,
    TokenUnavailable,
    connect,
)
from dataverse_client import operations as op
from dataverse_client.retries import Retrying
from tests.unit.dataverse_client.answers import API, CASE, ENVIRONMENT, TOKEN

Http = responses.RequestsMock
ROW = f"{API}incidents({CASE})"
ACTION = f"{API}Action"
CONTEXT = ErrorContext("GET", ROW)

LOST = [
    pytest.param({"body": requests.ConnectionError("reset")}, id="connection reset"),
    pytest.param({"body": requests.ReadTimeout("slow")}, id="no answer in time"),
    pytest.param({"body": ProtocolError("cut")}, id="answer cut off"),
    pytest.param({"body": OSError("gone")}, id="network gone"),
    pytest.param({"body": "<html>", "status": 200}, id="a page of HTML"),
    *(pytest.param({"status": status}, id=str(status)) for status in (500, 502, 503, 504)),
]
NEVER_CONNECTED = [
    pytest.param(requests.ConnectTimeout("slow"), id="no connection in time"),
    pytest.param(
        requests.ConnectionError(
            MaxRetryError(
                HTTPSConnectionPool("org"),
                "/",
                NewConnectionError(HTTPSConnection("org"), "refused"),
            )
        ),
        id="connection refused",
    ),
]


@pytest.mark.parametrize("answer", LOST)
def test_a_lost_answer_is_asked_for_again(
    answer: Mapping[str, Any], http: Http, dataverse: DataverseClient
) -> None:
    http.add("GET", ROW, **answer)
    http.get(ROW, json={"n": 1})

    assert dataverse.row("incidents", CASE) == {"n": 1}


@pytest.mark.parametrize("answer", LOST)
def test_what_may_have_been_run_is_not_run_again(
    answer: Mapping[str, Any], http: Http, dataverse: DataverseClient
) -> None:
    http.add("POST", ACTION, **answer)

    with pytest.raises(DataverseUnavailable) as caught:
        dataverse.send(op.call_action("Action"))
    assert len(http.calls) == 1
    assert not caught.value.not_run


@pytest.mark.parametrize("error", NEVER_CONNECTED)
def test_what_was_never_sent_is_sent_again(
    error: Exception, http: Http, dataverse: DataverseClient
) -> None:
    http.post(ACTION, body=error)
    http.post(ACTION, status=204)

    dataverse.send(op.call_action("Action"))

    assert len(http.calls) == 2


def test_a_throttled_request_was_not_run_and_is_sent_again(
    http: Http, dataverse: DataverseClient
) -> None:
    http.post(ACTION, status=429, headers={"Retry-After": "17"})
    http.post(ACTION, status=204)

    dataverse.within(seconds=18).send(op.call_action("Action"))

    assert len(http.calls) == 2


def test_a_wait_beyond_all_patience_is_left_to_the_caller(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(ROW, status=429, headers={"Retry-After": "61"})

    with pytest.raises(Throttled):
        dataverse.row("incidents", CASE)
    assert len(http.calls) == 1


def test_a_rejected_request_is_not_sent_again(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=400)

    with pytest.raises(RequestRejected):
        dataverse.row("incidents", CASE)
    assert len(http.calls) == 1


def test_a_rejection_ends_the_attempts(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=503)
    http.get(ROW, status=400)

    with pytest.raises(RequestRejected):
        dataverse.row("incidents", CASE)
    assert len(http.calls) == 2


def test_attempts_come_to_an_end(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=503)

    with pytest.raises(DataverseUnavailable):
        dataverse.row("incidents", CASE)
    assert len(http.calls) == 4


def test_a_client_may_be_less_stubborn(http: Http) -> None:
    http.get(ROW, status=503)
    dataverse = connect(ENVIRONMENT, StaticToken(TOKEN), retries=RetryPolicy(attempts=2))

    with pytest.raises(DataverseUnavailable):
        dataverse.row("incidents", CASE)
    assert len(http.calls) == 2


def test_a_batch_is_repeated_if_all_its_parts_may_be(
    http: Http, dataverse: DataverseClient
) -> None:
    http.post(f"{API}$batch", status=503)

    with pytest.raises(DataverseUnavailable):
        dataverse.batch([op.delete("incidents", CASE), op.update("incidents", CASE, {})])
    assert len(http.calls) == 4


def test_a_batch_is_not_repeated_for_one_part_that_may_not_be(
    http: Http, dataverse: DataverseClient
) -> None:
    http.post(f"{API}$batch", status=503)
    harmful = op.change_set([op.create("tasks", {})])

    with pytest.raises(DataverseUnavailable):
        dataverse.batch([op.delete("incidents", CASE), harmful])
    assert len(http.calls) == 1


def test_a_repetition_is_told_in_one_line(
    http: Http, dataverse: DataverseClient, caplog: pytest.LogCaptureFixture
) -> None:
    http.get(ROW, status=503)
    http.get(ROW, json={})

    with caplog.at_level(logging.INFO, logger="dataverse_client"):
        dataverse.row("incidents", CASE)

    (line,) = [record for record in caplog.records if record.name.startswith("dataverse_client")]
    assert "attempt 1 failed" in line.getMessage()
    assert TOKEN not in line.getMessage()


class NoToken:
    """A login that fails, with or without an answer."""

    def __init__(self, code: str | None) -> None:
        self.asked = 0
        self._code = code

    def token(self) -> str:
        self.asked += 1
        raise TokenUnavailable("no", ErrorContext("login", ENVIRONMENT, code=self._code))

    def renewed(self, refused: str) -> str:
        raise NotImplementedError(refused)


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        pytest.param(None, 4, id="no answer"),
        pytest.param("invalid_client", 1, id="a clear no"),
    ],
)
def test_a_login_that_says_no_is_not_asked_again(code: str | None, asked: int) -> None:
    tokens = NoToken(code)

    with pytest.raises(TokenUnavailable):
        connect(ENVIRONMENT, tokens).send(op.call_action("Action"))
    assert tokens.asked == asked


failures = st.one_of(
    st.builds(
        lambda *, not_run, retry_after: DataverseUnavailable(
            "", CONTEXT, not_run=not_run, retry_after=retry_after
        ),
        not_run=st.booleans(),
        retry_after=st.none() | st.floats(0, 100),
    ),
    st.builds(lambda wait: Throttled("", CONTEXT, retry_after=wait), st.floats(0, 100)),
    st.builds(lambda: RequestRejected("", CONTEXT)),
)


def failing(errors: list[DataverseError], sent: list[int]) -> Callable[[], str]:
    def attempt() -> str:
        sent.append(len(sent))
        if len(sent) > len(errors):
            return "done"
        raise errors[len(sent) - 1]

    return attempt


@given(st.lists(failures, min_size=1, max_size=5), st.floats(0, 100))
def test_no_request_is_sent_again_that_may_have_been_run(
    errors: list[DataverseError], remaining_seconds: float
) -> None:
    sent: list[int] = []
    retrying = Retrying(RetryPolicy(), False, lambda: remaining_seconds)  # noqa: FBT003

    with suppress(DataverseError):
        retrying.call(failing(errors, sent))

    harmless = 0
    for error in errors:
        if not (isinstance(error, DataverseUnavailable) and error.not_run):
            break
        harmless += 1
    assert len(sent) <= min(harmless + 1, 4)


def test_a_throttled_request_waits_as_long_as_it_was_asked_to() -> None:
    retrying = Retrying(RetryPolicy(), False, lambda: 999.0)  # noqa: FBT003

    assert retrying.wait_seconds(Throttled("", CONTEXT, retry_after=17.0)) == 17.0


def test_waits_double_give_or_take_a_half() -> None:
    retrying = Retrying(RetryPolicy(first_wait_seconds=1.0), True, lambda: 999.0)  # noqa: FBT003

    waits = [retrying.wait_seconds(DataverseUnavailable("", CONTEXT)) for _ in range(3)]

    assert 0.5 <= waits[0] <= 1.5
    assert 1.0 <= waits[1] <= 3.0
    assert 2.0 <= waits[2] <= 6.0


def test_an_error_of_ours_is_no_reason_to_try_again() -> None:
    retrying = Retrying(RetryPolicy(), True, lambda: 999.0)  # noqa: FBT003

    assert retrying.wait_seconds(ValueError("a bug")) is False
    with pytest.raises(ZeroDivisionError):
        retrying.call(_buggy)


def _buggy() -> None:
    raise ZeroDivisionError
