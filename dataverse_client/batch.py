"""The body of a ``$batch``, written and read. Pure: bytes in, values out, and back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from itertools import count
from typing import Any, Generic, TypeVar

from dataverse_client.errors import DataverseError, DataverseUnavailable, NotRun
from dataverse_client.operations import ChangeSet, Operation
from dataverse_client.wire import Answer, checked

T = TypeVar("T")
Part = Operation[Any] | ChangeSet
HeadersOf = Callable[[Operation[Any]], Mapping[str, str]]

MOST_OPERATIONS = 1_000
_END = b"\r\n"
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class MalformedBatchError(ValueError):
    """The bytes are no complete multipart answer."""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """The answer to one part, header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome(Generic[T]):
    operation: Operation[T]
    result: T | None
    error: DataverseError | None


class BatchAnswers:
    """What became of each operation of a batch; ask with the operation that was sent."""

    def __init__(
        self, outcomes: Sequence[_Outcome[Any]], answered: Sequence[tuple[Operation[Any], Answer]]
    ) -> None:
        self._outcomes = {id(outcome.operation): outcome for outcome in outcomes}
        self.answered = tuple(answered)

    def __getitem__(self, operation: Operation[T]) -> T:
        """Return the result of the operation, or raise its error."""
        outcome: _Outcome[T] = self._outcomes[id(operation)]
        if outcome.error is not None:
            raise outcome.error
        return outcome.result  # type: ignore[return-value]  # an outcome without error has one

    def error(self, operation: Operation[Any]) -> DataverseError | None:
        """Return what went wrong with the operation, None when nothing did."""
        return self._outcomes[id(operation)].error


def operations_of(parts: Sequence[Part]) -> list[Operation[Any]]:
    """Return every operation in the order it is run.

    Raises:
        ValueError: more than Dataverse takes, or the same operation twice.
    """
    operations = [operation for part in parts for operation in _members(part)]
    if len(operations) > MOST_OPERATIONS:
        raise ValueError(f"a batch takes {MOST_OPERATIONS} operations, not {len(operations)}")
    if len({id(operation) for operation in operations}) < len(operations):
        raise ValueError("an operation stands in this batch twice")
    return operations


def written(
    parts: Sequence[Part], *, boundary: str, url_of: Callable[[str], str], headers_of: HeadersOf
) -> bytes:
    """Return the body of the batch.

    ``url_of`` turns the URL of an operation into one that Dataverse takes inside a batch.
    ``headers_of`` returns all headers of a part, since it inherits none from the batch.
    """
    content_ids = count(1)
    lines: list[bytes] = []
    for number, part in enumerate(parts, 1):
        lines.append(f"--{boundary}".encode())
        if isinstance(part, Operation):
            lines += _request_lines(part, url_of, headers_of)
            continue
        inner = f"changeset_{number}_{boundary}"
        lines += [f"Content-Type: multipart/mixed; boundary={inner}".encode(), b""]
        for operation in part.operations:
            lines.append(f"--{inner}".encode())
            lines += _request_lines(operation, url_of, headers_of, next(content_ids))
        lines.append(f"--{inner}--".encode())
    lines += [f"--{boundary}--".encode(), b""]
    return _END.join(lines)


def read_answers(answer: Answer, parts: Sequence[Part]) -> BatchAnswers:
    """Return what became of each part.

    Raises:
        DataverseError: the batch as a whole was refused or its answer is not complete.
    """
    try:
        answered = list(_answered(answer, parts))
    except MalformedBatchError as error:
        checked(answer)
        raise DataverseUnavailable("the answer to a batch is damaged", answer.context()) from error
    outcomes = [_outcome(operation, one) for operation, one in answered]
    reached = {id(operation) for operation, _ in answered}
    unanswered = [one for part in parts for one in _members(part) if id(one) not in reached]
    if unanswered and all(outcome.error is None for outcome in outcomes):
        raise DataverseUnavailable("the answer to a batch lacks parts", answer.context())
    return BatchAnswers(outcomes + [_not_run(operation) for operation in unanswered], answered)


def parsed(content_type: str, body: bytes) -> list[list[PartAnswer]]:
    """Return the answers of a multipart body: one list per part of the batch.

    The list of a single operation has one answer. The list of a change set has one per member, or
    just that of the member that failed. CRLF and LF both end a line.

    Raises:
        MalformedBatchError: this is something else, or its end is missing.
    """
    return [_items(*_split(section)) for section in _sections(content_type, body)]


def _members(part: Part) -> tuple[Operation[Any], ...]:
    return part.operations if isinstance(part, ChangeSet) else (part,)


def _request_lines(
    operation: Operation[Any],
    url_of: Callable[[str], str],
    headers_of: HeadersOf,
    content_id: int | None = None,
) -> Iterator[bytes]:
    yield b"Content-Type: application/http"
    yield b"Content-Transfer-Encoding: binary"
    if content_id is not None:
        yield f"Content-ID: {content_id}".encode()
    yield b""
    yield f"{operation.method} {url_of(operation.url)} HTTP/1.1".encode()
    for name, value in headers_of(operation).items():
        yield f"{name}: {value}".encode()
    yield b""
    yield operation.body or b""


def _sections(content_type: str, body: bytes) -> list[bytes]:
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_param("boundary")
    if header.get_content_maintype() != "multipart" or not isinstance(boundary, str):
        raise MalformedBatchError(f"not multipart: {content_type!r}")
    mark = rb"--" + re.escape(boundary.encode())
    # It begins a line, but is looked for first: the text before it can be long.
    delimiter = mark + rb"(?<![^\n]" + mark + rb")"
    inside, *rest = re.split(delimiter + rb"--[ \t]*(?=\r?\n|\Z)", body, maxsplit=1)
    if not rest:
        raise MalformedBatchError("the end is missing")
    sections = re.split(delimiter + rb"[ \t]*(?:\r?\n|\Z)", inside)[1:]
    return [section.removesuffix(b"\n").removesuffix(b"\r") for section in sections]


def _items(headers: Mapping[str, str], content: bytes) -> list[PartAnswer]:
    content_type = headers.get("content-type", "")
    if content_type.startswith("multipart/"):
        sections = _sections(content_type, content)
        return [_part_answer(_split(section)[1]) for section in sections]
    return [_part_answer(content)]


def _part_answer(content: bytes) -> PartAnswer:
    status_line, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    found = re.match(rb"HTTP/\d\.\d (\d{3})", status_line)
    if not found:
        raise MalformedBatchError("a part has no status line")
    headers, body = _split(rest)
    return PartAnswer(int(found[1]), headers, body)


def _split(section: bytes) -> tuple[dict[str, str], bytes]:
    """Return the headers and what follows the empty line after them."""
    if section.startswith((b"\r\n", b"\n")):
        return {}, section.split(b"\n", 1)[1]
    head, *rest = _BLANK_LINE.split(section, maxsplit=1)
    pairs = (line.partition(":") for line in head.decode("utf-8", "replace").splitlines())
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return headers, rest[0] if rest else b""


def _answered(answer: Answer, parts: Sequence[Part]) -> Iterator[tuple[Operation[Any], Answer]]:
    answers = parsed(answer.headers.get("content-type", ""), answer.body)
    for part, items in zip(parts, answers, strict=False):  # it may have stopped before the end
        for operation, one in _matched(part, items):
            yield (
                operation,
                Answer(operation.method, operation.url, one.status, one.headers, one.body),
            )


def _matched(
    part: Part, items: Sequence[PartAnswer]
) -> Iterator[tuple[Operation[Any], PartAnswer]]:
    """Pair each operation of a part with its answer; a failed change set has one for all."""
    operations = _members(part)
    failed = next((item for item in items if item.status >= 300), None)  # noqa: PLR2004
    if failed is None and len(items) != len(operations):
        raise MalformedBatchError("a change set lacks answers")
    for number, operation in enumerate(operations):
        yield operation, failed or items[number]


def _outcome(operation: Operation[T], answer: Answer) -> _Outcome[T]:
    try:
        return _Outcome(operation, operation.read(answer), None)
    except DataverseError as error:
        return _Outcome(operation, None, error)


def _not_run(operation: Operation[Any]) -> _Outcome[Any]:
    context = Answer(operation.method, operation.url, 0, {}, b"").context()
    return _Outcome(operation, None, NotRun("an earlier part of the batch failed", context))
