import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.contracts.case_events import (
    ActivityMessage,
    CaseMessage,
    message_of,
    messages_about,
)
from functions.contracts.webhook import DataverseEvent, RemoteExecutionContext
from tests.builders import CASE, OTHER_CASE

TASK = UUID("7a000000-0000-4000-8000-000000000007")
SOMEBODY = UUID("a0000000-0000-4000-8000-00000000000a")
REQUEST = UUID("c0000000-0000-4000-8000-00000000000c")
NOBODY = UUID(int=0)
CONTRACTS = r"http:\/\/schemas.microsoft.com\/xrm\/2011\/Contracts"
"""Slashes come escaped, which says the same in JSON."""


def typed(kind: str, **parts: object) -> dict[str, object]:
    return {"__type": f"{kind}:{CONTRACTS}"} | parts


def reference(row: UUID, table: str = "incident") -> dict[str, object]:
    parts: dict[str, object] = {"KeyAttributes": [], "Name": None, "RowVersion": None}
    return typed("EntityReference", Id=str(row), LogicalName=table, **parts)


def pairs(values: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def entity(columns: Mapping[str, object], *, row: UUID = TASK) -> dict[str, object]:
    return typed("Entity", Attributes=pairs(columns), Id=str(row), FormattedValues=[])


OTHER_COLUMNS: dict[str, object] = {
    "subject": "Call back",
    "statecode": typed("OptionSetValue", Value=1),
    "price": typed("Money", Value=12.5),
    "choices": [typed("OptionSetValue", Value=1), typed("OptionSetValue", Value=2)],
    "modifiedon": "/Date(1769846400000)/",
    "nothing": None,
}


def context(
    message: str = "Update", table: str = "incident", row: UUID = CASE, **parts: object
) -> dict[str, Any]:
    return {
        "BusinessUnitId": str(SOMEBODY),
        "CorrelationId": str(REQUEST),
        "Depth": 1,
        "InitiatingUserId": str(SOMEBODY),
        "InputParameters": [],
        "IsInTransaction": False,
        "MessageName": message,
        "Mode": 1,
        "OperationCreatedOn": "/Date(1769846401000+0100)/",
        "ParentContext": None,
        "PostEntityImages": [],
        "PreEntityImages": [],
        "PrimaryEntityId": str(row),
        "PrimaryEntityName": table,
        "SharedVariables": [],
        **parts,
    }


def of_task(message: str, columns: Mapping[str, object], **before: object) -> dict[str, Any]:
    return context(
        message,
        "task",
        TASK,
        InputParameters=pairs({"Target": entity(OTHER_COLUMNS | dict(columns))}),
        PreEntityImages=pairs({"before": entity(before)} if before else {}),
    )


def event_of(body: Mapping[str, Any]) -> DataverseEvent:
    text = json.dumps(body).replace(r"\\/", r"\/")
    return RemoteExecutionContext.model_validate_json(text).to_event()


def told(body: Mapping[str, Any]) -> CaseMessage | ActivityMessage | None:
    """Return the message that is queued, as it is read back."""
    messages = [message_of(text) for text in messages_about(event_of(body))]
    assert len(messages) <= 1
    return messages[0] if messages else None


def complaints(body: object) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        RemoteExecutionContext.model_validate_json(json.dumps(body))
    return [".".join(map(str, each["loc"])) for each in refusal.value.errors()]


def test_an_event_says_what_happened_to_which_row_when_and_by_whom() -> None:
    target = entity({"statecode": typed("OptionSetValue", Value=2)}, row=CASE)

    event = event_of(context(InputParameters=pairs({"Target": target})))

    assert (event.table, event.message, event.row) == ("incident", "Update", CASE)
    assert event.cases == {CASE}
    assert (event.initiated_by, event.correlation_id) == (SOMEBODY, REQUEST)
    assert event.happened_at == datetime(2026, 1, 31, 8, 0, 1, tzinfo=UTC)


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
        "2026-01-31T08:00:00Z",
        "/Date(x)/",
        "/Date(1769846400000",
        5,
        None,
        "/Date(-1000)/",
        "/Date(99999999999999)/",
    ],
)
def test_what_is_no_date_of_our_time_is_refused(date: object) -> None:
    assert complaints(context(OperationCreatedOn=date)) == ["OperationCreatedOn"]


@pytest.mark.parametrize(
    "name",
    [
        "MessageName",
        "PrimaryEntityName",
        "PrimaryEntityId",
        "InitiatingUserId",
        "CorrelationId",
        "OperationCreatedOn",
    ],
)
def test_what_is_used_must_be_there(name: str) -> None:
    body = context()
    del body[name]

    assert complaints(body) == [name]


def test_a_wrong_part_is_named_by_its_place() -> None:
    nobody = {"Id": "me", "LogicalName": "incident"}

    assert complaints(of_task("Update", {"regardingobjectid": nobody})) == [
        "InputParameters.Target.Attributes.regardingobjectid.Id"
    ]
    assert complaints(context(InputParameters=[{"value": 1}])) == ["InputParameters"]
    assert complaints(context(InputParameters={})) == ["InputParameters"]


@pytest.mark.parametrize("message", ["Update", "Close", "Merge", "Delete", "SetStateSomeDay"])
def test_whatever_happens_to_a_case_is_followed(message: str) -> None:
    moment = datetime(2026, 1, 31, 8, 0, 1, tzinfo=UTC)

    assert told(context(message)) == CaseMessage.model_construct(cases=(CASE,), happened_at=moment)


@pytest.mark.parametrize("row", [NOBODY, CASE])
def test_a_closed_case_is_found_by_its_resolution_too(row: UUID) -> None:
    resolution = entity({"incidentid": reference(CASE), "subject": "Solved"})
    parameters = pairs(
        {"IncidentResolution": resolution, "Status": typed("OptionSetValue", Value=5)}
    )

    message = told(context("Close", row=row, InputParameters=parameters))

    assert message is not None
    assert message.cases == (CASE,)


def test_a_case_must_be_named_somehow() -> None:
    assert complaints(context("Close", row=NOBODY)) == [""]


def test_a_merge_is_about_both_cases() -> None:
    parameters = pairs({"Target": reference(CASE), "SubordinateId": str(OTHER_CASE)})

    message = told(context("Merge", InputParameters=parameters))

    assert message is not None
    assert message.cases == (CASE, OTHER_CASE)


@pytest.mark.parametrize("message", ["Create", "Update"])
def test_an_activity_that_says_what_it_regards_need_not_be_read(message: str) -> None:
    body = of_task(message, {"regardingobjectid": reference(CASE)})

    assert told(body) == ActivityMessage.model_construct(activity=None, cases=(CASE,))


def test_an_activity_that_moved_is_about_both_cases() -> None:
    body = of_task(
        "Update", {"regardingobjectid": reference(CASE)}, regardingobjectid=reference(OTHER_CASE)
    )

    assert told(body) == ActivityMessage.model_construct(activity=None, cases=(CASE, OTHER_CASE))


def test_an_activity_taken_off_a_case_is_about_the_case_it_left() -> None:
    body = of_task("Update", {"regardingobjectid": None}, regardingobjectid=reference(CASE))

    assert told(body) == ActivityMessage.model_construct(activity=None, cases=(CASE,))


def test_a_deleted_activity_is_about_the_case_it_regarded() -> None:
    body = context(
        "Delete",
        "task",
        TASK,
        InputParameters=pairs({"Target": reference(TASK, "task")}),
        PreEntityImages=pairs({"before": entity({"regardingobjectid": reference(CASE)})}),
    )

    assert told(body) == ActivityMessage.model_construct(activity=None, cases=(CASE,))


def test_an_activity_of_which_something_else_changed_is_read() -> None:
    body = of_task("Update", {"actualdurationminutes": 5})

    assert told(body) == ActivityMessage.model_construct(activity=TASK, cases=())


@pytest.mark.parametrize("message", ["Create", "Update"])
@pytest.mark.parametrize("stripped", [{}, {"InputParameters": None, "PreEntityImages": None}])
def test_of_a_context_that_was_too_large_the_row_is_read(
    message: str, stripped: dict[str, None]
) -> None:
    body = context(message, "task", TASK)
    for name in ("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"):
        del body[name]

    assert told(body | stripped) == ActivityMessage.model_construct(activity=TASK, cases=())


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
    ],
)
def test_nothing_follows_from_what_no_case_has_a_part_in(body: dict[str, Any]) -> None:
    assert told(body) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(str(CASE)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
unknown_columns = st.dictionaries(
    st.text().filter(lambda name: name not in ("regardingobjectid", "incidentid")), json_values
)


@given(columns=unknown_columns, parts=st.dictionaries(st.text(min_size=1), json_values))
def test_what_is_unknown_changes_nothing(
    columns: dict[str, object], parts: dict[str, object]
) -> None:
    plain = of_task("Update", {"regardingobjectid": reference(CASE)})
    body = of_task("Update", columns | {"regardingobjectid": reference(CASE)})

    assert event_of({**parts, **body}) == event_of(plain)


@given(
    name=st.sampled_from(sorted(context())),
    value=json_values,
    body=st.sampled_from([context(), of_task("Update", {"regardingobjectid": reference(CASE)})]),
)
def test_a_context_with_any_part_is_understood_or_refused_by_name(
    name: str, value: object, body: dict[str, Any]
) -> None:
    places: set[object] = set()
    try:
        list(messages_about(event_of(body | {name: value})))
    except ValidationError as error:
        places = {each["loc"][0] for each in error.errors() if each["loc"]}

    assert places <= {name}


@given(body=json_values)
def test_what_is_no_context_is_refused(body: object) -> None:
    assert complaints(body)
