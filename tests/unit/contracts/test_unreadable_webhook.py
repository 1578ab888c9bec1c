from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.contracts.case_events import messages_about
from functions.contracts.webhook import MOST_BYTES, UnreadableContext
from tests.unit.contracts.test_webhook import event_of
from tests.unit.contracts.webhook_shapes import context, json_values, of_case, of_task, values

NOBODY = UUID(int=0)


def complaint(body: object) -> str:
    with pytest.raises(UnreadableContext) as refusal:
        event_of(body)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", "body"),
        (b"not JSON", "body"),
        (b"[" * 100_000, "body"),
        (b"\xff\xfe", "body"),
        ([], "body"),
        (b" " * MOST_BYTES + b"{}", "body"),
        ({}, "PrimaryEntityName"),
        (context(table="the printer"), "PrimaryEntityName"),
        (context(row=NOBODY), "PrimaryEntityId"),
        (context("Close", row=NOBODY), "PrimaryEntityId"),
        (context() | {"PrimaryEntityId": "the printer"}, "PrimaryEntityId"),
        (context("Update", "task", NOBODY), "PrimaryEntityId"),
    ],
)
def test_what_does_not_say_what_happened_to_which_row_is_unreadable(
    body: object, place: str
) -> None:
    words = complaint(body)

    assert words.partition(":")[0] == place
    assert "printer" not in words


@given(
    name=st.sampled_from(sorted(context())),
    value=values,
    body=st.sampled_from(
        [context(), of_case("Update", {}), of_task("Update", {"regardingobjectid": None})]
    ),
)
@example(name="InputParameters", value=[{"value": 1}], body=context())
def test_a_context_with_any_part_is_understood_or_unreadable_for_that_part(
    name: str, value: object, body: dict[str, Any]
) -> None:
    try:
        list(messages_about(event_of(body | {name: value})))
    except UnreadableContext as error:
        assert str(error).partition(":")[0] == name  # noqa: PT017 - most contexts raise nothing


@given(body=json_values)
def test_what_is_no_context_is_unreadable(body: object) -> None:
    assert complaint(body)
