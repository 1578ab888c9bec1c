"""Rows in SQLite, through SQLAlchemy Core: one connection, transactions that nest.

A stored row is a plain dict by column name, plus ``_sequence`` (order of creation), ``_expires``
(elastic, epoch seconds) and ``<lookup>__type`` of polymorphic lookups. The caller holds the lock.
"""

import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool

from tests.mock_dataverse.columns import Kind, Stored
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.tables import Table

Row = dict[str, Stored]

SQL_TYPES: dict[Kind, sa.types.TypeEngine[Any]] = {
    Kind.GUID: sa.String(),
    Kind.LOOKUP: sa.String(),
    Kind.TEXT: sa.String(collation="NOCASE"),
    Kind.WHOLE: sa.Integer(),
    Kind.BIG: sa.BigInteger(),
    Kind.BOOLEAN: sa.Integer(),
    Kind.CHOICE: sa.Integer(),
    Kind.MOMENT: sa.String(),
    Kind.DAY: sa.String(),
}
INDEXED = frozenset({"settingdefinitionid", "azureactivedirectoryobjectid", "regardingobjectid"})


class DuplicateRowError(Exception):
    """The id is taken."""


class Store:
    """All rows of one environment.

    Queries are SQLAlchemy expressions. The few statements every request needs are compiled once
    and given to the driver as they are, which is several times faster.
    """

    def __init__(self, schema: Schema, database: str) -> None:
        self._engine = sa.create_engine(
            f"sqlite:///{database}",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            isolation_level="AUTOCOMMIT",
        )
        layout = layout_of(schema)
        self._tables, self._finders = layout.tables, layout.finders
        self._elastic = [
            self._tables[table.storage] for table in schema.tables.values() if table.elastic
        ]
        self._connection = self._engine.connect()
        self._driver = _driver_of(self._connection)
        if database == ":memory:":
            self._driver.deserialize(layout.empty_database)
        else:
            layout.metadata.create_all(self._engine)
        self._driver.execute("PRAGMA synchronous=OFF")
        self._depth = 0
        self._next_expiry = 0.0
        self.version = self._last_version(schema)

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def sql(self, table: Table) -> sa.Table:
        return self._tables[table.storage]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything done inside, or on an error nothing; may be nested."""
        with self._savepoint() as name:
            try:
                yield
            except BaseException:
                self._driver.execute(f"ROLLBACK TO {name}")
                raise

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo whatever is done inside."""
        with self._savepoint() as name:
            try:
                yield
            finally:
                self._driver.execute(f"ROLLBACK TO {name}")

    @contextmanager
    def _savepoint(self) -> Iterator[str]:
        name = f"level_{self._depth}"
        self._driver.execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield name
        finally:
            self._depth -= 1
            self._driver.execute(f"RELEASE {name}")

    def next_version(self) -> int:
        self.version += 1
        return self.version

    def find(self, table: Table, row_id: str, partition: str | None = None) -> Row | None:
        """Return one row; an elastic one without a partition is looked for in its default one."""
        values = {"row_id": row_id, "partition": partition or row_id}
        cursor = self._driver.execute(self._finders[table.logical_name], values)
        row = cursor.fetchone()
        names = (description[0] for description in cursor.description)
        return dict(zip(names, row, strict=True)) if row else None

    def insert(self, table: Table, row: Row) -> None:
        """Add a row.

        Raises:
            DuplicateRowError: the id (elastic: with the partition) is taken.
        """
        self._watch_expiry(row)
        try:
            self._connection.execute(sa.insert(self.sql(table)), row)
        except sa.exc.IntegrityError as error:
            raise DuplicateRowError from error

    def update(self, table: Table, sequence: Stored, changes: Row) -> None:
        self._watch_expiry(changes)
        sql = self.sql(table)
        self._connection.execute(sa.update(sql).where(sql.c["_sequence"] == sequence), changes)

    def _watch_expiry(self, row: Row) -> None:
        expires = row.get("_expires")
        if expires is not None:
            self._next_expiry = min(self._next_expiry, float(expires))

    def remove(self, table: Table, sequence: Stored) -> None:
        sql = self.sql(table)
        self._connection.execute(sa.delete(sql).where(sql.c["_sequence"] == sequence))

    def expire(self, epoch_seconds: float) -> None:
        """Remove the elastic rows whose time-to-live is over."""
        if epoch_seconds < self._next_expiry:
            return
        soonest = []
        for sql in self._elastic:
            expires = sql.c["_expires"]
            self._connection.execute(sa.delete(sql).where(expires <= epoch_seconds))
            soonest.append(self._connection.execute(sa.select(sa.func.min(expires))).scalar())
        self._next_expiry = min((at for at in soonest if at is not None), default=math.inf)

    def select(self, statement: sa.Select[Any]) -> list[Row]:
        result = self._connection.execute(statement)
        names = list(result.keys())
        return [dict(zip(names, row, strict=True)) for row in result]

    def scalar(self, statement: sa.Select[Any]) -> Stored:
        value: Stored = self._connection.execute(statement).scalar()
        return value

    def _last_version(self, schema: Schema) -> int:
        standard = [table for table in schema.tables.values() if not table.elastic]
        newest = [
            self.scalar(sa.select(sa.func.max(self.sql(table).c.versionnumber)))
            for table in standard
        ]
        return max([1_000_000, *(int(version) for version in newest if version)])


@dataclass(frozen=True, slots=True)
class Layout:
    """What is the same for every store of a schema, worked out once."""

    metadata: sa.MetaData
    tables: dict[str, sa.Table]
    finders: dict[str, str]
    empty_database: bytes


@cache
def layout_of(schema: Schema) -> Layout:
    metadata = sa.MetaData()
    tables = _sql_tables(metadata, schema)
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    with engine.connect() as connection:
        empty = _driver_of(connection).serialize()
    engine.dispose()
    finders = {
        table.logical_name: _finder(table, tables[table.storage])
        for table in schema.tables.values()
    }
    return Layout(metadata, tables, finders, empty)


def _driver_of(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("the mock needs SQLite")
    return driver


def _finder(table: Table, sql: sa.Table) -> str:
    """Return the text that finds a row of the table by its key."""
    conditions = [sql.c[table.primary_id] == sa.bindparam("row_id")]
    if table.elastic:
        conditions.append(sql.c.partitionid == sa.bindparam("partition"))
    if table.discriminator:
        kind: sa.ColumnElement[str] = sa.literal_column(f"'{table.discriminator}'")
        conditions.append(sql.c.activitytypecode == kind)
    dialect = sqlite.dialect(paramstyle="named")
    return str(sa.select(sql).where(*conditions).compile(dialect=dialect))


def _sql_tables(metadata: sa.MetaData, schema: Schema) -> dict[str, sa.Table]:
    """Return one SQL table per storage, with the columns of all tables kept in it."""
    columns: dict[str, dict[str, sa.Column[Any]]] = {}
    owners: dict[str, Table] = {}
    for table in schema.tables.values():
        owners.setdefault(table.storage, table)
        known = columns.setdefault(table.storage, {})
        for column in table.columns.values():
            known.setdefault(column.name, sa.Column(column.name, SQL_TYPES[column.kind]))
            if column.type_name:
                known.setdefault(column.type_name, sa.Column(column.type_name, sa.String()))
    return {
        storage: sa.Table(
            storage,
            metadata,
            sa.Column("_sequence", sa.Integer, primary_key=True),
            sa.Column("_expires", sa.Float, index=True),
            *known.values(),
            *_indexes(owners[storage]),
        )
        for storage, known in columns.items()
    }


def _indexes(table: Table) -> list[sa.Index]:
    """Return the unique key, and an index for each lookup and day that queries go by."""
    name = table.storage
    identity = [table.primary_id, *(["partitionid"] if table.elastic else [])]
    days = [column.name for column in table.columns.values() if column.kind is Kind.DAY]
    searched = [
        column.name
        for column in table.columns.values()
        if column.name in INDEXED
        or (column.kind is Kind.LOOKUP and column.creatable and column.name != "ownerid")
    ]
    return [
        sa.Index(f"key_{name}", *identity, unique=True),
        *([sa.Index(f"part_{name}", "partitionid", *days)] if table.elastic else []),
        *(sa.Index(f"by_{name}_{column}", column, *days) for column in searched),
    ]
