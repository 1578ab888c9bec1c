"""What the platform asks of its own rows beyond types and ranges: forms and steps."""

import sqlalchemy as sa
from lxml import etree

from tests.mock_dataverse.customization_tables import CUSTOM_CONTROL
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import INVALID_ARGUMENT, bad_request
from tests.mock_dataverse.platform_tables import MESSAGE, MESSAGE_FILTER
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

POST_OPERATION, ASYNCHRONOUS = 40, 1


def require_sound(env: Environment, table: Table, row: Row) -> None:
    """Raise 400 if the platform could not work with the row as it would be."""
    match table.logical_name:
        case "systemform":
            problem = form_problem(str(row["formxml"]), controls=controls_of(env))
        case "sdkmessageprocessingstep":
            problem = _step_problem(env, row)
        case _:
            problem = None
    if problem:
        raise bad_request(INVALID_ARGUMENT, problem)


def form_problem(text: str, *, controls: frozenset[str]) -> str | None:
    """Return why a form cannot be shown, or None."""
    try:
        form = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        return f"The form XML is not well-formed: {error}"
    if form.tag != "form":
        return f"The form XML begins with {form.tag!r}."
    for kind in ("tab", "section", "cell"):
        ids = [part.get("id", "").lower() for part in form.iter(kind)]
        doubled = {each for each in ids if ids.count(each) > 1}
        if doubled:
            return f"The form XML has the {kind} id {min(doubled)} twice."
    hosts = {part.get("uniqueid", "").lower() for part in form.iter("control")}
    for described in form.iter("controlDescription"):
        if described.get("forControl", "").lower() not in hosts:
            return f"No control has the unique id {described.get('forControl')}."
    for control in form.iter("customControl"):
        name = control.get("name")
        if name is not None and name.lower() not in controls:
            return f"There is no custom control '{name}'."
    return None


def controls_of(env: Environment) -> frozenset[str]:
    """Return the names of the custom controls that forms can use, in lower case."""
    sql = env.store.sql(CUSTOM_CONTROL)
    return frozenset(str(row["name"]).lower() for row in env.store.select(sa.select(sql.c.name)))


def _step_problem(env: Environment, row: Row) -> str | None:
    message = env.store.find(MESSAGE, str(row["sdkmessageid"]))
    if row["mode"] == ASYNCHRONOUS and row["stage"] != POST_OPERATION:
        return "Asynchronous steps run after the operation only."
    if row["filteringattributes"] and (message is None or message["name"] != "Update"):
        return "Only steps of Update are filtered by columns."
    if row["sdkmessagefilterid"] is None:
        return None
    heard = env.store.find(MESSAGE_FILTER, str(row["sdkmessagefilterid"]))
    if heard is None or heard["sdkmessageid"] != row["sdkmessageid"]:
        return "The message filter is not one of the message."
    if not heard["iscustomprocessingstepallowed"]:
        return "Custom steps are not allowed on the specified message and table."
    return None
