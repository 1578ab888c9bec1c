"""Elastic tables are eventually consistent: who sees which write when, and session tokens."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.mock_dataverse.errors import INVALID_ARGUMENT, bad_request
from tests.mock_dataverse.store import Row, Store
from tests.mock_dataverse.tables import Table

TOKEN = re.compile(r"112:5#(\d+)#7=-1")


@dataclass(slots=True)
class ElasticWrite:
    """One write: the row before and after it (None: no row), and how many reads missed it."""

    number: int
    table: Table
    row_id: str
    partition: str
    before: Row | None
    after: Row | None
    hidden_reads: int
    hidden_until: datetime
    missed: int = 0

    def put(self, store: Store, image: Row | None) -> None:
        found = store.find(self.table, self.row_id, self.partition)
        if found is not None:
            store.remove(self.table, found["_sequence"])
        if image is not None:
            store.insert(self.table, image)


class ElasticHistory:
    """The latest writes. By default everybody sees them at once.

    With ``lag_reads`` a write stays hidden from that many reads, with ``lag_seconds`` for so long;
    a reader with the session token of a write sees it and all before it.
    """

    def __init__(self) -> None:
        self.lag_reads = 0
        self.lag_seconds = 0.0
        self._number = 0
        self._arrived: dict[str, int] = {}
        self._writes: list[ElasticWrite] = []

    def record(
        self, table: Table, *, before: Row | None, after: Row | None, now: datetime
    ) -> ElasticWrite:
        self._number += 1
        row = after or before or {}
        write = ElasticWrite(
            self._number,
            table,
            str(row[table.primary_id]),
            str(row["partitionid"]),
            before,
            after,
            self.lag_reads,
            now + timedelta(seconds=self.lag_seconds),
        )
        self._writes.append(write)
        return write

    @property
    def token(self) -> str:
        """The session token of the newest write."""
        return f"112:5#{self._number}#7=-1"

    @property
    def position(self) -> int:
        return self._number

    def since(self, position: int) -> list[ElasticWrite]:
        return [write for write in self._writes if write.number > position]

    def forget_visible(self, now: datetime) -> None:
        """Let go of the writes that everybody sees."""
        for write in self._writes:
            if not self._lags(write, now):
                self._arrived[write.table.storage] = write.number
        self._writes = [write for write in self._writes if not self._has_arrived(write)]

    @contextmanager
    def as_seen(
        self, store: Store, table: Table, *, token: str | None, now: datetime
    ) -> Iterator[None]:
        """Show the table as a reader with this token (or none) sees it."""
        known = _number_of(token)
        self.forget_visible(now)
        hidden = [
            write
            for write in self._writes
            if write.number > known and write.table.storage == table.storage
        ]
        if not hidden:
            yield
            return
        with store.undone():
            for write in reversed(hidden):
                write.put(store, write.before)
            yield
        for write in hidden:
            write.missed += 1

    def _lags(self, write: ElasticWrite, now: datetime) -> bool:
        waits = self.lag_seconds > 0 and now < write.hidden_until
        return waits or write.missed < min(self.lag_reads, write.hidden_reads)

    def _has_arrived(self, write: ElasticWrite) -> bool:
        # Writes arrive in their order: who sees one sees all before it.
        return write.number <= self._arrived.get(write.table.storage, 0)


def _number_of(token: str | None) -> int:
    if token is None:
        return 0
    match = TOKEN.fullmatch(token)
    if match is None:
        raise bad_request(INVALID_ARGUMENT, f"'{token}' is no session token of this environment.")
    return int(match[1])
