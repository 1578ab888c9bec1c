"""The security roles of the solution: who may do what to which table, and how far.

A depth is a reach: ``USER`` is one's own rows, ``ORGANIZATION`` all of them. Privileges on
Dataverse's own tables are the least that our calls need.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from solution.model.tables import TABLES


class Depth(IntEnum):
    """How far a privilege reaches, least first."""

    USER = 1
    BUSINESS_UNIT = 2
    BUSINESS_UNIT_AND_CHILDREN = 3
    ORGANIZATION = 4


class Access(IntEnum):
    """What a privilege allows, numbered as Dataverse's AccessRights flags."""

    READ = 1
    WRITE = 2
    APPEND = 4
    APPEND_TO = 16
    CREATE = 32
    DELETE = 65536
    SHARE = 262144
    ASSIGN = 524288


Privileges = dict[tuple[str, Access], Depth]

ALL = Depth.ORGANIZATION
OWN = Depth.USER
UNIT = Depth.BUSINESS_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A security role; ``acts_on_behalf`` is ``prvActOnBehalfOfAnotherUser``.

    What is ``where_offered`` is in no file of the solution, because nobody public says what it is
    called and one unknown name ends an import: the deployment asks the environment for it.
    """

    name: str
    description: str
    privileges: Privileges = field(hash=False)
    acts_on_behalf: bool = False
    where_offered: Privileges = field(default_factory=dict, hash=False)


def _allow(table: str, depth: Depth, *accesses: Access) -> Privileges:
    return {(table, access): depth for access in accesses}


def _read(depth: Depth, *tables: str) -> Privileges:
    return {(table, Access.READ): depth for table in tables}


NEW_ROWS = (Access.CREATE, Access.READ, Access.APPEND)
"""What it takes to add rows that refer to others and to see them."""
SETTING_TABLES = ("settingdefinition", "organizationsetting", "appmodule")
SETTINGS_OF_APPS = _read(ALL, "appsetting")
ACTIVITY = "activitypointer"
"""Dataverse has one privilege for activities of every kind."""

REPRESENTATIVE = Role(
    name="Case Time Representative",
    description="Tracks and logs own time. Give it together with a customer service role.",
    privileges=_allow("cht_focussegment", OWN, *NEW_ROWS)
    | _allow("cht_timeadjustment", OWN, *NEW_ROWS)
    | _allow("cht_automatictime", OWN, *NEW_ROWS, Access.WRITE)
    | _allow("cht_timelog", OWN, *NEW_ROWS, Access.WRITE, Access.DELETE)
    | _allow("incident", ALL, Access.APPEND_TO)
    | _read(ALL, "systemuser", *SETTING_TABLES)
    # Rows name their representative. Users belong to business units, so this is the least.
    | _allow("systemuser", UNIT, Access.APPEND_TO)
    # A case is read with its resolutions; without any right to activities it could not be read.
    | _read(OWN, ACTIVITY),
    where_offered=SETTINGS_OF_APPS,
)

SUPERVISOR = Role(
    name="Case Time Supervisor",
    description="Reads everybody's time and writes none.",
    privileges=_read(ALL, *(table.logical_name for table in TABLES), "systemuser", *SETTING_TABLES),
    where_offered=SETTINGS_OF_APPS,
)

SERVICE = Role(
    name="Case Time Service",
    description="The application user of the functions: reads for totals, acts for people.",
    acts_on_behalf=True,
    privileges=_read(ALL, "incident", "systemuser", ACTIVITY, *SETTING_TABLES)
    | _allow("incident", ALL, Access.APPEND_TO)
    | _allow("systemuser", ALL, Access.APPEND_TO)
    | _allow("cht_focussegment", ALL, *NEW_ROWS)
    # An adjustment is written again only to say for which case it counts, after a merge.
    | _allow("cht_timeadjustment", ALL, *NEW_ROWS, Access.WRITE)
    | _allow("cht_automatictime", ALL, *NEW_ROWS, Access.WRITE)
    | _allow("cht_timelog", ALL, *NEW_ROWS, Access.WRITE)
    | _allow("cht_casehandlingtime", ALL, *NEW_ROWS, Access.WRITE)
    # A snapshot is written once.
    | _allow("cht_handlingtimesnapshot", ALL, *NEW_ROWS),
    where_offered=SETTINGS_OF_APPS,
)

ROLES = (REPRESENTATIVE, SUPERVISOR, SERVICE)
