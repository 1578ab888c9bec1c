"""Lists and single rows: filters, order, pages, counts and expands."""

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.addresses import RowKey
from tests.mock_dataverse.calls import Answer, Call, Preferences, json_answer
from tests.mock_dataverse.environment import SERVICE_ROOT, Environment
from tests.mock_dataverse.errors import bad_query, not_simulated
from tests.mock_dataverse.expanding import Expander
from tests.mock_dataverse.filters import Filters, SqlCondition
from tests.mock_dataverse.keys import missing
from tests.mock_dataverse.limits import ELASTIC_PAGE_ROWS, PAGE_ROWS
from tests.mock_dataverse.options import Options, parse_options, require_no_join
from tests.mock_dataverse.paging import next_link_query, order_keys, position_after, read_token
from tests.mock_dataverse.presenting import Presenter, columns_to_show, etag
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

SESSION_HEADER = "MSCRM.SessionToken"


def list_rows(
    env: Environment,
    caller: Caller,
    table: Table,
    call: Call,
    *,
    within: tuple[SqlCondition, ...] = (),
) -> Answer:
    """Answer a GET of an entity set; ``within`` narrows it to a related collection."""
    env.require_offered(table.logical_name)
    options = parse_options(table, call.options)
    require_no_join(table, options)
    if call.preferences.track_changes:
        raise not_simulated("change tracking")
    caller.require_privilege(table, Access.READ)
    with env.elastic.as_seen(env.store, table, token=call.headers.get(SESSION_HEADER), now=env.now):
        body = _page(env, caller, table, call, options=options, within=within)
    return json_answer(body, headers=applied(call.preferences))


def count_of_set(
    env: Environment,
    caller: Caller,
    table: Table,
    call: Call,
    *,
    within: tuple[SqlCondition, ...] = (),
) -> Answer:
    """Answer ``<set>/$count``: a number as text, never more than a page can hold.

    Documentation warns of the byte order mark before it (``webapi/retrieve-entity-using-web-api``).
    """
    options = parse_options(table, call.options)
    caller.require_privilege(table, Access.READ)
    token = call.headers.get(SESSION_HEADER)
    with env.elastic.as_seen(env.store, table, token=token, now=env.now):
        number = _count(env, table, [*matching(env, caller, table, options), *within])
    return Answer(
        200, {"Content-Type": "text/plain"}, str(min(number, _most(env, table))).encode("utf-8-sig")
    )


def one_row(env: Environment, caller: Caller, table: Table, key: RowKey, call: Call) -> Answer:
    """Answer a GET of one row: 200, 304 if the caller has it, 404 if it is not there."""
    options = parse_options(table, call.options)
    partition = key.partition or options.partition or _only_partition(env, table, key.row_id)
    with env.elastic.as_seen(env.store, table, token=call.headers.get(SESSION_HEADER), now=env.now):
        row = env.store.find(table, key.row_id, partition)
        if row is None:
            raise missing(table, key)
        caller.require(table, Access.READ, row)
        if _is_known(table, row, call):
            return Answer(304, {"ETag": etag(table, row)})
        body = single(env, caller, table, row, call, options=options)
    return json_answer(body, headers={"ETag": etag(table, row), **applied(call.preferences)})


def _only_partition(env: Environment, table: Table, row_id: str) -> str | None:
    """Return the partition of the row with this id, where the id alone finds it."""
    if not table.elastic or env.switches.elastic_id_alone == "default partition":
        return None
    sql = env.store.sql(table)
    found = env.store.select(sa.select(sql).where(sql.c[table.primary_id] == row_id))
    return next((str(row["partitionid"]) for row in found), None)


def single(
    env: Environment, caller: Caller, table: Table, row: Row, call: Call, *, options: Options
) -> dict[str, object]:
    """Return the JSON of one row with its context."""
    names = _selected_names(table, options)
    context = f"{env.root}$metadata#{table.entity_set}{names}/$entity"
    (shown,) = _present(env, caller, table, [row], options, call.preferences)
    return {"@odata.context": context, **shown}


def matching(
    env: Environment, caller: Caller, table: Table, options: Options
) -> list[SqlCondition]:
    """Return the conditions of a query: the filter, the partition, what the caller may see."""
    sql = env.store.sql(table)
    conditions = caller.visible(table, sql)
    if table.discriminator:
        conditions.append(sql.c.activitytypecode == table.discriminator)
    if options.partition is not None:
        conditions.append(sql.c.partitionid == options.partition)
    if options.condition is not None:
        filters = Filters(env.schema, env.store, str(caller.user_id))
        conditions.append(filters.where(table, sql, options.condition))
    return conditions


def addresses_of(
    env: Environment, caller: Caller, table: Table, within: tuple[SqlCondition, ...]
) -> list[str]:
    """Return where the rows are that the caller may see, in the order of creation."""
    caller.require_privilege(table, Access.READ)
    sql = env.store.sql(table)
    conditions = [*matching(env, caller, table, Options()), *within]
    rows = env.store.select(sa.select(sql).where(*conditions).order_by(sql.c["_sequence"]))
    return [env.url_of(table, row) for row in rows]


def applied(preferences: Preferences) -> dict[str, str]:
    text = preferences.applied()
    return {"Preference-Applied": text} if text else {}


def _page(
    env: Environment,
    caller: Caller,
    table: Table,
    call: Call,
    *,
    options: Options,
    within: tuple[SqlCondition, ...],
) -> dict[str, object]:
    sql = env.store.sql(table)
    conditions = [*matching(env, caller, table, options), *within]
    body = _envelope(env, table, call.preferences, options, conditions)
    keys = order_keys(env, table, options.order)
    page, condition = 1, None
    if options.skiptoken is not None:
        page, values = read_token(call, options.skiptoken)
        condition = position_after(keys, values)
    size, more_allowed = _page_size(env, table, call.preferences, options)
    rows = env.store.select(
        sa.select(sql, *(key.element.label(key.label) for key in keys))
        .where(*conditions, *([] if condition is None else [condition]))
        .order_by(*(key.sorted for key in keys))
        .limit(size + 1)
    )
    body["value"] = _present(env, caller, table, rows[:size], options, call.preferences)
    if len(rows) > size and more_allowed:
        query = next_link_query(call, keys, rows[size - 1], page + 1)
        body["@odata.nextLink"] = f"{env.base_url}{SERVICE_ROOT}{call.path}?{query}"
    return body


def _page_size(
    env: Environment, table: Table, preferences: Preferences, options: Options
) -> tuple[int, bool]:
    """Return the rows of a page and whether a next one may follow; a page size beats ``$top``."""
    most = _most(env, table)
    asked = preferences.page_size or options.top or PAGE_ROWS
    too_large = table.elastic and asked > ELASTIC_PAGE_ROWS
    if too_large and env.switches.large_elastic_pages_are_refused:
        raise bad_query(f"A page of '{table.logical_name}' holds {ELASTIC_PAGE_ROWS} rows at most.")
    if preferences.page_size:
        return min(preferences.page_size, most), True
    if options.top:
        return min(options.top, most), options.top > most
    return most, True


def _most(env: Environment, table: Table) -> int:
    return env.limits.elastic_page_rows if table.elastic else env.limits.page_rows


def _envelope(
    env: Environment,
    table: Table,
    preferences: Preferences,
    options: Options,
    conditions: list[SqlCondition],
) -> dict[str, object]:
    names = _selected_names(table, options)
    body: dict[str, object] = {
        "@odata.context": f"{env.root}$metadata#{table.entity_set}{names}",
    }
    most = _most(env, table)
    number = _count(env, table, conditions) if options.count else -1
    if options.count:
        body["@odata.count"] = min(number, most)
    prefix = "Microsoft.Dynamics.CRM."
    if preferences.wants(f"{prefix}totalrecordcount"):
        body[f"@{prefix}totalrecordcount"] = min(number, most)
        body[f"@{prefix}totalrecordcountlimitexceeded"] = number > most
        body[f"@{prefix}globalmetadataversion"] = "1"
    return body


def _count(env: Environment, table: Table, conditions: list[SqlCondition]) -> int:
    sql = env.store.sql(table)
    return int(
        env.store.scalar(sa.select(sa.func.count()).select_from(sql).where(*conditions)) or 0
    )


def _present(
    env: Environment,
    caller: Caller,
    table: Table,
    rows: list[Row],
    options: Options,
    preferences: Preferences,
) -> list[dict[str, object]]:
    expander = Expander(env, caller, Presenter(preferences, env.name_of))
    return expander.present(table, rows, options)


def _selected_names(table: Table, options: Options) -> str:
    expanded = [f"{part.navigation}()" for part in options.expands]
    if options.select is None and not expanded:
        return ""
    selected = columns_to_show(table, options.select) if options.select else []
    return f"({','.join([*(column.wire_name for column in selected), *expanded])})"


def _is_known(table: Table, row: Row, call: Call) -> bool:
    condition = call.condition("If-None-Match")
    if condition is None:
        return False
    if table.elastic:
        raise not_simulated("If-None-Match on elastic reads")
    if condition == "*":
        raise bad_query("If-None-Match: * has no meaning on a GET.")
    return condition == etag(table, row)
