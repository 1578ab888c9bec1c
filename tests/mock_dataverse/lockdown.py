"""*Block unmanaged customizations*: what an environment refuses, and where it says that it does.

Source: Power Platform docs ``alm/block-unmanaged-customizations``. The flag stands in the settings
of the organization, where only what somebody set is said. Whether endpoints and steps count as
customizations is published nowhere: here they do.
"""

import sqlalchemy as sa

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import UNEXPECTED, bad_request
from tests.mock_dataverse.platform_tables import ORGANIZATION
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import Table

REFUSAL = "This environment doesn't allow unmanaged customizations."
CUSTOMIZATIONS = frozenset(
    {
        "systemform",
        "serviceendpoint",
        "sdkmessageprocessingstep",
        "sdkmessageprocessingstepimage",
    }
)
FLAG = "IsLockdownOfUnmanagedCustomizationEnabled"


def show_settings(env: Environment) -> None:
    """Let the organization say whether it blocks them, as the switch says."""
    blocked = f"<{FLAG}>true</{FLAG}>" if env.switches.unmanaged_blocked else ""
    settings: Row = {"orgdborgsettings": f"<OrgSettings>{blocked}</OrgSettings>"}
    for row in env.store.select(sa.select(env.store.sql(ORGANIZATION))):
        put_row(env, ORGANIZATION, str(row["organizationid"]), settings)


def require_customizable(env: Environment, table: Table) -> None:
    """Refuse a write over the Web API to rows that are unmanaged customizations."""
    if table.logical_name in CUSTOMIZATIONS:
        require_unblocked(env)


def require_unblocked(env: Environment) -> None:
    """Refuse an unmanaged customization where they are blocked."""
    if env.switches.unmanaged_blocked:
        raise bad_request(UNEXPECTED, REFUSAL)
