"""What Dataverse answered: JSON out of it, or the right error. Pure: no socket, no clock."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from dataverse_client.errors import (
    AccessDenied,
    BulkFailed,
    DataverseError,
    DataverseUnavailable,
    DuplicateRow,
    ErrorContext,
    FailedRow,
    PreconditionFailed,
    RequestRejected,
    RowNotFound,
    Throttled,
    Unauthenticated,
)
from dataverse_client.keys import row_id

Row = dict[str, Any]

DEFAULT_RETRY_AFTER_SECONDS = 5.0
DUPLICATE_CODES = frozenset({"0x80040237", "0x80060892"})
SIMILAR_ROW = "0x80040333"
"""A rule for duplicates matched: the row is like another, but its key is free."""
UNKNOWN_RESOURCE = "0x80060888"
_CONFLICTS = (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED)
_LONGEST_TEXT = 500
_SECRET = re.compile(r"eyJ[\w-]+(?:\.[\w-]*)+|(?<=bearer )\S+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, of a request or of a part of a batch. Look headers up in lower case."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def context(self, code: str | None = None) -> ErrorContext:
        """Return what an error about this answer should carry."""
        headers = self.headers
        request_id = headers.get("x-ms-service-request-id") or headers.get("req_id")
        return ErrorContext(self.method, self.url, self.status, code, request_id)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows. ``count`` is there if it was asked for."""

    rows: list[Row]
    next_link: str | None = None
    count: int | None = None


def checked(answer: Answer) -> Answer:
    """Return the answer of a request that succeeded; raise the error of one that did not."""
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return answer
    raise error_of(answer)


def json_object(answer: Answer) -> Row:
    """Return the JSON object of a successful answer.

    Raises:
        DataverseUnavailable: the answer is no JSON object. Something between us and Dataverse
            spoke, or the answer was cut off; whether the request was run is unknown.
    """
    return _parsed(checked(answer))


def json_object_or_empty(answer: Answer) -> Row:
    """Return the JSON object of a successful answer, empty when there is no content."""
    return _parsed(answer) if checked(answer).body.strip() else {}


def nothing(answer: Answer) -> None:
    """Check that the request succeeded."""
    checked(answer)


def page(answer: Answer) -> Page:
    """Return the rows of one page."""
    document = json_object(answer)
    rows = document.get("value")
    if not isinstance(rows, list):
        raise DataverseUnavailable("the answer holds no rows", answer.context())
    return Page(rows, document.get("@odata.nextLink"), document.get("@odata.count"))


def created_id(answer: Answer) -> UUID:
    """Return the id of the row that was created."""
    headers = checked(answer).headers
    entity_id = headers.get("odata-entityid") or headers.get("location") or ""
    found = row_id(entity_id)
    if found is None:
        raise DataverseUnavailable("the answer does not name the created row", answer.context())
    return found


def created_own_id(answer: Answer) -> UUID:
    """Return the id of a created row that brought it along.

    Nothing else than a key can be in the way of such a row, so a conflict says that it is taken,
    whatever its code: which one elastic tables answer with is not public.
    """
    try:
        return created_id(answer)
    except RequestRejected as error:
        if answer.status in _CONFLICTS and error.context.code != SIMILAR_ROW:
            raise DuplicateRow(str(error), error.context) from error
        raise


def created_ids(answer: Answer) -> list[UUID]:
    """Return the ids of the rows of a bulk create, in the order they were sent."""
    try:
        return [UUID(text) for text in json_object(answer)["Ids"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataverseUnavailable(
            "the answer does not name the created rows", answer.context()
        ) from error


def row_unless_unchanged(answer: Answer) -> Row | None:
    """Return the row, or None when it still is what the caller's etag names."""
    return None if answer.status == HTTPStatus.NOT_MODIFIED else json_object(answer)


def error_of(answer: Answer) -> DataverseError:
    """Return the error that an unsuccessful answer stands for."""
    said = _error_member(answer.body)
    code = _code(said.get("code"))
    context = answer.context(code)
    message = _message(answer, code, said.get("message"))
    failed_rows = tuple(_failed_rows(said))
    if failed_rows:
        return BulkFailed(message, context, failed_rows=failed_rows)
    retry_after = _retry_after_seconds(answer.headers)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = DEFAULT_RETRY_AFTER_SECONDS if retry_after is None else retry_after
        return Throttled(message, context, retry_after=wait)
    if _may_work_later(answer.status):
        return DataverseUnavailable(message, context, retry_after=retry_after)
    return _rejection(answer.status, code)(message, context)


def _rejection(status: int, code: str | None) -> type[RequestRejected]:
    match status:
        case 401:
            return Unauthenticated
        case 403:
            return AccessDenied
        case 404 if code != UNKNOWN_RESOURCE:
            return RowNotFound
        case 409 | 412 if code in DUPLICATE_CODES:
            return DuplicateRow
        case 412:
            return PreconditionFailed
        case _:
            return RequestRejected


def _may_work_later(status: int) -> bool:
    if status == HTTPStatus.NOT_IMPLEMENTED:
        return False
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT


def _parsed(answer: Answer) -> Row:
    try:
        document = json.loads(answer.body)
    except ValueError as error:
        raise DataverseUnavailable("the answer is not JSON", answer.context()) from error
    if not isinstance(document, dict):
        raise DataverseUnavailable("the answer is not a JSON object", answer.context())
    return document


def _error_member(body: bytes) -> Row:
    """Return the error object of a body; empty when it holds none, as with a page of HTML."""
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    said = document.get("error") if isinstance(document, dict) else None
    return said if isinstance(said, dict) else {}


def _code(value: object) -> str | None:
    """Return the code as lower-case hex, however it was sent; None when there is none."""
    text = str(value if value is not None else "").strip().lower()
    try:
        number = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        return text or None
    return f"0x{number & 0xFFFFFFFF:08x}" if number else None


def _message(answer: Answer, code: str | None, said: object) -> str:
    text = said if isinstance(said, str) else ""
    parts = [f"{answer.method} {answer.url.partition('?')[0]}: {answer.status}"]
    parts += [code] if code else []
    parts += [_SECRET.sub("***", text)[:_LONGEST_TEXT]] if text else []
    return " ".join(parts)


def _retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        # Measured by the clock of the server that named the moment, not by ours.
        until = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, until.total_seconds())


def _failed_rows(said: Mapping[str, Any]) -> Iterator[FailedRow]:
    for name, value in said.items():
        if name.endswith("BulkApiErrorDetails"):
            yield from (_failed_row(detail) for detail in _details(value))


def _details(value: object) -> list[Row]:
    try:
        details = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    if not isinstance(details, list):
        return []
    return [detail for detail in details if isinstance(detail, dict)]


def _failed_row(detail: Row) -> FailedRow:
    index, status = detail.get("RequestIndex"), detail.get("StatusCode")
    try:
        row = UUID(cast("str", detail.get("Id")))
    except (ValueError, TypeError, AttributeError):
        row = None
    return FailedRow(
        index=index if isinstance(index, int) else -1,
        id=row,
        status=status if isinstance(status, int) else None,
    )
