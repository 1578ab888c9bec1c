"""What the platform adds to rows that are made over the Web API."""

from uuid import uuid5

import sqlalchemy as sa

from tests.mock_dataverse.cases import withdraw_resolutions
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import DUPLICATE_RECORD, DataverseError, not_simulated
from tests.mock_dataverse.payloads import Payload
from tests.mock_dataverse.platform_rows import PLATFORM
from tests.mock_dataverse.roles import copy_roles
from tests.mock_dataverse.states import ACTIVE, RESOLVED
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

NON_INTERACTIVE = 4


def completed(env: Environment, table: Table, payload: Payload) -> Payload:
    """Return the payload with what the platform knows itself: who an application user is."""
    if table.logical_name != "systemuser":
        return payload
    application = payload.values.get("applicationid")
    if application is None:
        raise not_simulated("creating users other than application users")
    sql = env.store.sql(table)
    if env.store.select(sa.select(sql.c.systemuserid).where(sql.c.applicationid == application)):
        raise DataverseError(412, DUPLICATE_RECORD, "The application has a user already.")
    known: Row = {
        "fullname": f"# {application}",
        "azureactivedirectoryobjectid": str(uuid5(PLATFORM, f"principal/{application}")),
        "accessmode": NON_INTERACTIVE,
        "isdisabled": 0,
        "islicensed": 0,
        "isintegrationuser": 0,
    }
    return Payload(known | payload.values, payload.references)


def after_creation(env: Environment, table: Table, row: Row) -> None:
    """Do what follows from a new row."""
    if table.logical_name == "businessunit":
        copy_roles(env, row)


def after_change(env: Environment, table: Table, before: Row, after: Row) -> None:
    """Do what follows from a changed row."""
    reopened = before.get("statecode") == RESOLVED and after["statecode"] == ACTIVE
    if table.logical_name == "incident" and reopened:
        withdraw_resolutions(env, str(after["incidentid"]))
