import json
from collections.abc import Callable

import pytest

from dataverse_client import errors, wire
from dataverse_client.errors import (
    AccessDenied,
    BulkFailed,
    DataverseError,
    DataverseUnavailable,
    DuplicateRow,
    FailedRow,
    PreconditionFailed,
    RequestRejected,
    RowNotFound,
    Throttled,
    Unauthenticated,
)
from dataverse_client.wire import Answer
from tests.unit.dataverse_client.answers import API, CASE, LOG, an_answer, an_error

HTML = b"<html><body>Bad Gateway</body></html>"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        pytest.param(302, b"", RequestRejected, id="a redirect is not followed"),
        pytest.param(400, an_error("0x80048d19"), RequestRejected, id="our mistake"),
        pytest.param(401, b"", Unauthenticated, id="401"),
        pytest.param(403, an_error("0x80040220"), AccessDenied, id="403"),
        pytest.param(404, an_error("0x80040217"), RowNotFound, id="no such row"),
        pytest.param(404, an_error("0x80060891"), RowNotFound, id="no such row by key"),
        pytest.param(404, HTML, RowNotFound, id="404 without a code"),
        pytest.param(404, an_error("0x80060888"), RequestRejected, id="no such table"),
        pytest.param(405, an_error("0x80040227"), RequestRejected, id="related rows"),
        pytest.param(408, HTML, DataverseUnavailable, id="a gateway gave up waiting"),
        pytest.param(409, an_error("0x80040237"), DuplicateRow, id="duplicate, as users see it"),
        pytest.param(409, an_error("0x80040000"), RequestRejected, id="another conflict"),
        pytest.param(412, an_error("0x80040237"), DuplicateRow, id="duplicate, as documented"),
        pytest.param(412, an_error("0x80060892"), DuplicateRow, id="duplicate alternate key"),
        pytest.param(412, an_error("0x80060882"), PreconditionFailed, id="another etag"),
        pytest.param(413, HTML, RequestRejected, id="too large"),
        pytest.param(429, an_error("0x80072322"), Throttled, id="throttled"),
        pytest.param(500, an_error("0x80040216"), DataverseUnavailable, id="unexpected"),
        pytest.param(501, b"", RequestRejected, id="will never work"),
        pytest.param(502, HTML, DataverseUnavailable, id="a page of HTML"),
        pytest.param(503, b"", DataverseUnavailable, id="nothing at all"),
        pytest.param(504, b"[1]", DataverseUnavailable, id="JSON that is no error"),
    ],
)
def test_an_answer_becomes_the_error_to_act_on(
    status: int, body: object, expected: type[DataverseError]
) -> None:
    assert type(wire.error_of(an_answer(status, body))) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("0x80040217", "0x80040217", id="hex"),
        pytest.param("0X80040ABC", "0x80040abc", id="upper case"),
        pytest.param("-2147220969", "0x80040217", id="decimal text"),
        pytest.param(-2147220969, "0x80040217", id="decimal number"),
        pytest.param("0x0", None, id="zero"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="null"),
        pytest.param("Forbidden", "forbidden", id="a word"),
    ],
)
def test_a_code_is_read_however_it_is_written(code: object, expected: str | None) -> None:
    error = wire.error_of(an_answer(400, an_error(code)))

    assert error.context.code == expected


def test_an_error_says_what_happened_where() -> None:
    answer = an_answer(
        404, an_error(message="Incident Does Not Exist"), {"x-ms-service-request-id": "7b"}
    )

    error = wire.error_of(answer)

    assert str(error) == f"GET {API}incidents: 404 0x80040217 Incident Does Not Exist"
    assert error.context == errors.ErrorContext(
        "GET", f"{API}incidents?$select=title", 404, "0x80040217", "7b"
    )


def test_the_older_header_names_the_request_too() -> None:
    assert wire.error_of(an_answer(400, b"", {"req_id": "7b"})).context.request_id == "7b"


@pytest.mark.parametrize(
    "said",
    [
        "bad token eyJhbGciOi.eyJzdWIi.c2ln_-x, sorry",
        "bad header Bearer c2VjcmV0.c2ln_-x, sorry",
    ],
)
def test_a_token_that_dataverse_repeats_is_not_shown(said: str) -> None:
    error = wire.error_of(an_answer(400, an_error(message=said)))

    assert "c2ln" not in str(error)
    assert "bad" in str(error)


def test_a_long_text_is_cut() -> None:
    assert len(str(wire.error_of(an_answer(400, an_error(message="x" * 9999))))) < 700


def test_an_error_whose_text_is_no_text_still_is_one() -> None:
    body = {"error": {"code": "0x80040203", "message": None}}

    assert str(wire.error_of(an_answer(400, body))).endswith(": 400 0x80040203")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"retry-after": "17"}, 17.0, id="seconds"),
        pytest.param(
            {
                "retry-after": "Sat, 31 Jan 2026 08:15:30 GMT",
                "date": "Sat, 31 Jan 2026 08:15:00 GMT",
            },
            30.0,
            id="a moment, by the clock of the server",
        ),
        pytest.param(
            {
                "retry-after": "Sat, 31 Jan 2026 08:14:00 GMT",
                "date": "Sat, 31 Jan 2026 08:15:00 GMT",
            },
            0.0,
            id="a moment that has passed",
        ),
        pytest.param({"retry-after": "Sat, 31 Jan 2026 08:15:30 GMT"}, 5.0, id="no clock"),
        pytest.param({"retry-after": "soon"}, 5.0, id="nonsense"),
        pytest.param({"retry-after": "²"}, 5.0, id="a digit that is none"),
        pytest.param({}, 5.0, id="nothing"),
    ],
)
def test_a_throttled_caller_is_told_how_long_to_wait(
    headers: dict[str, str], seconds: float
) -> None:
    error = wire.error_of(an_answer(429, b"", headers))

    assert isinstance(error, Throttled)
    assert error.retry_after == seconds
    assert error.not_run


def test_an_outage_may_say_how_long_it_lasts() -> None:
    asked = wire.error_of(an_answer(503, b"", {"retry-after": "3"}))
    silent = wire.error_of(an_answer(503))

    assert isinstance(asked, DataverseUnavailable)
    assert isinstance(silent, DataverseUnavailable)
    assert (asked.retry_after, asked.not_run) == (3.0, False)
    assert silent.retry_after is None


DETAILS = [
    {"RequestIndex": 1, "Id": str(LOG), "StatusCode": 409},
    {"RequestIndex": "?", "Id": None, "StatusCode": None},
    "?",
]
PARTLY = "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails"


@pytest.mark.parametrize("details", [DETAILS, json.dumps(DETAILS)], ids=["array", "text"])
@pytest.mark.parametrize("status", [400, 429, 500])
def test_a_bulk_call_names_the_rows_that_failed(status: int, details: object) -> None:
    error = wire.error_of(an_answer(status, {"error": {"code": "0x80040203", PARTLY: details}}))

    assert isinstance(error, BulkFailed)
    assert error.failed_rows == (FailedRow(1, LOG, 409), FailedRow(-1, None, None))


@pytest.mark.parametrize("details", ["{", "{}", 5])
def test_details_that_cannot_be_read_leave_an_ordinary_error(details: object) -> None:
    error = wire.error_of(an_answer(400, {"error": {"code": "0x80040203", PARTLY: details}}))

    assert type(error) is RequestRejected


@pytest.mark.parametrize(
    "body",
    [HTML, b"", b'{"value":', b"[]", b"\xff\xfe\x00"],
    ids=["html", "empty", "cut", "list", "noise"],
)
def test_a_success_that_is_no_json_object_is_no_answer(body: bytes) -> None:
    with pytest.raises(DataverseUnavailable):
        wire.json_object(an_answer(200, body))


def test_a_page_has_rows_and_perhaps_a_next_one_and_a_count() -> None:
    body = {"value": [{"title": "A"}], "@odata.nextLink": "https://next", "@odata.count": 7}

    assert wire.page(an_answer(200, body)) == wire.Page([{"title": "A"}], "https://next", 7)
    assert wire.page(an_answer(200, {"value": []})) == wire.Page([], None, None)


def test_a_page_without_rows_is_no_answer() -> None:
    with pytest.raises(DataverseUnavailable, match="no rows"):
        wire.page(an_answer(200, {"title": "A"}))


@pytest.mark.parametrize("header", ["odata-entityid", "location"])
def test_a_created_row_has_an_id(header: str) -> None:
    answer = an_answer(204, b"", {header: f"{API}tasks({CASE})"})

    assert wire.created_id(answer) == CASE


def test_a_created_row_without_an_id_is_no_answer() -> None:
    with pytest.raises(DataverseUnavailable, match="does not name"):
        wire.created_id(an_answer(204))


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        pytest.param(409, "0x80040000", DuplicateRow, id="a conflict with an unknown code"),
        pytest.param(412, None, DuplicateRow, id="a precondition without a code"),
        pytest.param(412, "0x80040237", DuplicateRow, id="as documented"),
        pytest.param(412, "0x80040333", PreconditionFailed, id="similar, by a rule"),
        pytest.param(400, "0x80040000", RequestRejected, id="anything else is not told apart"),
    ],
)
def test_a_conflict_with_a_row_that_brings_its_id_says_that_the_id_is_taken(
    status: int, code: str | None, expected: type[DataverseError]
) -> None:
    with pytest.raises(RequestRejected) as caught:
        wire.created_own_id(an_answer(status, an_error(code)))

    assert type(caught.value) is expected
    assert caught.value.context.status == status


def test_created_rows_have_ids_in_their_order() -> None:
    assert wire.created_ids(an_answer(200, {"Ids": [str(LOG), str(CASE)]})) == [LOG, CASE]


@pytest.mark.parametrize("body", [{}, {"Ids": None}, {"Ids": ["x"]}, {"Ids": [1]}])
def test_created_rows_without_ids_are_no_answer(body: object) -> None:
    with pytest.raises(DataverseUnavailable, match="does not name"):
        wire.created_ids(an_answer(200, body))


def test_an_action_may_answer_nothing() -> None:
    assert wire.json_object_or_empty(an_answer(204)) == {}
    assert wire.json_object_or_empty(an_answer(200, {"n": 1})) == {"n": 1}


def test_an_unchanged_row_is_not_sent_again() -> None:
    assert wire.row_unless_unchanged(an_answer(304)) is None
    assert wire.row_unless_unchanged(an_answer(200, {"title": "A"})) == {"title": "A"}


@pytest.mark.parametrize(
    "read",
    [
        wire.nothing,
        wire.json_object,
        wire.json_object_or_empty,
        wire.page,
        wire.created_id,
        wire.created_ids,
        wire.row_unless_unchanged,
    ],
)
def test_no_reader_takes_an_error_for_a_result(read: Callable[[Answer], object]) -> None:
    with pytest.raises(RowNotFound):
        read(an_answer(404, an_error()))
