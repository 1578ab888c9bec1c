from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataverse_client import batch
from dataverse_client import operations as op
from dataverse_client.batch import Part
from tests.unit.dataverse_client.answers import CASE, LOG

ROOT = "/api/data/v9.2/"
rows = st.dictionaries(st.text(max_size=20), st.text(max_size=40) | st.integers(), max_size=4)
writes = rows.map(lambda row: op.create("tasks", row))
parts_of_a_batch = st.lists(
    st.one_of(
        st.builds(lambda: op.read_row("tasks", CASE)),
        writes,
        st.lists(writes, min_size=1, max_size=4).map(op.change_set),
    ),
    min_size=1,
    max_size=6,
)


def written(*parts: Part) -> bytes:
    return batch.written(
        parts,
        boundary="batch_1",
        url_of=lambda url: ROOT + url,
        headers_of=lambda operation: {"Accept": "application/json", **operation.headers},
    )


def test_a_batch_is_written_with_every_line_end_in_its_place() -> None:
    change_set = op.change_set([op.update("t", CASE, {"n": 1}), op.delete("t", LOG)])

    body = written(op.read_row("t", CASE, select=["n"]), change_set)

    assert body.decode().split("\r\n") == [
        "--batch_1",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "",
        f"GET /api/data/v9.2/t({CASE})?$select=n HTTP/1.1",
        "Accept: application/json",
        "",
        "",
        "--batch_1",
        "Content-Type: multipart/mixed; boundary=changeset_2_batch_1",
        "",
        "--changeset_2_batch_1",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: 1",
        "",
        f"PATCH /api/data/v9.2/t({CASE}) HTTP/1.1",
        "Accept: application/json",
        "Content-Type: application/json",
        "If-Match: *",
        "",
        '{"n":1}',
        "--changeset_2_batch_1",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: 2",
        "",
        f"DELETE /api/data/v9.2/t({LOG}) HTTP/1.1",
        "Accept: application/json",
        "",
        "",
        "--changeset_2_batch_1--",
        "--batch_1--",
        "",
    ]


def test_content_ids_are_unique_in_the_whole_batch() -> None:
    body = written(
        op.change_set([op.delete("t", CASE)]),
        op.change_set([op.delete("t", LOG)]),
    )

    assert body.count(b"Content-ID: 1\r\n") == 1
    assert body.count(b"Content-ID: 2\r\n") == 1


@given(parts_of_a_batch)
def test_another_multipart_reader_finds_the_same_requests(parts: list[Part]) -> None:
    head = b'Content-Type: multipart/mixed; boundary="batch_1"\r\n\r\n'
    found = _requests(message_from_bytes(head + written(*parts)))

    operations = batch.operations_of(parts)
    assert [line for line, _ in found] == [
        f"{one.method} {ROOT}{one.url} HTTP/1.1" for one in operations
    ]
    assert [body for _, body in found] == [one.body or b"" for one in operations]


def _requests(message: Message) -> list[tuple[str, bytes]]:
    if message.is_multipart():
        payload: Any = message.get_payload()
        return [request for part in payload for request in _requests(part)]
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    head, _, body = content.partition(b"\r\n\r\n")
    return [(head.decode().split("\r\n")[0], body.removesuffix(b"\r\n"))]


def test_a_batch_takes_a_thousand_operations() -> None:
    many = [op.delete("t", CASE) for _ in range(1001)]

    assert len(batch.operations_of(many[:1000])) == 1000
    with pytest.raises(ValueError, match="1001"):
        batch.operations_of([many[0], op.change_set(many[1:])])


def test_an_operation_stands_in_a_batch_once() -> None:
    operation = op.delete("t", CASE)

    with pytest.raises(ValueError, match="twice"):
        batch.operations_of([operation, op.change_set([operation])])
