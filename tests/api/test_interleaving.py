"""Two processes, old copies, retries that look different: what was accepted counts, once."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from functions import wiring
from tests.api.harness import NOON, Api, Clock, reported, tracked, wire_time
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.people import User


def _before_writing_days(action: Callable[[], None]) -> Callable[[RecordedRequest], bool]:
    """Return what a fault can look for: acts once when a day is about to be written."""
    left = [action]

    def matches(request: RecordedRequest) -> bool:
        if left and any(method == "PATCH" for method, _, _ in request.parts):
            left.pop()()
        return False

    return matches


def test_another_process_writes_while_this_one_sees_an_old_copy(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    amira: User,
    case: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.advance(minutes=60)
    other = Api(mock, clock)

    def by_the_other(*segment: object) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(wiring, "services", lambda: other.services)
            other.deliver(*segment, user=amira)

    mock.elastic_lag_seconds = 3600
    by_the_other(reported(case, 0, 600))
    meanwhile = _before_writing_days(lambda: by_the_other(reported(case, 1800, 2400)))
    mock.faults.add(0, matching=meanwhile)
    api.deliver(reported(case, 900, 1200), user=amira)
    mock.elastic_lag_seconds = 0
    clock.advance(hours=3)
    api.queue.extend(other.queue)
    api.work_off_queue()

    assert tracked(mock) == {str(case): 1500}
    other.services.shared.executor.shutdown()


def test_a_retry_by_another_clock_finds_the_evidence_on_its_day(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(hours=12, seconds=220)
    segment = reported(case, 43_140, 43_200)
    _only_the_evidence(mock, amira, case, segment)

    body = {"sentAt": wire_time(clock() - timedelta(seconds=61)), "segments": [segment]}
    reply = api.call("POST", "segments", body, user=amira)

    assert reply.receipts == {segment["id"]: "duplicate"}
    assert tracked(mock) == {str(case): 60}


def _only_the_evidence(
    mock: MockDataverse, user: User, case: UUID, segment: dict[str, str]
) -> None:
    """Store a segment as a process does that dies before it writes the day."""
    mock.add_row(
        "cht_focussegment",
        {
            "cht_focussegmentid": UUID(segment["id"]),
            "partitionid": str(user.systemuserid),
            "ownerid": user.systemuserid,
            "cht_caseid": case,
            "cht_representativeid": user.systemuserid,
            "cht_focusstartedon": NOON + timedelta(seconds=43_140),
            "cht_startedon": NOON + timedelta(seconds=43_140),
            "cht_endedon": NOON + timedelta(seconds=43_200),
            "cht_day": NOON.date(),
        },
    )


def test_a_segment_over_midnight_does_not_make_refusals_cost_a_round_each(
    api: Api, mock: MockDataverse, clock: Clock
) -> None:
    dana = mock.add_user(
        "Dana (test)", roles=("Case Time Supervisor", "Customer Service Representative")
    )
    cases = [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(9)]
    clock.advance(hours=13)
    midnight = 12 * 3600
    segments = [reported(each, midnight + 60, midnight + 120) for each in cases[:8]]
    segments.append(reported(cases[8], midnight - 60, midnight + 60))

    reply = api.deliver(*segments, user=dana)

    assert (reply.status, set(reply.receipts.values())) == (200, {"not_allowed"})


def test_a_segment_over_midnight_is_complete_whichever_call_dies(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    midnight = 12 * 3600
    clock.advance(hours=13)
    segment = reported(case, midnight - 60, midnight + 60)
    mock.elastic_lag_reads = 2

    for number in range(6):
        mock.fail_call(number, 0, drop=True, when="after")
        api.deliver(segment, user=amira)
        mock.faults.clear()
        api.restart()
    mock.elastic_lag_reads = 0
    api.work_off_queue()

    assert tracked(mock) == {str(case): 120}
    assert len(mock.rows("cht_focussegment")) == 2


def test_as_many_segments_cases_and_days_as_a_call_may_have_are_recorded(
    api: Api, mock: MockDataverse, amira: User
) -> None:
    cases = [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(10)]
    segments = [
        reported(
            cases[number % 10],
            -86_400 * (number // 10) - 60 * (number % 10) - 60,
            -86_400 * (number // 10) - 60 * (number % 10),
        )
        for number in range(500)
    ]

    reply = api.deliver(*segments, user=amira)

    assert (reply.status, set(reply.receipts.values())) == (200, {"accepted"})
    assert set(tracked(mock).values()) == {50 * 60}
