"""PublishXml and PublishAllXml: what was written becomes what is read."""

from lxml import etree

from tests.mock_dataverse.builtin_tables import APP_MODULE
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.columns import GUID
from tests.mock_dataverse.customization_tables import SITE_MAP, SYSTEM_FORM, WEB_RESOURCE
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    ENTITY_NOT_FOUND,
    INVALID_ARGUMENT,
    PRIVILEGE_DENIED,
    bad_payload,
    bad_request,
    forbidden,
)
from tests.mock_dataverse.layers import publish_all, publish_row, publish_table
from tests.mock_dataverse.security import Caller


def require_customizer(caller: Caller) -> None:
    """Refuse whoever is no administrator; other roles that may customize are not simulated."""
    for principal in caller.principals:
        if not principal.everything:
            raise forbidden(
                PRIVILEGE_DENIED,
                f"Principal user (Id={principal.user_id}) is missing the privilege to customize.",
            )


def publish_all_xml(env: Environment, caller: Caller, _call: Call) -> Answer:
    """Publish everything."""
    require_customizer(caller)
    publish_all(env)
    return Answer(204)


def publish_xml(env: Environment, caller: Caller, call: Call) -> Answer:
    """Publish what the parameter names."""
    require_customizer(caller)
    text = call.json_body().get("ParameterXml")
    if not isinstance(text, str):
        raise bad_payload("'ParameterXml' is a text.")
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise bad_payload(f"'ParameterXml' is no XML: {error}") from error
    for group in root:
        for part in group:
            _publish_part(env, str(part.tag), (part.text or "").strip())
    return Answer(204)


ROWS = {
    "webresource": WEB_RESOURCE,
    "dashboard": SYSTEM_FORM,
    "sitemap": SITE_MAP,
    "appmodule": APP_MODULE,
}
"""What is published by its id."""


def _publish_part(env: Environment, kind: str, named: str) -> None:
    match kind:
        case "entity" if named in env.schema.tables:
            publish_table(env, named)
        case "entity":
            raise bad_request(ENTITY_NOT_FOUND, f"The entity '{named}' was not found.")
        case "optionset" if named in env.schema.choices:
            return  # is there for all as soon as it is imported
        case _ if kind in ROWS and GUID.fullmatch(named.strip("{}")):
            publish_row(env, ROWS[kind], named.strip("{}").lower())
        case "customcontrol" if env.switches.controls_are_publishable:
            env.published_controls.add(named)  # has one layer: nothing of it is hidden
        case _:
            raise bad_request(INVALID_ARGUMENT, f"There is no {kind} '{named}' to publish.")
