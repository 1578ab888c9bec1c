import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataverse_client.literals import Scalar, encoded, json_bytes, literal
from tests.unit.dataverse_client.answers import CASE

NOON_IN_BERLIN = datetime(2026, 1, 31, 12, 0, 0, 999_999, timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, "null", id="null"),
        pytest.param(True, "true", id="a truth is no number"),
        pytest.param(False, "false", id="a falsehood is no number"),
        pytest.param(-5, "-5", id="a whole number"),
        pytest.param(Decimal("1E+2"), "100", id="a decimal has no exponent"),
        pytest.param(Decimal("5.250"), "5.250", id="a decimal keeps its digits"),
        pytest.param("it's", "'it''s'", id="an apostrophe is doubled"),
        pytest.param("", "''", id="empty text"),
        pytest.param(CASE, "5c0e7f3a-0000-4000-8000-000000000001", id="an id is not quoted"),
        pytest.param(date(2026, 1, 31), "2026-01-31", id="a date"),
        pytest.param(NOON_IN_BERLIN, "2026-01-31T11:00:00Z", id="UTC, fractions cut off"),
    ],
)
def test_a_value_is_written_as_dataverse_reads_it(value: Scalar, expected: str) -> None:
    assert literal(value) == expected


def test_a_datetime_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        literal(datetime(2026, 1, 31))  # noqa: DTZ001


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        literal(Decimal("NaN"))


def test_what_has_no_literal_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        literal(0.1)  # type: ignore[arg-type]


@given(st.text())
def test_text_cannot_leave_its_quotes(text: str) -> None:
    inside = literal(text)[1:-1]

    assert inside.count("'") % 2 == 0
    assert "'" not in inside.replace("''", "")
    assert inside.replace("''", "'") == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_encoded_option_says_the_same_and_starts_no_other(text: str) -> None:
    option = encoded(text)

    assert unquote(option) == text
    assert option.isascii()
    assert not set(option) & set('&#+% "\r\n') - {"%"}


def test_a_row_may_hold_ids_decimals_and_moments() -> None:
    row = {
        "id": UUID(int=1),
        "price": Decimal("5.25"),
        "at": datetime(2026, 1, 31, 8, 15, tzinfo=UTC),
        "on": date(2026, 1, 31),
        "text": "größer",
    }

    assert json.loads(json_bytes(row)) == {
        "id": "00000000-0000-0000-0000-000000000001",
        "price": 5.25,
        "at": "2026-01-31T08:15:00Z",
        "on": "2026-01-31",
        "text": "größer",
    }


def test_a_row_holds_nothing_else() -> None:
    with pytest.raises(TypeError, match="set has no place in a row"):
        json_bytes({"column": {1}})


def test_a_row_holds_no_number_that_json_has_not() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_bytes({"column": float("inf")})
