import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.contracts.message import WaitingSegments, messages
from functions.contracts.poison import (
    ENVELOPE_BYTES,
    MOST_IN_A_REASON,
    PutAside,
    fits_when_put_aside,
    put_aside,
    put_aside_of,
)
from functions.contracts.reconcile import case_messages, day_messages
from functions.timekeeping.daily import WorkDay
from functions.timekeeping.identifiers import CaseId
from tests.builders import AMIRA, NOON, TODAY, delivery, reported, segment_id

SIGN_IN = UUID(int=77)
MOST_BYTES = 48 * 1024

words = st.text("aZ09_ .:/-ж窓𝕎", min_size=1)


def aside(message: str, *, reason: str = "Why: so", failed_at: datetime = NOON) -> PutAside:
    return PutAside.model_construct(
        message=message, reason=reason, deliveries=576, failed_at=failed_at
    )


def test_a_message_is_put_aside_as_agreed() -> None:
    assert json.loads(put_aside(aside('{"kind": "days"}'))) == {
        "message": '{"kind": "days"}',
        "reason": "Why: so",
        "deliveries": 576,
        "failedAt": "2026-03-10T12:00:00Z",
    }


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_put_aside_can_be_read(message: str) -> None:
    assert put_aside_of(put_aside(aside(message))) == aside(message)


@pytest.mark.parametrize(
    "raw", ["", "not JSON", "{}", '{"message": "x"}', *case_messages([CaseId(AMIRA)])]
)
def test_what_the_platform_put_aside_is_nothing_but_the_message(raw: str) -> None:
    assert put_aside_of(raw) is None


@pytest.mark.parametrize(("more", "kept"), [(0, True), (1, False)])
def test_of_a_message_that_leaves_no_room_only_the_message_is_put_aside(
    more: int, *, kept: bool
) -> None:
    room = MOST_BYTES - len(put_aside(aside("")))
    message = "x" * (room + more)

    assert (put_aside(aside(message)) != message) == kept


def test_what_fits_leaves_room_for_the_longest_reason() -> None:
    longest = "x" * (MOST_BYTES - ENVELOPE_BYTES - len('""'))
    reason = "\0" * MOST_IN_A_REASON

    assert (fits_when_put_aside(longest), fits_when_put_aside(longest + "x")) == (True, False)
    assert put_aside_of(put_aside(aside(longest, reason=reason))) is not None


@settings(max_examples=25)
@given(
    count=st.sampled_from([1, 99, 110, 230]),
    word=words,
    app=st.none() | st.text("aZ09_", min_size=1, max_size=100),
    reason=st.text(st.characters(exclude_categories=["Cs"]), max_size=MOST_IN_A_REASON),
)
def test_whatever_segments_wait_their_messages_leave_room_for_any_reason(
    count: int, word: str, app: str | None, reason: str
) -> None:
    window, why = (word * 100)[:50], (word * 40)[:20]
    report = replace(reported(-60, 0), window_id=window, end_reason=why)
    told = delivery(*(replace(report, id=segment_id(2**127 + each)) for each in range(count)))

    for message in messages(replace(told, app=app), sign_in=SIGN_IN):
        WaitingSegments.model_validate_json(message)
        assert put_aside_of(put_aside(aside(message, reason=reason))) is not None


def test_messages_of_a_hundred_days_or_cases_leave_room_for_a_reason() -> None:
    days = day_messages([WorkDay(AMIRA, TODAY)] * 100)
    cases = case_messages([CaseId(AMIRA)] * 100)

    assert [fits_when_put_aside(each) for each in (*days, *cases)] == [True, True]
