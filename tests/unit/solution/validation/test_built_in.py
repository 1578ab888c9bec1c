"""What validation takes for Dataverse's own is what public sources say."""

import pytest

from solution.tools.validation.built_in import COLUMNS
from tests.mock_dataverse.facts.reading import platform_tables


@pytest.mark.parametrize("table", COLUMNS)
def test_a_built_in_table_has_the_columns_that_validation_lets_be_named(table: str) -> None:
    assert COLUMNS[table] - platform_tables()[table].columns.keys() == set()
