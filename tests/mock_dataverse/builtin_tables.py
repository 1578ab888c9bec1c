"""Dataverse's own tables, as far as our calls and the settings framework touch them."""

from tests.mock_dataverse.columns import LONGEST_TEXT, Column, Kind
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    Collection,
    Ownership,
    States,
    Table,
    Writes,
    choice,
    guid,
    lookup,
    memo,
    moment,
    read_only,
    state_columns,
    system_columns,
    text,
    whole,
    yes_no,
)

REGARDED = ("incident", "account", "contact")


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
) -> Table:
    name = schema_name.lower()
    identity = primary_id or f"{name}id"
    every = [
        guid(identity),
        *columns,
        *system_columns(ownership, elastic=False),
        *(state_columns(states) if states else ()),
    ]
    return Table(
        schema_name=schema_name,
        entity_set=entity_set,
        label=schema_name,
        primary_id=identity,
        primary_name=primary_name,
        columns={column.name: column for column in every},
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
        2: {6: "Canceled", 2000: "Merged"},
    },
)

LONGEST_TITLE = 300
"""200 in a new environment; an administrator may allow more."""

INCIDENT = builtin(
    "Incident",
    "incidents",
    text("title", LONGEST_TITLE, required=True),
    text("ticketnumber", 100),
    memo("description"),
    choice("prioritycode", {1: "High", 2: "Normal", 3: "Low"}),
    choice(
        "caseorigincode",
        {1: "Phone", 2: "Email", 3: "Web", 2483: "Facebook", 3986: "Twitter", 700610: "IoT"},
    ),
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
    text("fullname"),
    text("firstname", 64),
    text("lastname", 64),
    text("domainname", 1024),
    text("internalemailaddress", 100),
    guid("azureactivedirectoryobjectid", updatable=True),
    guid("applicationid", updatable=True),
    yes_no("isdisabled"),
    yes_no("islicensed"),
    yes_no("isintegrationuser"),
    choice("accessmode", ACCESS_MODES),
    text("entityimage_url"),
    lookup("businessunitid", "businessunit"),
    primary_name="fullname",
    ownership=Ownership.SELF,
    privilege_name="User",
)

BUSINESS_UNIT = builtin(
    "BusinessUnit",
    "businessunits",
    text("name", 160, required=True),
    lookup("parentbusinessunitid", "businessunit"),
)
ACCOUNT = builtin(
    "Account", "accounts", text("name", 160), ownership=Ownership.USER, states=CUSTOM_STATES
)
CONTACT = builtin(
    "Contact",
    "contacts",
    text("fullname", 160),
    text("firstname", 50),
    text("lastname", 50),
    text("emailaddress1", 100),
    primary_name="fullname",
    ownership=Ownership.USER,
    states=CUSTOM_STATES,
)

OVERRIDES = {
    f"settingdefinition_{table}_settingdefinitionid": Collection(
        table=table, lookup="settingdefinitionid"
    )
    for table in ("organizationsetting", "appsetting")
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
    choice("overridablelevel", {0: "App and Environment", 1: "Environment", 2: "App"}),
    choice("releaselevel", {0: "Generally Available", 1: "Early Access", 2: "Preview"}),
    yes_no("ishidden"),
    primary_name="uniquename",
    states=CUSTOM_STATES,
    collections=OVERRIDES,
)


def _override(schema_name: str, *more: Column) -> Table:
    return builtin(
        schema_name,
        f"{schema_name.lower()}s",
        text("uniquename", 256),
        text("displayname", 256),
        text("value", 4000),
        lookup("settingdefinitionid", "settingdefinition", required=True),
        *more,
        primary_name="uniquename",
        states=CUSTOM_STATES,
    )


ORGANIZATION_SETTING = _override("OrganizationSetting")
APP_SETTING = _override("AppSetting", lookup("parentappmoduleid", "appmodule"))
APP_MODULE = builtin("AppModule", "appmodules", text("name", 100), text("uniquename", 100))


def activity(
    schema_name: str,
    statuses: dict[int, dict[int, str]],
    *more: Column,
    writes: Writes = Writes.ALL,
) -> Table:
    """Return one kind of activity; what it regards is bound by a name of its own."""
    name = schema_name.lower()
    labels = {0: "Open", 1: "Completed", 2: "Canceled", 3: "Scheduled"}
    suffix = "" if name == "activitypointer" else f"_{name}"
    regarding = Column(
        name="regardingobjectid",
        kind=Kind.LOOKUP,
        targets={f"regardingobjectid_{table}{suffix}": table for table in REGARDED},
    )
    states = States(labels=labels, statuses=statuses)
    every = [
        guid("activityid"),
        text("subject", 400),
        memo("description"),
        read_only(text("activitytypecode")),
        whole("actualdurationminutes"),
        whole("scheduleddurationminutes"),
        moment("actualstart"),
        moment("actualend"),
        moment("scheduledstart"),
        moment("scheduledend"),
        regarding,
        *more,
        *system_columns(Ownership.USER, elastic=False),
        *state_columns(states),
    ]
    return Table(
        schema_name=schema_name,
        entity_set=f"{name}s",
        label=schema_name,
        primary_id="activityid",
        primary_name="subject",
        columns={column.name: column for column in every},
        storage="activitypointer",
        discriminator=None if name == "activitypointer" else name,
        privilege_name="Activity",
        writes=writes,
        states=states,
    )


TASK_STATUSES = {
    0: {2: "Not Started", 3: "In Progress", 4: "Waiting on someone else", 7: "Deferred"},
    1: {5: "Completed"},
    2: {6: "Canceled"},
}
PHONE_CALL_STATUSES = {0: {1: "Open"}, 1: {2: "Made", 4: "Received"}, 2: {3: "Canceled"}}
EMAIL_STATUSES = {
    0: {1: "Draft", 8: "Failed"},
    1: {2: "Completed", 3: "Sent", 4: "Received", 6: "Pending Send", 7: "Sending"},
    2: {5: "Canceled"},
}
APPOINTMENT_STATUSES = {
    0: {1: "Free", 2: "Tentative"},
    1: {3: "Completed"},
    2: {4: "Canceled"},
    3: {5: "Busy", 6: "Out of Office"},
}
SIMPLE_STATUSES = {0: {1: "Open"}, 1: {2: "Completed"}, 2: {3: "Canceled"}, 3: {4: "Scheduled"}}

INCIDENT_RESOLUTION = activity(
    "IncidentResolution",
    {0: {1: "Open"}, 1: {2: "Closed"}, 2: {3: "Canceled"}},
    lookup("incidentid", "incident"),
    whole("timespent"),
    read_only(whole("totaltimespent")),
    writes=Writes.NOT_SIMULATED,
)

SERVICE_TABLES: tuple[Table, ...] = (
    BUSINESS_UNIT,
    SYSTEM_USER,
    ACCOUNT,
    CONTACT,
    INCIDENT,
    activity("ActivityPointer", SIMPLE_STATUSES, writes=Writes.REFUSED),
    activity("Task", TASK_STATUSES),
    activity("PhoneCall", PHONE_CALL_STATUSES),
    activity("Email", EMAIL_STATUSES, memo("description", LONGEST_TEXT)),
    activity("Appointment", APPOINTMENT_STATUSES),
    INCIDENT_RESOLUTION,
    APP_MODULE,
    SETTING_DEFINITION,
    ORGANIZATION_SETTING,
    APP_SETTING,
)
