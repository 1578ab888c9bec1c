"""Whose days changed rows are about."""

import pytest

from dataverse_client import Row
from functions.repositories.changes import work_days
from functions.timekeeping.daily import WorkDay
from tests.builders import AMIRA, TODAY

WHO, DAY = "_cht_representativeid_value", "cht_day"
HERS: Row = {WHO: str(AMIRA), DAY: TODAY.isoformat()}


@pytest.mark.parametrize("left_out", [WHO, DAY])
def test_a_row_about_nobody_or_no_day_keeps_no_other_from_being_found(left_out: str) -> None:
    rows: list[Row] = [HERS | {left_out: None}, HERS]

    assert work_days(rows) == {WorkDay(AMIRA, TODAY)}


def test_many_rows_of_a_day_are_one_day() -> None:
    assert work_days([HERS, HERS]) == {WorkDay(AMIRA, TODAY)}
