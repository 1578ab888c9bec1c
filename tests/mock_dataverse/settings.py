"""The settings framework: definitions, overrides and who wins."""

from uuid import uuid4

import sqlalchemy as sa

from solution.model.roles import Access
from tests.mock_dataverse.addresses import unquoted
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, bad_query, not_simulated
from tests.mock_dataverse.layers import publish_row, publish_unless_it_waits
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.writing import create_row, delete_row, update_row

BOTH, ENVIRONMENT_ONLY, APP_ONLY = 0, 1, 2


def set_override(
    env: Environment, caller: Caller | None, name: str, value: str | None, *, app: str | None
) -> None:
    """Write, change or (None) remove the override of a setting for an app or the organization.

    Raises:
        KeyError: there is no such setting.
    """
    definition = _definition(env, name)
    if definition is None:
        raise KeyError(f"there is no setting {name!r}")
    table = env.schema.written(env.schema.table("appsetting" if app else "organizationsetting"))
    found = _override_in(env, table, definition, app)
    if value is None:
        if found:
            delete_row(env, caller, table, found)
    elif found:
        update_row(env, caller, table, found, Payload({"value": value}, {}))
    else:
        found = _created(env, caller, table, definition, value, app)
    if found:
        publish_unless_it_waits(env, table, str(found[table.primary_id]))


def _created(
    env: Environment,
    caller: Caller | None,
    table: Table,
    definition: Row,
    value: str,
    app: str | None,
) -> Row:
    name = definition["uniquename"]
    values: Row = {
        "uniquename": f"{name}_{app}" if app else name,
        "value": value,
        "settingdefinitionid": definition["settingdefinitionid"],
    }
    if app:
        values["parentappmoduleid"] = _app_id(env, app)
    return create_row(env, caller, table, Payload(values, {}))


def retrieve_setting(
    env: Environment, caller: Caller, arguments: dict[str, str], call: Call
) -> Answer:
    """Answer RetrieveSetting: the app's value, else the organization's, else the default."""
    env.require_offered("RetrieveSetting")
    name = _argument(arguments, call, "SettingName")
    if name is None:
        raise bad_query("RetrieveSetting needs a SettingName.")
    app = _argument(arguments, call, "AppUniqueName")
    caller.require_privilege(env.schema.table("settingdefinition"), Access.READ)
    definition = _definition(env, name)
    if definition is None:
        raise not_simulated("RetrieveSetting of an unknown setting")
    detail = {
        "Name": name,
        "Value": _effective(env, definition, app),
        "DataType": definition["datatype"],
    }
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.RetrieveSettingResponse"
    return json_answer({"@odata.context": context, "SettingDetail": detail})


def save_setting(env: Environment, caller: Caller, call: Call) -> Answer:
    """Answer SaveSettingValue."""
    body = call.json_body()
    if body.keys() - {"SettingName", "Value", "AppUniqueName", "SolutionUniqueName"}:
        raise bad_payload("SaveSettingValue has no such parameter.")
    name, value, app = (body.get(key) for key in ("SettingName", "Value", "AppUniqueName"))
    if not isinstance(name, str) or not isinstance(value, str):
        raise bad_payload("'SettingName' and 'Value' are texts.")
    if app is not None and not isinstance(app, str):
        raise bad_payload("'AppUniqueName' is a text.")
    definition = _definition(env, name)
    forbidden_level = ENVIRONMENT_ONLY if app else APP_ONLY
    if definition is None or definition["overridablelevel"] == forbidden_level:
        raise not_simulated("SaveSettingValue of an unknown setting or a level it does not have")
    set_override(env, caller, name, value, app=app)
    return Answer(204)


def _argument(arguments: dict[str, str], call: Call, name: str) -> str | None:
    text = arguments.get(name)
    if text is not None and text.startswith("@"):
        text = call.options.get(text)
    return None if text is None else unquoted(text)


def _effective(env: Environment, definition: Row, app: str | None) -> str | None:
    level = definition["overridablelevel"]
    if definition["isoverridable"]:
        if app and level != ENVIRONMENT_ONLY and (found := _override(env, definition, app)):
            return _text(found["value"])
        if level != APP_ONLY and (found := _override(env, definition, None)):
            return _text(found["value"])
    return _text(definition["defaultvalue"])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _definition(env: Environment, name: str) -> Row | None:
    sql = env.store.sql(env.schema.table("settingdefinition"))
    return next(iter(env.store.select(sa.select(sql).where(sql.c.uniquename == name))), None)


def _override(env: Environment, definition: Row, app: str | None) -> Row | None:
    table = env.schema.table("appsetting" if app else "organizationsetting")
    return _override_in(env, table, definition, app)


def _override_in(env: Environment, table: Table, definition: Row, app: str | None) -> Row | None:
    sql = env.store.sql(table)
    conditions = [sql.c.settingdefinitionid == definition["settingdefinitionid"]]
    if app:
        conditions.append(sql.c.parentappmoduleid == _app_id(env, app))
    return next(iter(env.store.select(sa.select(sql).where(*conditions))), None)


def _app_id(env: Environment, app: str) -> str:
    """Return the id of an app; one that is not there yet is put in place."""
    table = env.schema.table("appmodule")
    sql = env.store.sql(table)
    found = env.store.select(sa.select(sql).where(sql.c.uniquename == app))
    if found:
        return str(found[0]["appmoduleid"])
    values: Row = {"appmoduleid": str(uuid4()), "name": app, "uniquename": app}
    created = create_row(env, None, env.schema.written(table), Payload(values, {}))
    publish_row(env, table, str(created["appmoduleid"]))
    return str(created["appmoduleid"])
