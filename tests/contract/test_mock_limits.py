"""Service protection on the mock, with small windows and a clock of the test's own."""

from tests.contract.api import Api, code_of
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def test_too_many_requests_in_the_window_are_throttled(api: Api, mock: MockDataverse) -> None:
    mock.limits.requests = 2

    answers = [api.get("WhoAmI") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2]) == "0x80072322"


def test_retry_after_is_the_time_until_the_window_has_room(
    api: Api, mock: MockDataverse, clock: Clock
) -> None:
    mock.limits.requests = 1
    api.get("WhoAmI")
    clock.pass_seconds(100)

    assert api.get("WhoAmI").headers["Retry-After"] == "200"


def test_after_the_wait_requests_are_answered_again(
    api: Api, mock: MockDataverse, clock: Clock
) -> None:
    mock.limits.requests = 1
    api.get("WhoAmI")
    clock.pass_seconds(300)

    assert api.get("WhoAmI").status_code == 200


def test_too_much_execution_time_is_throttled(api: Api, mock: MockDataverse) -> None:
    mock.limits.execution_ms_per_request = 700_000

    answers = [api.get("WhoAmI") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2]) == "0x80072321"


def test_too_many_requests_at_once_are_throttled(api: Api, mock: MockDataverse) -> None:
    mock.limits.concurrent = 0

    answer = api.get("WhoAmI")

    assert (answer.status_code, code_of(answer)) == (429, "0x80072326")
    assert answer.headers["Retry-After"] == "1"


def test_the_budget_is_that_of_the_sender(
    api: Api, ann_api: Api, ben_api: Api, mock: MockDataverse
) -> None:
    mock.limits.requests = 2
    ann_api.get("WhoAmI")
    ben_api.get("WhoAmI")

    assert api.get("WhoAmI").status_code == 429


def test_a_throttled_request_is_not_run(ann_api: Api, mock: MockDataverse, ann: User) -> None:
    mock.limits.requests = 0

    ann_api.post("cht_timelogs", {"cht_name": str(ann.systemuserid)})

    assert mock.rows("cht_timelog") == []


def test_the_headers_tell_what_is_left(api: Api, mock: MockDataverse) -> None:
    mock.limits.execution_ms_per_request = 1000

    headers = api.get("WhoAmI").headers

    assert headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "5999"
    assert headers["x-ms-ratelimit-time-remaining-xrm-requests"] == "1199000.00"
