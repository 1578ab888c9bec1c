"""Steps hear of tables, columns and events that Dataverse has."""

import pytest

from solution.model.webhooks import STEPS, Message, Step
from tests.mock_dataverse.facts.reading import platform_tables

OPERATIONS = {Message.CLOSE: "CloseIncident"}
"""What the operation is called where the message is called otherwise."""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_names_columns_and_an_event_of_its_table(step: Step) -> None:
    table = platform_tables()[step.table]

    assert {*step.columns, *step.before} - table.columns.keys() == set()
    if table.events:
        assert OPERATIONS.get(step.message, step.message.value) in table.events
