import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataverse_client import batch
from dataverse_client import operations as op
from dataverse_client.batch import BatchAnswers, MalformedBatchError, Part, PartAnswer
from dataverse_client.errors import (
    DataverseUnavailable,
    DuplicateRow,
    NotRun,
    RequestRejected,
    RowNotFound,
    Throttled,
)
from dataverse_client.wire import Answer
from tests.unit.dataverse_client.answers import API, CASE, LOG, an_answer, an_error

MIXED = "multipart/mixed; boundary=batchresponse_1"
NO_CONTENT = ("204 No Content", {"OData-Version": "4.0"}, b"")

Said = tuple[str, dict[str, str], bytes]


def said(status: str, body: object = None, **headers: str) -> Said:
    raw = b"" if body is None else json.dumps(body).encode()
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, raw


def spoken(*parts: Said | list[Said], end: str = "\r\n") -> bytes:
    """Write an answer as Dataverse does; a list is the answer to a change set."""
    lines: list[bytes] = []
    for part in parts:
        lines.append(b"--batchresponse_1")
        if isinstance(part, list):
            lines += [b"Content-Type: multipart/mixed; boundary=changesetresponse_2", b""]
            for member in part:
                lines += [b"--changesetresponse_2", *_lines(member)]
            lines.append(b"--changesetresponse_2--")
        else:
            lines += _lines(part)
    return end.encode().join([*lines, b"--batchresponse_1--", b""])


def _lines(part: Said) -> list[bytes]:
    status, headers, body = part
    said_headers = [f"{name}: {value}".encode() for name, value in headers.items()]
    return [
        b"Content-Type: application/http",
        b"Content-Transfer-Encoding: binary",
        b"",
        f"HTTP/1.1 {status}".encode(),
        *said_headers,
        b"",
        body,
    ]


def read(parts: list[Part], body: bytes, status: int = 200) -> BatchAnswers:
    answer = an_answer(status, body, {"content-type": MIXED}, method="POST")
    return batch.read_answers(answer, parts)


rows = st.dictionaries(st.text(max_size=20), st.text(max_size=40) | st.integers(), max_size=4)
single_answers = st.builds(
    said,
    st.sampled_from(["200 OK", "201 Created", "204 No Content", "404 Not Found", "500 Oh"]),
    st.none() | rows,
    OData_Version=st.just("4.0"),
)
answered_parts = st.lists(
    single_answers | st.lists(single_answers, min_size=1, max_size=4), max_size=6
)


@given(answered_parts, st.sampled_from(["\r\n", "\n"]))
def test_whatever_is_answered_is_read_as_it_was_said(
    parts: list[Said | list[Said]], end: str
) -> None:
    def expected(part: Said) -> PartAnswer:
        status, _, body = part
        return PartAnswer(int(status[:3]), {"odata-version": "4.0"}, body)

    assert batch.parsed(MIXED, spoken(*parts, end=end)) == [
        [expected(one) for one in (part if isinstance(part, list) else [part])] for part in parts
    ]


@given(answered_parts.filter(bool), st.floats(0, 1))
def test_an_answer_that_was_cut_is_noticed(parts: list[Said | list[Said]], share: float) -> None:
    whole = spoken(*parts).removesuffix(b"--\r\n")

    with pytest.raises(MalformedBatchError):
        batch.parsed(MIXED, whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("application/json", b"{}", id="JSON"),
        pytest.param("", b"", id="nothing"),
        pytest.param("multipart/mixed", b"", id="no boundary"),
        pytest.param(MIXED, b"--batchresponse_1\r\n\r\nHello\r\n--batchresponse_1--", id="prose"),
    ],
)
def test_what_is_no_answer_to_a_batch_is_noticed(content_type: str, body: bytes) -> None:
    with pytest.raises(MalformedBatchError):
        batch.parsed(content_type, body)


def test_a_quoted_boundary_and_parts_without_headers_are_read() -> None:
    body = b"--b 1\r\n\r\nHTTP/1.1 204 No Content\r\nREQ_ID: 7b\r\n--b 1--"

    found = batch.parsed('multipart/mixed; boundary="b 1"', body)

    assert found == [[PartAnswer(204, {"req_id": "7b"}, b"")]]


def test_a_boundary_that_does_not_begin_a_line_is_text() -> None:
    text = b"a --batchresponse_1\r\nand --batchresponse_1--\r\nend"

    found = batch.parsed(MIXED, spoken(("200 OK", {}, text)))

    assert found == [[PartAnswer(200, {}, text)]]


def test_each_operation_gets_its_own_result() -> None:
    create, read_row = op.create("t", {}), op.read_row("t", CASE)

    answers = read(
        [create, read_row],
        spoken(
            said("204 No Content", OData_EntityId=f"{API}t({LOG})"),
            said("200 OK", {"n": 1}, Content_Type="application/json"),
        ),
    )

    assert answers[create] == LOG
    assert answers[read_row] == {"n": 1}
    assert answers.error(create) is None


def test_a_part_that_failed_has_the_same_error_as_a_request() -> None:
    missing, throttled, fine = (op.read_row("t", CASE) for _ in range(3))

    answers = read(
        [missing, throttled, fine],
        spoken(
            said("404 Not Found", an_error("0x80040217"), x_ms_service_request_id="7b"),
            said("429 Too Many", an_error("0x80072322"), Retry_After="9"),
            said("200 OK", {"n": 1}),
        ),
    )

    error = answers.error(missing)
    assert isinstance(error, RowNotFound)
    assert error.context.request_id == "7b"
    with pytest.raises(Throttled):
        answers[throttled]
    assert answers[fine] == {"n": 1}


def test_a_result_of_none_is_a_result() -> None:
    update = op.update("t", CASE, {})

    assert read([update], spoken(NO_CONTENT)).error(update) is None


def test_members_of_a_change_set_get_their_own_results() -> None:
    first, second = op.create("t", {}), op.update("t", CASE, {})

    answers = read(
        [op.change_set([first, second])],
        spoken([said("204 No Content", OData_EntityId=f"{API}t({LOG})"), NO_CONTENT]),
    )

    assert answers[first] == LOG
    assert answers.error(second) is None


DUPLICATE = said("412 Precondition Failed", an_error("0x80040237"))


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param([DUPLICATE], id="wrapped"),
        pytest.param(DUPLICATE, id="bare"),
        pytest.param([NO_CONTENT, DUPLICATE], id="after the ones that were rolled back"),
    ],
)
def test_a_failed_change_set_failed_for_every_member(failure: Said | list[Said]) -> None:
    first, second, after = (op.update("t", CASE, {}) for _ in range(3))

    answers = read([op.change_set([first, second]), after], spoken(failure, NO_CONTENT))

    assert isinstance(answers.error(first), DuplicateRow)
    assert isinstance(answers.error(second), DuplicateRow)
    assert answers.error(after) is None


def test_a_batch_that_stopped_did_not_run_the_rest() -> None:
    first, second, third, fourth = (op.delete("t", CASE) for _ in range(4))

    answers = read(
        [first, second, op.change_set([third]), fourth],
        spoken(NO_CONTENT, said("404 Not Found", an_error())),
        status=400,
    )

    assert answers.error(first) is None
    assert isinstance(answers.error(second), RowNotFound)
    assert isinstance(answers.error(third), NotRun)
    assert isinstance(answers.error(fourth), NotRun)


def test_a_batch_without_the_answer_to_a_part_is_no_answer() -> None:
    with pytest.raises(DataverseUnavailable, match="lacks parts"):
        read([op.delete("t", CASE), op.delete("t", LOG)], spoken(NO_CONTENT))


def test_a_change_set_without_the_answer_to_a_member_is_no_answer() -> None:
    members = [op.delete("t", CASE), op.delete("t", LOG)]

    with pytest.raises(DataverseUnavailable, match="damaged"):
        read([op.change_set(members)], spoken([NO_CONTENT]))


def test_a_batch_that_was_refused_raises_the_error() -> None:
    answer = Answer("POST", API, 400, {"content-type": "application/json"}, b"{}")

    with pytest.raises(RequestRejected):
        batch.read_answers(answer, [op.delete("t", CASE)])


def test_a_success_that_is_no_multipart_is_no_answer() -> None:
    with pytest.raises(DataverseUnavailable, match="damaged"):
        batch.read_answers(an_answer(200, b"<html>"), [op.delete("t", CASE)])


def test_an_operation_of_another_batch_has_no_answer_here() -> None:
    with pytest.raises(KeyError):
        read([], spoken()).error(op.delete("t", CASE))
