import json
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from tests.local_stack.http_messages import Request
from tests.local_stack.in_process import in_process
from tests.local_stack.office.cases import case_id
from tests.local_stack.office.clock import OfficeClock
from tests.local_stack.office.people import AMIRA, BEN, CHLOE
from tests.local_stack.office.seeds import seed
from tests.local_stack.office.work import at
from tests.local_stack.recorded import Recorded
from tests.mock_dataverse.app import MockDataverse

TODAY = date(2026, 3, 10)
YESTERDAY = "2026-03-09"


@pytest.fixture
def mock() -> Iterator[MockDataverse]:
    clock = OfficeClock()
    mock = MockDataverse(clock=clock)
    seed(mock, clock, today=TODAY, with_work=True)
    clock.show(at(TODAY, 0, time(12)))
    yield mock
    mock.close()


@pytest.fixture
def recorded(mock: MockDataverse) -> Recorded:
    return Recorded(dataverse=in_process(mock), token=lambda _alias: "test-token")


def look(recorded: Recorded, day: str) -> Any:  # noqa: ANN401 - JSON
    answer = recorded.handle(Request(method="GET", target=f"/recorded?day={day}"))
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def test_the_segments_of_the_day_are_told_as_they_were_sent(recorded: Recorded) -> None:
    segments = look(recorded, YESTERDAY)["segments"]

    assert [each["startedAt"] for each in segments] == [
        "2026-03-09T10:50:00Z",
        "2026-03-09T11:00:00Z",
        "2026-03-09T14:10:00Z",
        "2026-03-09T15:40:00Z",
        "2026-03-09T15:50:00Z",
        "2026-03-09T16:00:00Z",
    ]
    second = {name: value for name, value in segments[1].items() if name != "id"}
    assert second == {
        "caseId": str(case_id(1)),
        "representativeId": str(CHLOE.systemuserid),
        "focusStartedAt": "2026-03-09T10:50:00Z",
        "startedAt": "2026-03-09T11:00:00Z",
        "endedAt": "2026-03-09T11:01:00Z",
        "endReason": "blur",
        "surface": "workspace",
        "windowId": "window-chloe",
    }


def test_the_automatic_time_of_the_day_is_told_by_case_and_representative(
    recorded: Recorded,
) -> None:
    times = look(recorded, YESTERDAY)["automaticTimes"]

    assert {(each["representativeId"], each["caseId"], each["seconds"]) for each in times} == {
        (str(AMIRA.systemuserid), str(case_id(2)), 14 * 60),
        (str(BEN.systemuserid), str(case_id(7)), 9 * 60),
        (str(BEN.systemuserid), str(case_id(1)), 6 * 60),
        (str(CHLOE.systemuserid), str(case_id(1)), 11 * 60),
    }


def test_cases_and_people_are_named(recorded: Recorded) -> None:
    seen = look(recorded, YESTERDAY)

    assert seen["cases"][str(case_id(1))] == "Coffee machine grinds but does not brew"
    assert seen["representatives"][str(AMIRA.systemuserid)] == "Amira (demo)"


def test_a_day_without_work_is_empty(recorded: Recorded) -> None:
    seen = look(recorded, "2026-03-10")

    assert (seen["segments"], seen["automaticTimes"]) == ([], [])


@pytest.mark.parametrize("day", ["", "today", "2026-02-30", "20260310", "2026-W10-1"])
def test_what_is_no_day_is_refused_by_name(recorded: Recorded, day: str) -> None:
    answer = recorded.handle(Request(method="GET", target=f"/recorded?day={day}"))

    assert answer.status == 422
    assert [each["field"] for each in json.loads(answer.body)["errors"]] == ["day"]


def test_all_pages_are_read(mock: MockDataverse, recorded: Recorded) -> None:
    for number in range(501):
        mock.add_row(
            "cht_focussegment",
            {
                "partitionid": str(AMIRA.systemuserid),
                "cht_name": str(number),
                "cht_caseid": str(case_id(1)),
                "cht_representativeid": str(AMIRA.systemuserid),
                "ownerid": str(AMIRA.systemuserid),
                "cht_focusstartedon": "2026-03-10T08:00:00Z",
                "cht_startedon": "2026-03-10T08:00:00Z",
                "cht_endedon": "2026-03-10T08:00:01Z",
                "cht_day": "2026-03-10",
            },
        )

    assert len(look(recorded, "2026-03-10")["segments"]) == 501


def test_dataverse_without_an_answer_is_told(mock: MockDataverse, recorded: Recorded) -> None:
    mock.fail_next(503)

    assert recorded.handle(Request(method="GET", target="/recorded?day=2026-03-10")).status == 502
