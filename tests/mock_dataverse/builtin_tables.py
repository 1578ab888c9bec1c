"""Dataverse's own tables, as far as our calls and the settings framework touch them."""

from collections.abc import Iterable
from dataclasses import replace

from tests.mock_dataverse.columns import Column, Level
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    IMPORTED,
    STAMPS,
    Collection,
    Ownership,
    States,
    Table,
    Writes,
    choice,
    create_only,
    guid,
    lookup,
    memo,
    moment,
    read_only,
    state_columns,
    system_columns,
    text,
    wanted,
    whole,
    yes_no,
)


def builtin(
    schema_name: str,
    entity_set: str,
    *columns: Column,
    primary_id: str = "",
    primary_name: str = "name",
    ownership: Ownership = Ownership.ORGANIZATION,
    states: States | None = None,
    collections: dict[str, Collection] | None = None,
    privilege_name: str = "",
    writes: Writes = Writes.ALL,
    layered: bool = False,
    navigation: str = "{}",
    without: Iterable[str] = (),
) -> Table:
    """Return a table of Dataverse's own; ``columns`` may tell of a system column what differs."""
    name = schema_name.lower()
    identity = primary_id or f"{name}id"
    columns_by_name = {
        column.name: column
        for column in (
            guid(identity),
            *columns,
            *system_columns(ownership, elastic=False, navigation=navigation, without=without),
            *(state_columns(states) if states else ()),
            *columns,
        )
    }
    return Table(
        schema_name=schema_name,
        entity_set=entity_set,
        label=schema_name,
        primary_id=identity,
        primary_name=primary_name,
        columns=columns_by_name,
        ownership=ownership,
        storage=name,
        privilege_name=privilege_name or schema_name,
        states=states,
        collections=collections or {},
        writes=writes,
        layered=layered,
    )


CASE_STATES = States(
    labels={0: "Active", 1: "Resolved", 2: "Cancelled"},
    statuses={
        0: {1: "In Progress", 2: "On Hold", 3: "Waiting for Details", 4: "Researching"},
        1: {5: "Problem Solved", 1000: "Information Provided"},
        2: {6: "Cancelled", 2000: "Merged"},
    },
)

LONGEST_TITLE = 300
"""200 in a new environment; an administrator may allow more."""

SATISFACTION = {
    1: "Very Dissatisfied",
    2: "Dissatisfied",
    3: "Neutral",
    4: "Satisfied",
    5: "Very Satisfied",
}

INCIDENT = builtin(
    "Incident",
    "incidents",
    wanted(text("title", LONGEST_TITLE)),
    create_only(text("ticketnumber", 100)),
    memo("description"),
    choice("prioritycode", {1: "High", 2: "Normal", 3: "Low"}),
    choice(
        "caseorigincode",
        {1: "Phone", 2: "Email", 3: "Web", 2483: "Facebook", 3986: "Twitter", 700610000: "IoT"},
    ),
    choice("casetypecode", {1: "Question", 2: "Problem", 3: "Request"}),
    choice("severitycode", {1: "Default Value"}),
    choice("customersatisfactioncode", SATISFACTION),
    yes_no("firstresponsesent"),
    yes_no("isescalated"),
    read_only(moment("escalatedon")),
    moment("followupby"),
    moment("resolveby"),
    moment("responseby"),
    lookup("customerid", "account", "contact", required=True),
    lookup("primarycontactid", "contact"),
    lookup("parentcaseid", "incident"),
    lookup("masterid", "incident"),
    read_only(yes_no("merged")),
    read_only(whole("numberofchildincidents")),
    primary_name="title",
    ownership=Ownership.USER,
    states=CASE_STATES,
    collections={
        "Incident_ActivityPointers": Collection(
            table="activitypointer", lookup="regardingobjectid"
        ),
        "Incident_Tasks": Collection(table="task", lookup="regardingobjectid"),
        "Incident_Phonecalls": Collection(table="phonecall", lookup="regardingobjectid"),
        "Incident_Emails": Collection(table="email", lookup="regardingobjectid"),
        "Incident_Appointments": Collection(table="appointment", lookup="regardingobjectid"),
        "Incident_IncidentResolutions": Collection(table="incidentresolution", lookup="incidentid"),
    },
)

ACCESS_MODES = {
    0: "Read-Write",
    1: "Administrative",
    2: "Read",
    3: "Support User",
    4: "Non-interactive",
    5: "Delegated Admin",
}

SYSTEM_USER = builtin(
    "SystemUser",
    "systemusers",
    read_only(text("fullname")),
    wanted(text("firstname", 256)),
    wanted(text("lastname", 256)),
    text("title", 128),
    text("domainname", 1024),
    text("internalemailaddress", 100),
    read_only(guid("azureactivedirectoryobjectid")),
    guid("applicationid", updatable=True),
    replace(yes_no("isdisabled"), creatable=False),
    yes_no("islicensed", required=True),
    yes_no("isintegrationuser", required=True),
    choice("accessmode", ACCESS_MODES, required=True),
    read_only(text("entityimage_url")),
    lookup("businessunitid", "businessunit", required=True),
    primary_name="fullname",
    ownership=Ownership.BUSINESS,
    privilege_name="User",
)

BUSINESS_UNIT = builtin(
    "BusinessUnit",
    "businessunits",
    text("name", 160, required=True),
    wanted(lookup("parentbusinessunitid", "businessunit")),
    ownership=Ownership.BUSINESS,
)
ACCOUNT = builtin(
    "Account",
    "accounts",
    wanted(text("name", 160)),
    ownership=Ownership.USER,
    states=CUSTOM_STATES,
)
CONTACT = builtin(
    "Contact",
    "contacts",
    read_only(text("fullname", 160)),
    replace(text("firstname", 50), level=Level.RECOMMENDED),
    wanted(text("lastname", 50)),
    text("emailaddress1", 100),
    primary_name="fullname",
    ownership=Ownership.USER,
    states=CUSTOM_STATES,
)

# Only the first is named like its relationship, whose names are in lower case throughout.
OVERRIDES = {
    "settingdefinition_organizationsetting_settingdefinitionid": Collection(
        table="organizationsetting", lookup="settingdefinitionid"
    ),
    "settingdefinition_appsetting_settingdefinitionId": Collection(
        table="appsetting", lookup="settingdefinitionid"
    ),
}
SETTING_DEFINITION = builtin(
    "SettingDefinition",
    "settingdefinitions",
    text("uniquename", 256, required=True),
    text("displayname", 256),
    memo("description"),
    choice("datatype", {0: "Number", 1: "String", 2: "Boolean"}),
    text("defaultvalue", 4000),
    yes_no("isoverridable"),
    choice("overridablelevel", {0: "App and Organization", 1: "Organization Only", 2: "App Only"}),
    choice("releaselevel", {0: "GA", 1: "Early Access", 2: "Preview"}),
    yes_no("ishidden"),
    primary_name="displayname",
    states=CUSTOM_STATES,
    collections=OVERRIDES,
)


def _override(
    schema_name: str, *more: Column, privilege_name: str = "", layered: bool = False
) -> Table:
    return builtin(
        schema_name,
        f"{schema_name.lower()}s",
        text("uniquename", 256),
        text("displayname", 256),
        text("value", 4000),
        lookup("settingdefinitionid", "settingdefinition", required=True),
        *more,
        *(read_only(column) for column in state_columns(CUSTOM_STATES)),
        primary_name="displayname",
        privilege_name=privilege_name,
        states=CUSTOM_STATES,
        layered=layered,
    )


ORGANIZATION_SETTING = _override("OrganizationSetting")
APP_SETTING_PRIVILEGES = "SettingOfApp"
"""As no rule would have it: nobody public says what the privileges on the table are called."""
APP_SETTING = _override(
    "AppSetting",
    lookup("parentappmoduleid", "appmodule"),
    privilege_name=APP_SETTING_PRIVILEGES,
    layered=True,
)
APP_MODULE = builtin(
    "AppModule",
    "appmodules",
    guid("appmoduleid", updatable=True),
    text("name", 100, required=True),
    text("uniquename", 100, required=True),
    guid("appmoduleidunique"),
    navigation="appmodule_{}",
    layered=True,
)
APP_MODULE_COMPONENT = builtin(
    "AppModuleComponent",
    "appmodulecomponents",
    choice(
        "componenttype",
        {1: "Entities", 26: "Views", 29: "Business Process Flows", 59: "Charts", 60: "Forms"},
    ),
    guid("objectid"),
    # Names the app by its ``appmoduleidunique``.
    lookup("appmoduleidunique", "appmodule"),
    primary_name="appmodulecomponentid",
    without=(*STAMPS, *IMPORTED, "versionnumber"),
)

SERVICE_TABLES: tuple[Table, ...] = (
    BUSINESS_UNIT,
    SYSTEM_USER,
    ACCOUNT,
    CONTACT,
    INCIDENT,
    APP_MODULE,
    APP_MODULE_COMPONENT,
    SETTING_DEFINITION,
    ORGANIZATION_SETTING,
    APP_SETTING,
)
