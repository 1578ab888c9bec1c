"""The client remembers what Dataverse tells about how much may be asked of it."""

import pytest
import responses

from dataverse_client import DataverseClient, DataverseError, Load
from dataverse_client.load import LoadGauge
from tests.unit.dataverse_client.answers import API, CASE, USER, an_answer

REQUESTS = "x-ms-ratelimit-burst-remaining-xrm-requests"
TIME = "x-ms-ratelimit-time-remaining-xrm-requests"


def load_after(*headers: dict[str, str]) -> Load:
    gauge = LoadGauge()
    for each in headers:
        gauge.remember(an_answer(headers=each))
    return gauge.load


def test_before_the_first_answer_nothing_is_known() -> None:
    assert load_after() == Load(parallelism=None, room=1.0, throttled=0)


@pytest.mark.parametrize(
    ("hints", "parallelism"),
    [
        pytest.param(["8", "12"], 12, id="the last one counts"),
        pytest.param(["8", ""], 8, id="an answer without one"),
        pytest.param(["8", "0"], 8, id="none at all is no suggestion"),
        pytest.param(["8", "-3"], 8, id="fewer than none"),
        pytest.param(["many"], None, id="no number"),
        pytest.param(["8", "9" * 400], 8, id="more digits than a number can have"),
    ],
)
def test_the_suggested_parallelism_is_kept(hints: list[str], parallelism: int | None) -> None:
    assert load_after(*({"x-ms-dop-hint": each} for each in hints)).parallelism == parallelism


@pytest.mark.parametrize(
    ("told", "room"),
    [
        pytest.param([{REQUESTS: "6000"}, {REQUESTS: "1500"}], 0.25, id="requests"),
        pytest.param([{TIME: "1,200.00"}, {TIME: "900.00"}], 0.75, id="time"),
        pytest.param(
            [{REQUESTS: "100", TIME: "80"}, {REQUESTS: "90", TIME: "20"}], 0.25, id="the scarcer"
        ),
        pytest.param([{REQUESTS: "50"}, {REQUESTS: "100"}, {REQUESTS: "50"}], 0.5, id="the most"),
        pytest.param([{REQUESTS: "0"}], 0.0, id="nothing is left"),
        pytest.param([{REQUESTS: "100"}, {REQUESTS: "50"}, {}], 0.5, id="an answer without any"),
        pytest.param([{REQUESTS: "100"}, {REQUESTS: "inf"}], 1.0, id="no number"),
    ],
)
def test_the_room_that_is_left_is_kept(told: list[dict[str, str]], room: float) -> None:
    assert load_after(*told).room == room


def test_answers_that_turn_a_request_away_are_counted_whoever_asked(
    http: responses.RequestsMock, dataverse: DataverseClient
) -> None:
    http.get(f"{API}incidents({CASE})", status=429, headers={"Retry-After": "300"})
    person = dataverse.acting_as(USER).within(5)

    for _ in range(2):
        with pytest.raises(DataverseError):
            person.row("incidents", CASE)

    assert dataverse.load.throttled == 2
