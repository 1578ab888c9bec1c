"""The rows every environment with Customer Service has: people, messages, roles, case forms."""

from itertools import product
from pathlib import Path
from uuid import UUID, uuid5

from tests.mock_dataverse.customization_tables import CUSTOM_CONTROL, SYSTEM_FORM
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.layers import publish_all
from tests.mock_dataverse.platform_tables import (
    MESSAGE,
    MESSAGE_FILTER,
    ORGANIZATION,
    ORGANIZATION_ID,
    ROLE_TEMPLATE,
)
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.roles import (
    ADMINISTRATOR,
    CUSTOMER_SERVICE,
    hold,
    parts_of,
    put_privileges,
    put_role,
)
from tests.mock_dataverse.security import ADMINISTRATOR_TEMPLATE
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Ownership, Table
from tests.mock_dataverse.writing import SYSTEM_ID

ROOT_UNIT = UUID("00000000-0000-0000-0000-0000000000b0")
ADMINISTRATOR_ID = UUID("00000000-0000-0000-0000-00000000ad51")
PLATFORM = UUID("b8e0a4a4-0d4e-4a52-8f0f-6f2f3bb1d8a7")

MESSAGES = {
    "Assign": UUID("8cbdbb1b-ea3e-db11-86a7-000a3a5473e8"),
    "Create": UUID("9ebdbb1b-ea3e-db11-86a7-000a3a5473e8"),
    "Delete": UUID("a1bdbb1b-ea3e-db11-86a7-000a3a5473e8"),
    "Merge": UUID("dbbdbb1b-ea3e-db11-86a7-000a3a5473e8"),
    "Update": UUID("20bebb1b-ea3e-db11-86a7-000a3a5473e8"),
    "Close": uuid5(PLATFORM, "message/Close"),
    "Restore": uuid5(PLATFORM, "message/Restore"),
}
"""The ids of the first five are the same everywhere; those of the others are the mock's own."""
STEP_MESSAGES = ("Create", "Update", "Delete")
SETTING_TABLES = ("organizationsetting", "appsetting")
"""Nobody public shows a step on these: ``steps_on_setting_tables`` says whether they take any."""

WITH_MESSAGES = (
    "account",
    "contact",
    "incident",
    "task",
    "phonecall",
    "email",
    "appointment",
    *SETTING_TABLES,
)

FORMS = Path(__file__).parent / "forms"
CASE_FORMS = {
    "Case": "case.xml",
    "Case for Interactive experience": "case_for_interactive_experience.xml",
    "Case for Multisession experience": "case_for_interactive_experience.xml",
    "Enhanced full case form": "case_for_interactive_experience.xml",
}
"""The main forms of cases that Customer Service brings; the last three are alike in what counts."""
RICH_TEXT = "MscrmControls.RichTextEditor.RichTextEditorControl"


def put_platform(env: Environment) -> None:
    """Put in what is there before any solution of ours."""
    schema = env.schema
    unit: Row = {"name": "org"}
    put_row(env, schema.table("businessunit"), ROOT_UNIT, unit)
    put_row(env, schema.table("systemuser"), SYSTEM_ID, _person("SYSTEM", disabled=1))
    organization: Row = {"name": "org", "isauditenabled": 0}
    put_row(env, ORGANIZATION, ORGANIZATION_ID, organization)
    put_privileges(env, env.schema.privileges().values())
    for name, message_id in MESSAGES.items():
        put_row(env, MESSAGE, message_id, {"name": name, "isprivate": 0})
    for name in WITH_MESSAGES:
        put_messages(env, schema.table(name))
    for name in ("Close", "Merge", "Restore"):
        _put_filter(env, schema.table("incident"), name)
    _put_administrator(env)
    put_role(env, parts_of(schema, CUSTOMER_SERVICE))
    _put_forms(env)


def put_messages(env: Environment, table: Table) -> None:
    """Let steps hear of what happens to the rows of a table."""
    for name in STEP_MESSAGES:
        _put_filter(env, table, name)
    if table.ownership is Ownership.USER:
        _put_filter(env, table, "Assign")


def _put_filter(env: Environment, table: Table, message: str) -> None:
    values: Row = {
        "primaryobjecttypecode": table.logical_name,
        "iscustomprocessingstepallowed": int(table.logical_name not in SETTING_TABLES),
        "isvisible": 1,
        "availability": 0,
        "sdkmessageid": str(MESSAGES[message]),
    }
    put_row(env, MESSAGE_FILTER, filter_id(table.logical_name, message), values)


def filter_id(table: str, message: str) -> UUID:
    return uuid5(PLATFORM, f"filter/{table}/{message}")


def offer_steps(env: Environment) -> None:
    """Let the setting tables take steps, or not, as the switch says."""
    allowed: Row = {"iscustomprocessingstepallowed": int(env.switches.steps_on_setting_tables)}
    for table, message in product(SETTING_TABLES, STEP_MESSAGES):
        identity = filter_id(table, message)
        if env.store.find(MESSAGE_FILTER, str(identity)) is not None:
            put_row(env, MESSAGE_FILTER, identity, allowed)


def _person(name: str, *, disabled: int) -> Row:
    return {
        "fullname": name,
        "isdisabled": disabled,
        "islicensed": 0,
        "isintegrationuser": 0,
        "accessmode": 0,
        "businessunitid": str(ROOT_UNIT),
    }


def _put_administrator(env: Environment) -> None:
    put_row(env, ROLE_TEMPLATE, ADMINISTRATOR_TEMPLATE, {"name": ADMINISTRATOR.name})
    put_role(env, ADMINISTRATOR)
    person = _person("Administrator", disabled=0)
    put_row(env, env.schema.table("systemuser"), ADMINISTRATOR_ID, person)
    hold(env, str(ADMINISTRATOR_ID), str(ADMINISTRATOR.role_id))


def _put_forms(env: Environment) -> None:
    control: Row = {"name": RICH_TEXT, "version": "1.0.0"}
    put_row(env, CUSTOM_CONTROL, uuid5(PLATFORM, f"control/{RICH_TEXT}"), control)
    written = env.schema.written(SYSTEM_FORM)
    for name, file in CASE_FORMS.items():
        form = _case_form(name, file, default=int(name == "Case"))
        put_row(env, written, uuid5(PLATFORM, f"form/{name}"), form)
    publish_all(env)


def _case_form(name: str, file: str, *, default: int) -> Row:
    return {
        "name": name,
        "objecttypecode": "incident",
        "type": 2,
        "formactivationstate": 1,
        "isdefault": default,
        "ismanaged": 1,
        "formxml": (FORMS / file).read_text(encoding="utf-8"),
    }
