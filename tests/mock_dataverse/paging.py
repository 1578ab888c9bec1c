"""Order and pages: an opaque token remembers the last row, and refuses to be tampered with."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from tests.mock_dataverse.calls import Call
from tests.mock_dataverse.columns import Kind, Stored
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_query
from tests.mock_dataverse.options import Order
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

SEAL = b"the mock's own paging cookies"
COOKIE = re.compile(
    r'<cookie pagenumber="(\d+)" pagingcookie="([\w=-]+)\.([0-9a-f]{16})" istracking="False" />'
)


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key to sort by; its value is selected as ``label``, so that the next page can start."""

    label: str
    element: sa.ColumnElement[Any]
    descending: bool

    @property
    def sorted(self) -> sa.ColumnElement[Any]:
        return self.element.desc() if self.descending else self.element.asc()

    def after(self, value: Stored) -> sa.ColumnElement[bool]:
        """Return the condition to come later than a row with this value; no value comes first."""
        if value is None:
            return sa.false() if self.descending else self.element.is_not(None)
        if self.descending:
            return sa.or_(self.element < value, self.element.is_(None))
        return self.element > value


def order_keys(env: Environment, table: Table, orders: tuple[Order, ...]) -> list[OrderKey]:
    """Return the keys asked for, then the primary key, so that pages never overlap."""
    sql = env.store.sql(table)
    identity = [table.primary_id, *(["partitionid"] if table.elastic else [])]
    elements = [(_element(env, table, order), order.descending) for order in orders]
    elements += [(sql.c[name], False) for name in identity]
    return [
        OrderKey(f"_order_{place}", element, descending)
        for place, (element, descending) in enumerate(elements)
    ]


def position_after(keys: list[OrderKey], values: list[Stored]) -> sa.ColumnElement[bool]:
    """Return the condition to come after the row that had these values."""
    later = []
    for place, key in enumerate(keys):
        same = [
            earlier.element.is_(value) if value is None else earlier.element == value
            for earlier, value in zip(keys[:place], values, strict=False)
        ]
        later.append(sa.and_(*same, key.after(values[place])))
    return sa.or_(*later)


def next_link_query(call: Call, keys: list[OrderKey], last: Row, page: int) -> str:
    """Return the query string of the next page: every option again, and the token."""
    values = json.dumps([last[key.label] for key in keys]).encode()
    text = base64.urlsafe_b64encode(values).decode()
    kept = [pair for pair in call.query.split("&") if not _is_token(pair)]
    cookie = (
        f'<cookie pagenumber="{page}" pagingcookie="{text}.{_seal(call, text, page)}"'
        ' istracking="False" />'
    )
    return "&".join([*filter(None, kept), f"$skiptoken={quote(cookie, safe='')}"])


def read_token(call: Call, token: str) -> tuple[int, list[Stored]]:
    """Return the page's number and where it starts.

    Raises:
        DataverseError: 400, the token is not one we gave for this query.
    """
    match = COOKIE.fullmatch(token)
    if match is None or _seal(call, match[2], int(match[1])) != match[3]:
        raise bad_query("Malformed paging cookie: the skiptoken is not valid for this query.")
    return int(match[1]), json.loads(base64.urlsafe_b64decode(match[2]))


def _element(env: Environment, table: Table, order: Order) -> sa.ColumnElement[Any]:
    sql, column = env.store.sql(table), order.column
    if column.kind is not Kind.LOOKUP:
        return sql.c[column.name]
    # A lookup sorts by the name of the row it leads to.
    names = []
    for target_name in dict.fromkeys(column.targets.values()):
        target = env.schema.table(target_name)
        related = env.store.sql(target).alias()
        names.append(
            sa.select(related.c[target.primary_name])
            .where(related.c[target.primary_id] == sql.c[column.name])
            .scalar_subquery()
        )
    return sa.func.coalesce(*names) if len(names) > 1 else names[0]


def _is_token(pair: str) -> bool:
    return pair.partition("=")[0] in {"$skiptoken", "%24skiptoken"}


def _seal(call: Call, text: str, page: int) -> str:
    options = {name: value for name, value in call.options.items() if name != "$skiptoken"}
    sealed = json.dumps([call.path, options, text, page]).encode()
    return hmac.new(SEAL, sealed, hashlib.sha256).hexdigest()[:16]
