"""Rows put in place by the platform itself: as SYSTEM, and only touched where they differ."""

from uuid import UUID

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.writing import create_row, update_row


def put_row(env: Environment, table: Table, row_id: UUID | str, values: Row) -> None:
    """Make the row of this id hold these values; one that does is not touched."""
    before = env.store.find(table, str(row_id))
    if before is None:
        create_row(env, None, table, Payload({**values, table.primary_id: str(row_id)}, {}))
    elif any(before[name] != value for name, value in values.items()):
        update_row(env, None, table, before, Payload(values, {}))
