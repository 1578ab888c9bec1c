"""What can go wrong between us and Dataverse. Catch the branch you can act on.

Here is the tree::

    DataverseError
      RequestRejected        our request is wrong; sending it again will not help
        Unauthenticated      401, also with a new token
        AccessDenied         403
        RowNotFound          404
        PreconditionFailed   412: the row is not in the state that was asked for
          DuplicateRow       a row with this key exists already
        BulkFailed           some rows of a bulk call failed; the others may be stored
        NotRun               a part of a batch that stopped before it
      DataverseUnavailable   no usable answer: the same request may work later
        Throttled            429, with the seconds to wait
        TokenUnavailable     no token for Dataverse
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """Where it went wrong. Holds neither headers nor bodies, so it is safe to log."""

    method: str
    url: str
    status: int | None = None
    code: str | None = None
    request_id: str | None = None


class DataverseError(Exception):
    """Dataverse did not do what it was asked."""

    def __init__(self, message: str, context: ErrorContext) -> None:
        super().__init__(message)
        self.context = context

    def __reduce__(self) -> tuple[Any, ...]:
        # The usual way calls the class with args alone, which drops what is keyword-only.
        return _revived, (type(self), self.args, self.__dict__)


def _revived(
    kind: type[DataverseError], args: tuple[Any, ...], state: dict[str, Any]
) -> DataverseError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class RequestRejected(DataverseError):  # noqa: N818  # the class says what happened
    """Our request is wrong; sending it again will not help."""


class Unauthenticated(RequestRejected):
    """Dataverse accepts neither the token nor a new one."""


class AccessDenied(RequestRejected):
    """The caller, or the user acted for, may not do this."""


class RowNotFound(RequestRejected):
    """There is no such row."""


class PreconditionFailed(RequestRejected):
    """The row is not in the state that the request asked for."""


class DuplicateRow(PreconditionFailed):
    """A row with this primary or alternate key exists already."""


@dataclass(frozen=True, slots=True)
class FailedRow:
    """One row of a bulk call that was not stored. ``index`` is its place in the call."""

    index: int
    id: UUID | None
    status: int | None


class BulkFailed(RequestRejected):
    """Some rows of a bulk call failed. On an elastic table all others are stored."""

    def __init__(
        self, message: str, context: ErrorContext, *, failed_rows: Sequence[FailedRow]
    ) -> None:
        super().__init__(message, context)
        self.failed_rows = tuple(failed_rows)


class NotRun(RequestRejected):
    """The batch stopped before it came to this operation."""


class DataverseUnavailable(DataverseError):  # noqa: N818  # the class says what happened
    """No usable answer: the same request may work later.

    Attributes:
        not_run: True when the request certainly did nothing. False means nobody knows.
        retry_after: the seconds Dataverse asks to wait, if it said so.
    """

    retry_after: float | None

    def __init__(
        self,
        message: str,
        context: ErrorContext,
        *,
        not_run: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, context)
        self.not_run = not_run
        self.retry_after = retry_after


class Throttled(DataverseUnavailable):
    """A service-protection limit was hit. The request was not run."""

    retry_after: float

    def __init__(self, message: str, context: ErrorContext, *, retry_after: float) -> None:
        super().__init__(message, context, not_run=True, retry_after=retry_after)


class TokenUnavailable(DataverseUnavailable):
    """The login service gave no token, so nothing was sent to Dataverse."""

    def __init__(self, message: str, context: ErrorContext) -> None:
        super().__init__(message, context, not_run=True)
