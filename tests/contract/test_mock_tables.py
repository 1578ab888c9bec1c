"""The mock's tables are Dataverse's own, as public sources know them."""

import pytest

from tests.contract.comparing import differences
from tests.mock_dataverse.facts.reading import known_differences, platform_tables, sources
from tests.mock_dataverse.schema import BUILTIN_TABLES
from tests.mock_dataverse.tables import Table

KNOWN = known_differences()


@pytest.mark.parametrize("table", BUILTIN_TABLES, ids=lambda table: table.logical_name)
def test_a_table_of_the_mock_agrees_with_the_facts(table: Table) -> None:
    found = dict(differences(table, platform_tables()[table.logical_name]))

    assert {place: said for place, said in found.items() if place not in KNOWN} == {}


def test_no_difference_is_listed_that_is_none_any_more() -> None:
    found = {
        place
        for table in BUILTIN_TABLES
        for place, _ in differences(table, platform_tables()[table.logical_name])
    }

    assert KNOWN.keys() - found == set()


def test_every_fact_has_a_source_that_is_explained() -> None:
    named = {
        key
        for table in platform_tables().values()
        for facts in ([table], table.columns.values(), table.collections.values())
        for fact in facts
        for key in fact.sources
    }

    assert named == sources().keys()
