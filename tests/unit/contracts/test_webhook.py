import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.contracts.case_events import (
    ActivityMessage,
    CaseMessage,
    Message,
    RestoredMessage,
    message_of,
    messages_about,
)
from functions.contracts.webhook import (
    DataverseEvent,
    WebhookHeaders,
    read_event,
)
from tests.builders import CASE, NOON, OTHER_CASE
from tests.unit.contracts.webhook_shapes import (
    REQUEST,
    SHAPES,
    SOMEBODY,
    TASK,
    columns,
    context,
    entity,
    of_case,
    of_task,
    pairs,
    reference,
    typed,
    values,
)

NOBODY = UUID(int=0)
CALLED = datetime(2026, 1, 31, 8, 0, 1, tzinfo=UTC)
NO_HEADERS = WebhookHeaders.of({})


def event_of(body: object, headers: WebhookHeaders = NO_HEADERS) -> DataverseEvent:
    text = json.dumps(body).replace("/", r"\/") if not isinstance(body, bytes) else body
    data = text if isinstance(text, bytes) else text.encode()
    return read_event(data, headers, received_at=NOON)


def told(body: object) -> Message | None:
    """Return the message that is queued, as it is read back."""
    messages = [message_of(text) for text in messages_about(event_of(body))]
    assert len(messages) <= 1
    return messages[0] if messages else None


def about_case(*cases: UUID, happened_at: datetime = CALLED) -> CaseMessage:
    return CaseMessage.model_construct(cases=cases, happened_at=happened_at)


def about_activity(activity: UUID | None, *cases: UUID) -> ActivityMessage:
    return ActivityMessage.model_construct(activity=activity, cases=cases)


def test_an_event_says_what_happened_to_which_row_when_and_by_whom() -> None:
    event = event_of(of_case("Update", {"statecode": typed("OptionSetValue", Value=2)}))

    assert (event.table, event.message, event.row) == ("incident", "Update", CASE)
    assert event.cases == {CASE}
    assert (event.initiated_by, event.correlation_id) == (SOMEBODY, REQUEST)
    assert event.happened_at == CALLED


@pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES)
def test_a_column_of_any_shape_hides_nothing(value: object) -> None:
    of_the_case = of_case("Update", {"description": value, "incidentid": value})
    of_the_task = of_task("Update", {"from": value, "regardingobjectid": reference(CASE)})

    assert told(of_the_case) == about_case(CASE)
    assert told(of_the_task) == about_activity(None, CASE)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("/Date(946684800000)/", datetime(2000, 1, 1, tzinfo=UTC)),
        ("/Date(1769846400500)/", datetime(2026, 1, 31, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("/Date(1769846400000-0800)/", datetime(2026, 1, 31, 8, tzinfo=UTC)),
    ],
)
def test_dates_are_milliseconds_in_utc_whatever_the_offset(date: str, moment: datetime) -> None:
    assert event_of(context(OperationCreatedOn=date)).happened_at == moment


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "/Date(x)/",
        "/Date(1769846400000",
        5,
        None,
        "/Date(-1000)/",
        "/Date(9e9)/",
        "/Date(99999999999999)/",
    ],
)
def test_what_does_not_tell_when_happened_when_it_was_received(date: object) -> None:
    assert event_of(context(OperationCreatedOn=date)).happened_at == NOON


@pytest.mark.parametrize(
    "name", ["MessageName", "InitiatingUserId", "CorrelationId", "OperationCreatedOn"]
)
@pytest.mark.parametrize("value", [None, 5, "", "ä", {}])
def test_what_is_only_logged_need_not_be_there(name: str, value: object) -> None:
    message = told(context() | {name: value})

    assert message is not None
    assert message.cases == (CASE,)


@pytest.mark.parametrize("message", ["Update", "Close", "Merge", "Delete", "SetStateSomeDay"])
def test_whatever_happens_to_a_case_is_followed(message: str) -> None:
    assert told(of_case(message, {})) == about_case(CASE)


def test_a_restored_case_is_told_as_one() -> None:
    expected = RestoredMessage.model_construct(cases=(CASE,), happened_at=CALLED)

    assert told(of_case("Restore", {})) == expected


@pytest.mark.parametrize("row", [NOBODY, CASE])
@pytest.mark.parametrize("case", [reference(CASE), str(CASE)], ids=["reference", "id"])
def test_a_closed_case_is_found_by_its_resolution_too(row: UUID, case: object) -> None:
    resolution = entity({"incidentid": case, "subject": "Solved"}, table="incidentresolution")
    parameters = pairs(
        {"IncidentResolution": resolution, "Status": typed("OptionSetValue", Value=5)}
    )

    assert told(context("Close", row=row, InputParameters=parameters)) == about_case(CASE)


def test_a_case_is_found_by_what_the_message_was_for() -> None:
    body = of_case("Update", {}) | {"PrimaryEntityId": None}

    assert told(body) == about_case(CASE)


def test_a_merge_is_about_both_cases() -> None:
    parameters = pairs({"Target": reference(CASE), "SubordinateId": str(OTHER_CASE)})

    assert told(context("Merge", InputParameters=parameters)) == about_case(CASE, OTHER_CASE)


@pytest.mark.parametrize("message", ["Create", "Update"])
def test_an_activity_that_says_what_it_regards_need_not_be_read(message: str) -> None:
    body = of_task(message, {"regardingobjectid": reference(CASE)})

    assert told(body) == about_activity(None, CASE)


def test_an_activity_that_moved_is_about_both_cases() -> None:
    body = of_task(
        "Update",
        {"regardingobjectid": reference(CASE)},
        {"regardingobjectid": reference(OTHER_CASE)},
    )

    assert told(body) == about_activity(None, CASE, OTHER_CASE)


def test_an_activity_taken_off_a_case_is_about_the_case_it_left() -> None:
    body = of_task("Update", {"regardingobjectid": None}, {"regardingobjectid": reference(CASE)})

    assert told(body) == about_activity(None, CASE)


def test_a_deleted_activity_is_about_the_case_it_regarded() -> None:
    body = context(
        "Delete",
        "task",
        TASK,
        InputParameters=pairs({"Target": reference(TASK, "task")}),
        PreEntityImages=pairs({"before": entity({"regardingobjectid": reference(CASE)})}),
    )

    assert told(body) == about_activity(None, CASE)


def test_an_activity_of_which_something_else_changed_is_read() -> None:
    assert told(of_task("Update", {"actualdurationminutes": 5})) == about_activity(TASK)


@pytest.mark.parametrize("message", ["Create", "Update"])
@pytest.mark.parametrize(
    "regarded", [str(CASE), 5, [], {}, {"LogicalName": "incident", "Id": "5"}, {"Id": str(CASE)}]
)
def test_an_activity_that_does_not_say_clearly_what_it_regards_is_read(
    message: str, regarded: object
) -> None:
    assert told(of_task(message, {"regardingobjectid": regarded})) == about_activity(TASK)


@pytest.mark.parametrize("message", ["Create", "Update"])
@pytest.mark.parametrize("stripped", [{}, {"InputParameters": None, "PreEntityImages": None}])
def test_of_a_context_that_was_too_large_the_row_is_read(
    message: str, stripped: dict[str, None]
) -> None:
    body = context(message, "task", TASK)
    for name in ("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"):
        del body[name]

    assert told(body | stripped) == about_activity(TASK)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(of_task("Create", {}), id="new, and about nothing"),
        pytest.param(
            of_task("Create", {"regardingobjectid": reference(CASE, "account")}), id="an account's"
        ),
        pytest.param(of_task("Update", {"regardingobjectid": None}), id="about nothing now"),
        pytest.param(context("Delete", "task", TASK), id="gone, and nobody knows whose it was"),
        pytest.param(context("Update", "contact"), id="a contact"),
        pytest.param(context("Update", "contact", NOBODY), id="no row of another table"),
    ],
)
def test_nothing_follows_from_what_no_case_has_a_part_in(body: dict[str, Any]) -> None:
    assert told(body) is None


@pytest.mark.parametrize("value", ["4" * 10_000, "4e999999", "NaN", '"\n\0"', "[" * 90 + "]" * 90])
def test_what_json_should_not_hold_hides_nothing(value: str) -> None:
    body = json.dumps(of_case("Update", {"description": "here"})).replace('"here"', value)

    assert told(body.encode()) == about_case(CASE)


def test_what_is_told_last_holds() -> None:
    body = json.dumps(of_case("Update", {}))

    assert told(f'{{"PrimaryEntityId": 5, {body[1:]}'.encode()) == about_case(CASE)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_body_is_read_in_any_encoding_of_json(encoding: str) -> None:
    assert told(json.dumps(of_case("Update", {})).encode(encoding)) == about_case(CASE)


def test_headers_tell_of_a_setting_whatever_the_body_says() -> None:
    headers = WebhookHeaders.of({"x-ms-dynamics-entity-name": "AppSetting"})

    assert event_of(b"", headers).table == "appsetting"


def test_headers_tell_which_table_where_the_body_does_not() -> None:
    headers = WebhookHeaders.of(
        {"x-ms-dynamics-entity-name": "incident", "x-ms-dynamics-request-name": "Close"}
    )
    body = context() | {"PrimaryEntityName": None, "MessageName": None}

    event = event_of(body, headers)

    assert (event.table, event.message, event.row) == ("incident", "Close", CASE)


@given(columns=columns, parts=st.dictionaries(st.text(min_size=1), values))
def test_columns_that_are_not_needed_change_nothing(
    columns: dict[str, object], parts: dict[str, object]
) -> None:
    regarding = {"regardingobjectid": reference(CASE)}
    of_the_task = {**parts, **of_task("Update", columns | regarding)}
    of_the_case = {**parts, **of_case("Update", columns)}

    assert event_of(of_the_task) == event_of(of_task("Update", regarding))
    assert told(of_the_case) == about_case(CASE)


@given(columns=columns, message=st.sampled_from(["Create", "Update", "Delete", "Restore"]))
def test_an_activity_of_any_columns_is_understood(columns: dict[str, object], message: str) -> None:
    event = event_of(of_task(message, columns, columns))

    assert event.row == TASK
    assert len(list(messages_about(event))) <= 1
