import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from functions.contracts.reconcile import (
    CasesMessage,
    DaysMessage,
    case_messages,
    day_messages,
    message_of,
)
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from tests.builders import AMIRA, CASE, OTHER_CASE, TODAY

MOST_BYTES = 48 * 1024
SIGN_IN = UUID("e0000000-0000-4000-8000-00000000000e")
DAY = {"representative": str(AMIRA), "entraObjectId": str(SIGN_IN), "day": "2026-03-10"}


def test_days_come_with_whose_they_are() -> None:
    message = message_of(json.dumps({"kind": "days", "days": [DAY]}))

    assert isinstance(message, DaysMessage)
    assert message.work_days() == {WorkDay(AMIRA, date(2026, 3, 10)): SIGN_IN}


@pytest.mark.parametrize("without", [{}, {"entraObjectId": None}])
def test_a_sign_in_may_be_left_to_be_found(without: dict[str, None]) -> None:
    day = {"representative": str(AMIRA), "day": "2026-03-10", **without}
    message = message_of(json.dumps({"kind": "days", "days": [day]}))

    assert isinstance(message, DaysMessage)
    assert message.work_days() == {WorkDay(AMIRA, TODAY): None}


def test_what_is_sent_can_be_read() -> None:
    day, cases = WorkDay(AMIRA, TODAY), (CASE, OTHER_CASE)
    read = [message_of(text) for text in (*day_messages([day]), *case_messages(cases))]

    assert isinstance(read[0], DaysMessage)
    assert read[0].work_days() == {day: None}
    assert isinstance(read[1], CasesMessage)
    assert read[1].case_ids() == cases


def test_a_message_holds_a_hundred_and_fits_into_the_queue() -> None:
    days = [WorkDay(AMIRA, TODAY + timedelta(days=number)) for number in range(201)]
    cases = [CaseId(UUID(int=number)) for number in range(201)]
    of_days, of_cases = list(day_messages(days)), list(case_messages(cases))

    assert [len(json.loads(each)["days"]) for each in of_days] == [100, 100, 1]
    assert [len(json.loads(each)["cases"]) for each in of_cases] == [100, 100, 1]
    assert max(len(each.encode()) for each in (*of_days, *of_cases)) < MOST_BYTES


def test_nothing_takes_no_message() -> None:
    assert [*day_messages([]), *case_messages([])] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("days", id="no JSON"),
        pytest.param('{"days": []}', id="no kind"),
        pytest.param('{"kind": "years", "years": []}', id="an unknown kind"),
        pytest.param('{"kind": "cases", "cases": [], "days": []}', id="something unknown"),
        pytest.param('{"kind": "cases", "cases": ["x"]}', id="no id"),
        pytest.param(
            json.dumps({"kind": "days", "days": [DAY | {"day": 1_773_100_800}]}), id="no day"
        ),
        pytest.param(json.dumps({"kind": "days", "days": [DAY] * 101}), id="too many"),
    ],
)
def test_what_is_no_message_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        message_of(text)
