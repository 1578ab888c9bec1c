"""Dataverse out of reach, or closed to us, in the words of the use cases."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from dataverse_client import AccessDenied, DataverseUnavailable
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable

P = ParamSpec("P")
R = TypeVar("R")


def in_time(method: Callable[P, R]) -> Callable[P, R]:
    """Have a method raise ``StorageUnavailable`` when Dataverse gives no usable answer."""

    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except DataverseUnavailable as error:
            raise StorageUnavailable(str(error), retry_after_seconds=error.retry_after) from error

    return answered


def as_service(method: Callable[P, R]) -> Callable[P, R]:
    """Have a method that asks as the application user not blame the caller for a missing right."""

    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except AccessDenied as error:
            raise ServiceNotAllowed(str(error)) from error

    return answered
