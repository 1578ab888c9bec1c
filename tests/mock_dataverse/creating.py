"""A row made by a POST, with the rows that its body holds or names (deep insert).

Source: developer documentation, ``webapi/create-entity-web-api``.
"""

from dataclasses import dataclass

from tests.mock_dataverse.checks import require_sound
from tests.mock_dataverse.effects import after_creation, completed
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, not_simulated
from tests.mock_dataverse.keys import referenced
from tests.mock_dataverse.layers import publish_unless_it_waits
from tests.mock_dataverse.payloads import BIND, Payload, read_payload
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Collection, Table, Writes
from tests.mock_dataverse.writing import create_row, update_row

Body = dict[str, object]


def created(env: Environment, caller: Caller, table: Table, payload: Payload) -> Row:
    """Create one row, with what the platform adds to it."""
    row = create_row(env, caller, table, completed(env, table, payload))
    require_sound(env, table, row)
    after_creation(env, table, row)
    publish_unless_it_waits(env, table, str(row[table.primary_id]))
    return row


def back_to(parent: Table, child: Table, collection: Collection) -> str:
    """Return the member of a body by which a row of a collection names the row it belongs to."""
    return next(
        navigation + BIND
        for navigation, (column, target) in child.navigations.items()
        if column.name == collection.lookup and target == parent.logical_name
    )


@dataclass(frozen=True, slots=True)
class DeepInsert:
    """Creates rows for one caller; whoever calls holds the transaction that makes them one."""

    env: Environment
    caller: Caller

    def create(self, table: Table, body: Body) -> Row:
        """Create a row after the rows that it looks up, and before those that look it up."""
        own: Body = {}
        for name, value in body.items():
            if name in table.navigations and isinstance(value, dict):
                target = self._target(table.navigations[name][1])
                own[name + BIND] = self.env.url_of(target, self.create(target, value))
            elif name.removesuffix(BIND) not in table.collections:
                own[name] = value
        payload = read_payload(self.env, table, own, creating=True)
        row = created(self.env, self.caller, table, payload)
        for name, collection in table.collections.items():
            self._create_all(table, row, collection, body.get(name, []))
            self._take_all(table, row, collection, body.get(name + BIND, []))
        return row

    def _create_all(self, parent: Table, row: Row, collection: Collection, bodies: object) -> None:
        for body in _listed(bodies):
            if not isinstance(body, dict):
                raise bad_payload("a related row is given as an object.")
            child = self._target(collection.table)
            link = {back_to(parent, child, collection): self.env.url_of(parent, row)}
            self.create(child, body | link)

    def _take_all(self, parent: Table, row: Row, collection: Collection, addresses: object) -> None:
        for address in _listed(addresses):
            child, before = referenced(self.env, str(address))
            if child != self._target(collection.table):
                raise bad_payload(f"'{address}' is no row of '{collection.table}'.")
            link = {back_to(parent, child, collection): self.env.url_of(parent, row)}
            payload = read_payload(self.env, child, link, creating=False)
            update_row(self.env, self.caller, child, before, payload)

    def _target(self, name: str) -> Table:
        table = self.env.schema.table(name)
        if table.elastic or table.layered or table.writes is not Writes.ALL:
            raise not_simulated(f"{table.entity_set} inside of another row")
        return table


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise bad_payload("related rows are given as a list.")
    return value
