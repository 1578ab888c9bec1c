"""The mock's tables are Dataverse's own, as public sources know them."""

from dataclasses import replace

import pytest

from tests.contract.comparing import differences
from tests.mock_dataverse.builtin_tables import INCIDENT
from tests.mock_dataverse.columns import Column, Level
from tests.mock_dataverse.facts.reading import known_differences, platform_tables, sources
from tests.mock_dataverse.schema import BUILTIN_TABLES
from tests.mock_dataverse.tables import CUSTOM_STATES, Ownership, Table, text

KNOWN = known_differences()
COLUMNS = INCIDENT.columns
TICKET_NUMBER, ORIGIN, CUSTOMER = (
    COLUMNS[name] for name in ("ticketnumber", "caseorigincode", "customerid")
)
STATES = INCIDENT.states or CUSTOM_STATES


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


def with_column(column: Column) -> Table:
    return replace(INCIDENT, columns=COLUMNS | {column.name: column})


@pytest.mark.parametrize(
    ("table", "place"),
    [
        pytest.param(replace(INCIDENT, entity_set="cases"), "incident entity set", id="set"),
        pytest.param(replace(INCIDENT, primary_name="name"), "incident primary name", id="name"),
        pytest.param(
            replace(INCIDENT, ownership=Ownership.ORGANIZATION), "incident ownership", id="owner"
        ),
        pytest.param(
            replace(
                INCIDENT, collections={"incident_tasks": INCIDENT.collections["Incident_Tasks"]}
            ),
            "incident.incident_tasks collection",
            id="case of a collection",
        ),
        pytest.param(with_column(text("titel")), "incident.titel exists", id="column"),
        pytest.param(
            with_column(replace(TICKET_NUMBER, updatable=True)),
            "incident.ticketnumber write",
            id="what may be updated",
        ),
        pytest.param(
            with_column(replace(TICKET_NUMBER, level=Level.SYSTEM)),
            "incident.ticketnumber required",
            id="level",
        ),
        pytest.param(
            with_column(replace(TICKET_NUMBER, max_length=101)),
            "incident.ticketnumber max",
            id="length",
        ),
        pytest.param(
            with_column(replace(TICKET_NUMBER, memo=True)), "incident.ticketnumber type", id="type"
        ),
        pytest.param(
            with_column(replace(COLUMNS["numberofchildincidents"], minimum=1)),
            "incident.numberofchildincidents range",
            id="range",
        ),
        pytest.param(
            with_column(replace(ORIGIN, labels=ORIGIN.labels | {4: "Letter"})),
            "incident.caseorigincode options",
            id="option",
        ),
        pytest.param(
            replace(
                INCIDENT, states=replace(STATES, statuses=STATES.statuses | {1: {5: "Solved"}})
            ),
            "incident.statuscode states",
            id="state of a status",
        ),
        pytest.param(
            with_column(replace(CUSTOMER, targets={"customerid": "account"})),
            "incident.customerid navigation",
            id="navigation",
        ),
        pytest.param(
            with_column(replace(COLUMNS["ownerid"], targets={"ownerid_incident": "systemuser"})),
            "incident.ownerid navigation",
            id="navigation to an owner",
        ),
    ],
)
def test_whatever_a_table_is_told_to_be_otherwise_is_found(table: Table, place: str) -> None:
    found = {place for place, _ in differences(table, platform_tables()["incident"])}

    assert found - KNOWN.keys() == {place}
