"""A probe reads unless it is told to write; then it leaves nothing behind, and names nobody."""

import json
import re
from typing import Any
from uuid import UUID

import pytest

from solution.tools.environment.probe.answers_file import line_of
from solution.tools.environment.probe.asking import ask
from solution.tools.environment.probe.question import Question
from solution.tools.environment.probe.questions import QUESTIONS
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import When
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.probing import BY_NAME, answered

WRITING = [question for question in QUESTIONS if question.writes]
every_writing_question = pytest.mark.parametrize(
    "question", WRITING, ids=lambda question: question.name
)
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)


def left_behind(mock: MockDataverse) -> list[dict[str, Any]]:
    return [row for table in ("cht_focussegment", "cht_timelog") for row in mock.rows(table)]


def test_reading_is_all_that_the_other_questions_do(mock: MockDataverse, desk: Desk) -> None:
    for question in QUESTIONS:
        if not question.writes:
            ask(desk.session.dataverse, question)

    sent = [
        part for request in mock.requests for part in request.parts or [(request.method, "", 0)]
    ]
    assert {method for method, _, _ in sent} == {"GET"}


@every_writing_question
def test_what_a_question_wrote_is_taken_away(
    mock: MockDataverse, desk: Desk, question: Question
) -> None:
    ask(desk.session.dataverse, question)

    assert left_behind(mock) == []


@every_writing_question
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_is_lost_the_next_run_takes_everything_away(
    mock: MockDataverse, desk: Desk, question: Question, when: When
) -> None:
    ask(desk.session.dataverse, question)
    calls = len(mock.requests)

    for number in range(calls):
        mock.fail_call(number, when=when, drop=True)
        ask(desk.session.dataverse, question)
        ask(desk.session.dataverse, question)

        assert left_behind(mock) == []


@every_writing_question
def test_what_an_interrupted_question_wrote_is_taken_away(
    mock: MockDataverse, desk: Desk, question: Question
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    first = question.requests[0].operation
    mock.faults.add(
        500,
        when="after",
        instead=interrupt,
        matching=lambda request: request.method == first.method,
    )

    with pytest.raises(KeyboardInterrupt):
        ask(desk.session.dataverse, question)

    assert left_behind(mock) == []


def test_a_row_that_cannot_be_taken_away_is_told(mock: MockDataverse, desk: Desk) -> None:
    mock.faults.add(400, matching=lambda request: request.method == "DELETE", skip=1)

    asked = ask(desk.session.dataverse, BY_NAME["elastic-duplicate"])

    assert [fault.partition(": ")[2][:3] for fault in asked.left] == ["400"]
    assert asked.replies["again"].status == 412


def test_elastic_rows_name_nobody_and_end_within_the_hour(mock: MockDataverse, desk: Desk) -> None:
    for question in WRITING:
        ask(desk.session.dataverse, question)

    bodies = [
        json.loads(request.body) for request in mock.requests if request.path.endswith("segments")
    ]
    assert len(bodies) >= 4
    for body in bodies:
        assert body.keys() <= {"cht_focussegmentid", "partitionid", "ttlinseconds"}
        assert body["ttlinseconds"] <= 3600


def test_nothing_of_anybodys_rows_is_kept(mock: MockDataverse, desk: Desk) -> None:
    person = mock.add_user("Amira Secret").systemuserid
    case = mock.add_row("incident", {"title": "Secret printer", "ownerid": person})
    mock.add_row("cht_timelog", {"cht_caseid": case, "cht_note": "Secret", "cht_minutes": 7})
    mock.setting("cht_ReportingTimeZone", "Secret/Zone")

    lines = [line_of(answered(desk, question.name)) for question in QUESTIONS]

    assert not [line for line in lines if "Secret" in line or GUID.search(line)]


def test_a_row_of_somebody_else_is_left_alone(mock: MockDataverse, desk: Desk) -> None:
    log: UUID = mock.add_row("cht_timelog", {"cht_minutes": 7})

    for question in WRITING:
        ask(desk.session.dataverse, question)

    assert [row["cht_timelogid"] for row in left_behind(mock)] == [str(log)]
