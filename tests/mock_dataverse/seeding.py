"""Rows put in place by tests: as SYSTEM, in plain Python values."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from uuid import UUID

import sqlalchemy as sa

from tests.mock_dataverse.calls import Preferences
from tests.mock_dataverse.columns import Column, Stored, show_moment
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import NotLoadedError
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.people import User
from tests.mock_dataverse.platform_rows import ROOT_UNIT
from tests.mock_dataverse.presenting import Presenter
from tests.mock_dataverse.roles import copy_roles
from tests.mock_dataverse.settings import set_override
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.writing import create_row, delete_row, update_row


class Seeding:
    """Fills an environment behind the back of its Web API."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def unit(self, name: str, parent: UUID | None) -> UUID:
        values = {"name": name, "parentbusinessunitid": parent or ROOT_UNIT}
        unit_id = self.add("businessunit", values)
        unit = self._row(self._table("businessunit"), unit_id, None)
        copy_roles(self._env, unit)
        return unit_id

    def user(
        self, user: User, *, disabled: bool, application_id: UUID | None, unit: UUID | None
    ) -> None:
        first, _, last = user.full_name.partition(" ")
        values: dict[str, object] = {
            "systemuserid": user.systemuserid,
            "azureactivedirectoryobjectid": user.entra_object_id
            if user.entra_object_id.int
            else None,
            "fullname": user.full_name,
            "firstname": first,
            "lastname": last or None,
            "isdisabled": disabled,
            "islicensed": application_id is None,
            "isintegrationuser": False,
            "accessmode": 0 if application_id is None else 4,
            "applicationid": application_id,
            "businessunitid": unit or ROOT_UNIT,
        }
        self.add("systemuser", values)

    def add(self, table_name: str, values: Mapping[str, object]) -> UUID:
        table = self._table(table_name)
        row = create_row(self._env, None, table, Payload(self._stored(table, values), {}))
        return UUID(str(row[table.primary_id]))

    def update(
        self, table_name: str, row_id: UUID, values: Mapping[str, object], partition: str | None
    ) -> None:
        table = self._table(table_name)
        row = self._row(table, row_id, partition)
        update_row(self._env, None, table, row, Payload(self._stored(table, values), {}))

    def delete(self, table_name: str, row_id: UUID, partition: str | None) -> None:
        table = self._table(table_name)
        delete_row(self._env, None, table, self._row(table, row_id, partition))

    def rows(self, table_name: str) -> list[dict[str, object]]:
        table = self._table(table_name)
        self._env.store.expire(self._env.now.timestamp())
        sql = self._env.store.sql(table)
        statement = sa.select(sql).order_by(sql.c["_sequence"])
        if table.discriminator:
            statement = statement.where(sql.c.activitytypecode == table.discriminator)
        presenter = Presenter(Preferences(), self._env.name_of)
        return [presenter.row(table, row, None) for row in self._env.store.select(statement)]

    def setting(self, name: str, value: str | None, app: str | None) -> None:
        set_override(self._env, None, name, value, app=app)

    def _table(self, name: str) -> Table:
        if name not in self._env.schema.tables:
            raise NotLoadedError(f"there is no table {name!r}")
        return self._env.schema.table(name)

    def _row(self, table: Table, row_id: UUID, partition: str | None) -> Row:
        row = self._env.store.find(table, str(row_id), partition)
        if row is None:
            raise NotLoadedError(f"{table.logical_name} has no row {row_id}")
        return row

    def _stored(self, table: Table, values: Mapping[str, object]) -> Row:
        row: Row = {}
        for name, value in values.items():
            if name not in table.columns:
                known = ", ".join(sorted(table.columns))
                raise NotLoadedError(f"{table.logical_name} has no column {name!r}; it has {known}")
            column = table.columns[name]
            row[name] = column.stored(_plain(value))
            if column.type_name:
                row[column.type_name] = self._target(column, row[name])
        return row

    def _target(self, column: Column, row_id: Stored) -> str | None:
        """Return the table of a polymorphic lookup: the one that has the row, else the first."""
        if row_id is None:
            return None
        targets = list(column.targets.values())
        for name in targets:
            if self._env.store.find(self._env.schema.table(name), str(row_id)):
                return name
        return targets[0]


def _plain(value: object) -> object:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return show_moment(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return value
