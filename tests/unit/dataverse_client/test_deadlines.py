import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st

from dataverse_client import (
    DataverseClient,
    DataverseUnavailable,
    ErrorContext,
    RetryPolicy,
    Throttled,
)
from dataverse_client.retries import Retrying
from tests.unit.dataverse_client.answers import API, CASE
from tests.unit.dataverse_client.conftest import Clock

Http = responses.RequestsMock
ROW = f"{API}incidents({CASE})"
CONTEXT = ErrorContext("GET", ROW)


def test_a_wait_that_takes_too_long_is_left_to_the_caller(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(ROW, status=429, headers={"Retry-After": "17"})

    with pytest.raises(Throttled) as caught:
        dataverse.within(seconds=17).row("incidents", CASE)
    assert caught.value.retry_after == 17.0
    assert len(http.calls) == 1


def test_an_outage_is_waited_for_as_long_as_it_says(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=503, headers={"Retry-After": "30"})

    with pytest.raises(DataverseUnavailable):
        dataverse.within(seconds=29).row("incidents", CASE)
    assert len(http.calls) == 1


def test_nothing_is_sent_when_the_time_is_over(
    http: Http, dataverse: DataverseClient, clock: Clock
) -> None:
    hurried = dataverse.within(seconds=5)
    clock.seconds += 5

    with pytest.raises(DataverseUnavailable, match="time") as caught:
        hurried.row("incidents", CASE)
    assert caught.value.not_run
    assert len(http.calls) == 0


def test_an_attempt_waits_no_longer_than_the_caller(
    http: Http, dataverse: DataverseClient, clock: Clock
) -> None:
    http.get(ROW, json={})
    hurried = dataverse.within(seconds=20)
    clock.seconds += 18

    for view in (dataverse, hurried):
        view.row("incidents", CASE)

    timeouts = [call.request.req_kwargs["timeout"] for call in http.calls]  # type: ignore[attr-defined]
    assert timeouts == [(5.0, 60.0), (2.0, 2.0)]


def test_a_deadline_is_not_moved_back_by_a_later_one(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(ROW, json={})

    dataverse.within(seconds=2).within(seconds=9).row("incidents", CASE)

    assert http.calls[0].request.req_kwargs["timeout"] == (2.0, 2.0)  # type: ignore[attr-defined]


@given(st.integers(1, 8), st.floats(0, 20))
def test_no_wait_outlasts_the_caller(failed_before: int, remaining_seconds: float) -> None:
    retrying = Retrying(
        RetryPolicy(attempts=9),
        True,  # noqa: FBT003
        lambda: remaining_seconds,
        failures=failed_before,
    )

    wait = retrying.wait_seconds(DataverseUnavailable("", CONTEXT))

    assert wait is False or 0 < wait < remaining_seconds
