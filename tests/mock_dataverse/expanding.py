"""``$expand``: related rows inside of rows, each with its own options."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_query, not_simulated
from tests.mock_dataverse.filters import Filters
from tests.mock_dataverse.options import Expand, Options, parse_options, require_navigation
from tests.mock_dataverse.paging import order_keys
from tests.mock_dataverse.presenting import Presenter
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

Shown = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Expander:
    """Shows rows with what they expand, to one caller."""

    env: Environment
    caller: Caller
    presenter: Presenter

    def present(self, table: Table, rows: list[Row], options: Options) -> Shown:
        shown = [self.presenter.row(table, row, options.select) for row in rows]
        for part in options.expands:
            require_navigation(table, part.navigation)
            if part.navigation in table.navigations:
                self._single(table, rows, shown, part)
            else:
                self._collection(table, rows, shown, part)
        return shown

    def _single(self, table: Table, rows: list[Row], shown: Shown, part: Expand) -> None:
        column, target_name = table.navigations[part.navigation]
        target = self.env.schema.table(target_name)
        options = self._inner(target, part)
        if options.order or options.top or options.condition:
            raise bad_query("Only $select and $expand are allowed on a single-valued expand.")
        ids = {
            str(row[column.name])
            for row in rows
            if row[column.name]
            and (column.type_name is None or row[column.type_name] == target_name)
        }
        related = self._related(target, target.primary_id, ids, options)
        by_id = dict(
            zip(
                (str(row[target.primary_id]) for row in related),
                self.present(target, related, options),
                strict=True,
            )
        )
        for row, body in zip(rows, shown, strict=True):
            body[part.navigation] = by_id.get(str(row[column.name]))

    def _collection(self, table: Table, rows: list[Row], shown: Shown, part: Expand) -> None:
        collection = table.collections[part.navigation]
        target = self.env.schema.table(collection.table)
        options = self._inner(target, part)
        if options.expands and part.options.keys() & {"$orderby", "$top"}:
            raise bad_query("Only $select and $filter are allowed beside a nested expand.")
        ids = {str(row[table.primary_id]) for row in rows}
        related = self._related(target, collection.lookup, ids, options)
        groups: dict[str, Shown] = defaultdict(list)
        for row, body in zip(related, self.present(target, related, options), strict=True):
            groups[str(row[collection.lookup])].append(body)
        for row, body in zip(rows, shown, strict=True):
            body[part.navigation] = groups[str(row[table.primary_id])][: options.top]
            address = self.env.url_of(table, row)
            query = "&".join(f"{name}={quote(text)}" for name, text in part.options.items())
            body[f"{part.navigation}@odata.nextLink"] = f"{address}/{part.navigation}?{query}"

    def _inner(self, target: Table, part: Expand) -> Options:
        options = parse_options(target, part.options)
        for nested in options.expands:
            if nested.navigation in target.collections:
                raise not_simulated("a collection expanded inside an expand")
        return options

    def _related(self, target: Table, column: str, ids: set[str], options: Options) -> list[Row]:
        if target.elastic:
            raise not_simulated("expanding elastic rows")
        self.caller.require_privilege(target, Access.READ)
        if not ids:
            return []
        sql = self.env.store.sql(target)
        conditions = [sql.c[column].in_(sorted(ids)), *self.caller.visible(target, sql)]
        if target.discriminator:
            conditions.append(sql.c.activitytypecode == target.discriminator)
        if options.condition is not None:
            filters = Filters(self.env.schema, self.env.store, str(self.caller.user_id))
            conditions.append(filters.where(target, sql, options.condition))
        keys = [key.sorted for key in order_keys(self.env, target, options.order)]
        return self.env.store.select(sa.select(sql).where(*conditions).order_by(*keys))
