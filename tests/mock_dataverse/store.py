"""Rows in SQLite, through SQLAlchemy Core: one connection, transactions that nest.

A stored row is a plain dict by column name, plus ``_sequence`` (order of creation), ``_expires``
(elastic, epoch seconds) and ``<lookup>__type`` of polymorphic lookups. The caller holds the lock.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool

from tests.mock_dataverse.columns import Stored
from tests.mock_dataverse.layout import (
    FIRST_VERSION,
    Image,
    Layout,
    driver_of,
    finder,
    place,
    sql_table,
)
from tests.mock_dataverse.tables import Table

Row = dict[str, Stored]


class DuplicateRowError(Exception):
    """The id is taken."""


def engine_of(database: str) -> sa.Engine:
    """Return what opens a database; one connection to it is one environment."""
    return sa.create_engine(
        f"sqlite:///{database}",
        poolclass=NullPool,
        connect_args={"check_same_thread": False},
        isolation_level="AUTOCOMMIT",
        query_cache_size=5_000,
    )


IN_MEMORY = engine_of(":memory:")
"""It keeps the statements that it compiled, for all the environments of a process."""


class Store:
    """All rows of one environment.

    Queries are SQLAlchemy expressions. The few statements every request needs are compiled once
    and given to the driver as they are, which is several times faster.
    """

    def __init__(self, image: Image, database: str) -> None:
        is_new = database == ":memory:" or not Path(database).exists()
        if is_new and database != ":memory:":
            Path(database).write_bytes(image.content)
        engine = IN_MEMORY if database == ":memory:" else engine_of(database)
        self._tables = dict(image.layout.tables)
        self._finders = dict(image.layout.finders)
        self._elastic = list(image.layout.elastic)
        self._connection = engine.connect()
        self._driver = driver_of(self._connection)
        if database == ":memory:":
            self._driver.deserialize(image.content)
        self._driver.execute("PRAGMA synchronous=OFF")
        self._depth = 0
        self._watching: list[list[tuple[Table, Row]]] = []
        self._next_expiry = 0.0
        self.version = image.version if is_new else self._last_version()

    def close(self) -> None:
        self._connection.close()

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

    @contextmanager
    def watched(self) -> Iterator[list[tuple[Table, Row]]]:
        """Collect the rows that are changed or removed inside, as they were; may be nested."""
        self._watching.append([])
        try:
            yield self._watching[-1]
        finally:
            self._watching.pop()

    def _show(self, table: Table, sequence: Stored) -> None:
        """Let whoever watches see a row before it changes."""
        if self._watching:
            sql = self.sql(table)
            (row,) = self.select(sa.select(sql).where(sql.c["_sequence"] == sequence))
            for rows in self._watching:
                rows.append((table, row))

    def next_version(self) -> int:
        self.version += 1
        return self.version

    def find(self, table: Table, row_id: str, partition: str | None = None) -> Row | None:
        """Return one row; an elastic one without a partition is looked for in its default one."""
        values = {"row_id": row_id, "partition": partition or row_id}
        cursor = self._driver.execute(self._finders[place(table)], values)
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
        self._show(table, sequence)
        sql = self.sql(table)
        self._connection.execute(sa.update(sql).where(sql.c["_sequence"] == sequence), changes)

    def _watch_expiry(self, row: Row) -> None:
        expires = row.get("_expires")
        if expires is not None:
            self._next_expiry = min(self._next_expiry, float(expires))

    def remove(self, table: Table, sequence: Stored) -> None:
        self._show(table, sequence)
        sql = self.sql(table)
        self._connection.execute(sa.delete(sql).where(sql.c["_sequence"] == sequence))

    def expire(self, epoch_seconds: float) -> None:
        """Remove the elastic rows whose time-to-live is over."""
        if epoch_seconds < self._next_expiry:
            return
        soonest = []
        for sql in (self._tables[storage] for storage in self._elastic):
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

    def image(self) -> Image:
        """Return the database as it is now."""
        layout = Layout(self._tables, self._finders, tuple(self._elastic))
        return Image(layout, self._driver.serialize(), self.version)

    def add(self, table: Table) -> None:
        """Make room for the rows of a new table, or for new columns of a known one."""
        sql = sql_table(table)
        known = self._tables.get(table.storage)
        if known is None:
            sql.create(self._connection)
            self._elastic += [table.storage] if table.elastic else []
        else:
            kind = sqlite.dialect()
            for column in sql.c:
                if column.name not in known.c:
                    described = f"{column.name} {column.type.compile(kind)}"
                    self._driver.execute(f"ALTER TABLE {table.storage} ADD COLUMN {described}")
        self._tables[table.storage] = sql
        self._finders[place(table)] = finder(table, sql)

    def _last_version(self) -> int:
        newest = [
            self.scalar(sa.select(sa.func.max(sql.c.versionnumber)))
            for storage, sql in self._tables.items()
            if storage not in self._elastic
        ]
        return max([FIRST_VERSION, *(int(version) for version in newest if version)])
