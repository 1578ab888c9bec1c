import pytest

from dataverse_client import (
    AccessDenied,
    DataverseUnavailable,
    ErrorContext,
    RequestRejected,
    RowNotFound,
)
from solution.tools.environment.case_forms import is_missing


def context(status: int, code: str | None = None) -> ErrorContext:
    return ErrorContext("GET", "https://org.example/x", status, code)


@pytest.mark.parametrize(
    ("error", "missing"),
    [
        pytest.param(RowNotFound("no", context(404)), True, id="no row"),
        pytest.param(RequestRejected("no", context(404, "0x80060888")), True, id="no table"),
        pytest.param(RequestRejected("no", context(400, "0x80040217")), True, id="by its code"),
        pytest.param(RequestRejected("no", context(400)), False, id="a bad question"),
        pytest.param(AccessDenied("no", context(403)), False, id="not allowed"),
        pytest.param(DataverseUnavailable("no", context(503)), False, id="no answer"),
        pytest.param(None, False, id="there"),
    ],
)
def test_only_what_dataverse_does_not_know_is_missing(
    error: Exception | None, *, missing: bool
) -> None:
    assert is_missing(error) is missing
