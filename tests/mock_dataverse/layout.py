"""How tables are laid out in SQLite, and a database to begin with."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool

from tests.mock_dataverse.columns import Kind
from tests.mock_dataverse.tables import Table

SQL_TYPES: dict[Kind, sa.types.TypeEngine[Any]] = {
    Kind.GUID: sa.String(),
    Kind.LOOKUP: sa.String(),
    Kind.TEXT: sa.String(collation="NOCASE"),
    Kind.WHOLE: sa.Integer(),
    Kind.BIG: sa.BigInteger(),
    Kind.DOUBLE: sa.Float(),
    Kind.BOOLEAN: sa.Integer(),
    Kind.CHOICE: sa.Integer(),
    Kind.MOMENT: sa.String(),
    Kind.DAY: sa.String(),
}
INDEXED = frozenset({"settingdefinitionid", "azureactivedirectoryobjectid", "regardingobjectid"})
FIRST_VERSION = 1_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """Each storage as SQL, and the text that finds a row of a table by its key."""

    tables: dict[str, sa.Table]
    finders: dict[tuple[str, str | None], str]
    elastic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A database as SQLite keeps it, and the newest version number in it."""

    layout: Layout
    content: bytes
    version: int


def empty_image(tables: Iterable[Table]) -> Image:
    """Return a database without rows."""
    every = list(tables)
    metadata = sa.MetaData()
    layout = Layout(
        _sql_tables(metadata, every),
        {},
        tuple(table.storage for table in every if table.elastic),
    )
    layout.finders.update(
        {place(table): finder(table, layout.tables[table.storage]) for table in every}
    )
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    with engine.connect() as connection:
        content = driver_of(connection).serialize()
    engine.dispose()
    return Image(layout, content, FIRST_VERSION)


def place(table: Table) -> tuple[str, str | None]:
    """Return where the rows of a table are: in a storage, perhaps among others of its kind."""
    return table.storage, table.discriminator


def driver_of(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("the mock needs SQLite")
    return driver


def finder(table: Table, sql: sa.Table) -> str:
    """Return the text that finds a row of the table by its key."""
    conditions = [sql.c[table.primary_id] == sa.bindparam("row_id")]
    if table.elastic:
        conditions.append(sql.c.partitionid == sa.bindparam("partition"))
    if table.discriminator:
        kind: sa.ColumnElement[str] = sa.literal_column(f"'{table.discriminator}'")
        conditions.append(sql.c.activitytypecode == kind)
    dialect = sqlite.dialect(paramstyle="named")
    return str(sa.select(sql).where(*conditions).compile(dialect=dialect))


def sql_table(table: Table) -> sa.Table:
    """Return the SQL of a table that has a storage of its own."""
    return _sql_tables(sa.MetaData(), [table])[table.storage]


def _sql_tables(metadata: sa.MetaData, tables: list[Table]) -> dict[str, sa.Table]:
    """Return one SQL table per storage, with the columns of all tables kept in it."""
    columns: dict[str, dict[str, sa.Column[Any]]] = {}
    owners: dict[str, Table] = {}
    for table in tables:
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
            sa.Column("_expires", sa.Float, index=owners[storage].elastic),
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
