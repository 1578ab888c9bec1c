import pickle
from typing import Any
from uuid import UUID

import pytest

from dataverse_client import errors
from dataverse_client.errors import (
    BulkFailed,
    DataverseError,
    ErrorContext,
    FailedRow,
    RequestRejected,
    Throttled,
)

CONTEXT = ErrorContext("GET", "https://org/x", 429, "0x80072322", "7b")


@pytest.mark.parametrize(
    "error",
    [
        RequestRejected("no", CONTEXT),
        Throttled("slow down", CONTEXT, retry_after=17.0),
        BulkFailed("partly", CONTEXT, failed_rows=[FailedRow(2, UUID(int=1), 409)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_survives_a_pickle(error: DataverseError) -> None:
    copy: Any = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_the_picture_of_the_tree_shows_every_error() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, DataverseError)
    }
    tree = (errors.__doc__ or "").split("::", 1)[1]

    assert {line.split()[0] for line in tree.splitlines() if line.strip()} == classes
