"""Sends operations to Dataverse and returns their results."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from dataverse_client import batch, operations
from dataverse_client.batch import BatchAnswers, Part
from dataverse_client.errors import (
    DataverseUnavailable,
    ErrorContext,
    RequestRejected,
    TokenUnavailable,
    Unauthenticated,
)
from dataverse_client.freshness import SessionTokens
from dataverse_client.keys import AlternateKey, ElasticKey, Key, address
from dataverse_client.load import Load, LoadGauge
from dataverse_client.operations import Columns, Operation
from dataverse_client.query import Expand, Query
from dataverse_client.retries import Retrying, RetryPolicy
from dataverse_client.tokens import TokenProvider
from dataverse_client.transport import Timeouts, Transport
from dataverse_client.wire import Page, Row

T = TypeVar("T")

API = "/api/data/v9.2/"
LONGEST_URL = 32_768
_EVERY_PART = {"Accept": "application/json", "OData-MaxVersion": "4.0", "OData-Version": "4.0"}
_EVERY_REQUEST = _EVERY_PART | {
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "dataverse-client",
}


@dataclass(frozen=True, slots=True)
class _Environment:
    """What all views of a client share."""

    root_url: str
    tokens: TokenProvider
    transport: Transport
    policy: RetryPolicy
    clock: Callable[[], float]
    session_tokens: SessionTokens
    gauge: LoadGauge


@dataclass(frozen=True, slots=True)
class DataverseClient:
    """One environment, seen by one caller. Build it with `connect`; threads may share it."""

    _environment: _Environment
    _headers: dict[str, str]
    _deadline: float = math.inf

    @property
    def load(self) -> Load:
        """What Dataverse last told any view of this client about how much may be asked of it."""
        return self._environment.gauge.load

    def acting_as(self, entra_object_id: UUID) -> "DataverseClient":
        """Return a view whose requests are those of this user, within what we may do too."""
        return self._with_header("CallerObjectId", entra_object_id)

    def correlated(self, correlation_id: UUID) -> "DataverseClient":
        """Return a view whose requests carry this id, to be found in Dataverse's telemetry."""
        return self._with_header("x-ms-correlation-request-id", correlation_id)

    def within(self, seconds: float) -> "DataverseClient":
        """Return a view whose requests, with all repetitions and waits, end in this time."""
        ends = self._environment.clock() + seconds
        return replace(self, _deadline=min(self._deadline, ends))

    def send(self, operation: Operation[T]) -> T:
        """Send one request and return its result.

        Raises:
            DataverseError: of `dataverse_client.errors`, the class says what to do about it.
        """
        url = self._absolute(operation)
        if len(url) > LONGEST_URL and operation.method == "GET":
            return self.batch([operation])[operation]  # a batch takes longer ones
        retrying = Retrying(self._environment.policy, operation.repeatable, self._remaining)
        return retrying.call(partial(self._attempt, operation, url))

    def batch(self, parts: Iterable[Part], *, continue_on_error: bool = True) -> BatchAnswers:
        """Send operations and change sets in one request.

        The answers hold a result or an error for each operation. An error is raised here only if
        the batch as a whole failed. After a lost answer it is repeated only if each operation is
        repeatable.
        """
        sent = list(parts)
        all_operations = batch.operations_of(sent)
        if not all_operations:
            return BatchAnswers([], [])
        boundary = f"batch_{uuid4().hex}"
        headers = {"Content-Type": f"multipart/mixed; boundary={boundary}"}
        if continue_on_error:
            headers["Prefer"] = "odata.continue-on-error"
        root_path = urlsplit(self._environment.root_url).path
        body = batch.written(
            sent,
            boundary=boundary,
            url_of=lambda url: url if "://" in url else root_path + url,
            headers_of=self._part_headers,
        )
        answers = self.send(
            Operation(
                "POST",
                "$batch",
                partial(batch.read_answers, parts=sent),
                headers,
                body,
                repeatable=all(operation.repeatable for operation in all_operations),
            )
        )
        for operation, answer in answers.answered:
            self._environment.session_tokens.remember(operation.entity_set, answer)
        return answers

    def rows(self, query: Query) -> Iterator[Row]:
        """Yield the rows of a query, page after page, each page when it is needed."""
        yield from self._pages(operations.read_rows(query), query)

    def related(self, entity_set: str, key: Key, query: Query) -> Iterator[Row]:
        """Yield what a collection of one row holds; the query names the collection."""
        yield from self._pages(operations.read_related(entity_set, key, query), query)

    def row(
        self,
        entity_set: str,
        key: Key,
        *,
        select: Iterable[str] = (),
        expand: Iterable[Expand] = (),
    ) -> Row:
        return self.send(operations.read_row(entity_set, key, select=select, expand=expand))

    def create(self, entity_set: str, row: Columns, *, id_column: str | None = None) -> UUID:
        return self.send(operations.create(entity_set, row, id_column=id_column))

    def update(self, entity_set: str, key: Key, changes: Columns, *, if_match: str = "*") -> None:
        self.send(operations.update(entity_set, key, changes, if_match=if_match))

    def merge_or_create(
        self, entity_set: str, key: UUID | AlternateKey, row: Columns, *, only_create: bool = False
    ) -> None:
        self.send(operations.merge_or_create(entity_set, key, row, only_create=only_create))

    def replace_or_create(self, entity_set: str, key: ElasticKey, row: Columns) -> None:
        self.send(operations.replace_or_create(entity_set, key, row))

    def delete(self, entity_set: str, key: Key, *, if_match: str | None = None) -> None:
        self.send(operations.delete(entity_set, key, if_match=if_match))

    def associate(self, entity_set: str, key: Key, collection: str, *, to: tuple[str, Key]) -> None:
        """Add the row ``to`` to a collection of another row, such as a role to a user's roles."""
        url = self._environment.root_url + address(*to)
        self.send(operations.associate(entity_set, key, collection, with_url=url))

    def close(self) -> None:
        """Close the connections, also those of the other views."""
        self._environment.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _pages(self, first: Operation[Page], query: Query) -> Iterator[Row]:
        page = self.send(first)
        yield from page.rows
        while page.next_link:
            page = self.send(operations.read_next(page.next_link, query))
            yield from page.rows

    def _with_header(self, name: str, value: UUID) -> "DataverseClient":
        return replace(self, _headers={**self._headers, name: str(value)})

    def _remaining(self) -> float:
        return self._deadline - self._environment.clock()

    def _absolute(self, operation: Operation[Any]) -> str:
        """Return the URL to send to; a link that leads elsewhere must not get our token."""
        root_url, url = self._environment.root_url, operation.url
        if "://" not in url:
            return root_url + url
        if urlsplit(url)[:2] != urlsplit(root_url)[:2]:
            raise RequestRejected(
                "a link leads to another host", ErrorContext(operation.method, url)
            )
        return url

    def _part_headers(self, operation: Operation[Any]) -> dict[str, str]:
        fresh = self._environment.session_tokens.headers(operation.entity_set)
        return {**_EVERY_PART, **fresh, **operation.headers}

    def _attempt(self, operation: Operation[T], url: str) -> T:
        tokens = self._environment.tokens
        token = tokens.token()
        try:
            return self._exchange(operation, url, token)
        except Unauthenticated:
            return self._exchange(operation, url, tokens.renewed(token))

    def _exchange(self, operation: Operation[T], url: str, token: str) -> T:
        environment = self._environment
        headers = {
            **self._headers,
            **operation.headers,
            **environment.session_tokens.headers(operation.entity_set),
            "Authorization": _bearer(token),
            "x-ms-client-request-id": str(uuid4()),
        }
        remaining = self._remaining()
        if remaining <= 0:
            context = ErrorContext(operation.method, url)
            raise DataverseUnavailable("the time for this request is over", context, not_run=True)
        answer = environment.transport.send(
            operation.method, url, headers, operation.body, remaining_seconds=remaining
        )
        environment.gauge.remember(answer)
        environment.session_tokens.remember(operation.entity_set, answer)
        return operation.read(answer)


def connect(
    environment_url: str,
    tokens: TokenProvider,
    *,
    timeouts: Timeouts = Timeouts(),  # noqa: B008  # frozen
    pool_size: int = 32,
    retries: RetryPolicy = RetryPolicy(),  # noqa: B008  # frozen
    clock: Callable[[], float] = time.monotonic,
) -> DataverseClient:
    """Return a client of the environment at this URL, such as ``https://org.crm4.dynamics.com``.

    Nothing is sent yet. Proxies and the bundle of certificates are read from the environment
    variables now, and not again. ``pool_size`` connections are kept open, one for each thread;
    ``clock`` counts seconds and only goes up.
    """
    root_url = environment_url.rstrip("/") + API
    transport = Transport(root_url, timeouts=timeouts, pool_size=pool_size)
    environment = _Environment(
        root_url, tokens, transport, retries, clock, SessionTokens(), LoadGauge()
    )
    return DataverseClient(environment, dict(_EVERY_REQUEST))


def _bearer(token: str) -> str:
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        # An HTTP library would show the bad header in its error.
        raise TokenUnavailable("the token cannot stand in a header", ErrorContext("login", ""))
    return f"Bearer {token}"
