"""Dataverse's own tables, as far as our calls and the settings framework touch them."""

from dataclasses import replace

from tests.mock_dataverse.columns import Column
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    Collection,
    Ownership,
    States,
    Table,
    choice,
    guid,
    lookup,
    moment,
    read_only,
    state_columns,
    system_columns,
    text,
    whole,
    yes_no,
)


def builtin(
    name: str,
    entity_set: str,
    *columns: Column,
    primary_name: str = "name",
    ownership: Ownership = Ownership.ORGANIZATION,
    states: States | None = None,
    collections: dict[str, Collection] | None = None,
) -> Table:
    every = [
        guid(f"{name}id"),
        *columns,
        *system_columns(ownership, elastic=False),
        *(state_columns(states) if states else ()),
    ]
    return Table(
        schema_name=name.capitalize(),
        entity_set=entity_set,
        label=name.capitalize(),
        primary_id=f"{name}id",
        primary_name=primary_name,
        columns={column.name: column for column in every},
        ownership=ownership,
        storage=name,
        privilege_name=name,
        states=states,
        collections=collections or {},
    )


CASE_STATES = States(
    labels={0: "Active", 1: "Resolved", 2: "Cancelled"},
    statuses={
        0: {1: "In Progress", 2: "On Hold", 3: "Waiting for Details", 4: "Researching"},
        1: {5: "Problem Solved", 1000: "Information Provided"},
        2: {6: "Canceled", 2000: "Merged"},
    },
)

INCIDENT = builtin(
    "incident",
    "incidents",
    text("title", 200, required=True),
    text("ticketnumber", 100),
    text("description", 2000),
    choice("prioritycode", {1: "High", 2: "Normal", 3: "Low"}),
    choice(
        "caseorigincode",
        {1: "Phone", 2: "Email", 3: "Web", 2483: "Facebook", 3986: "Twitter", 700610: "IoT"},
    ),
    lookup(
        "customerid",
        {"customerid_account": "account", "customerid_contact": "contact"},
        required=True,
    ),
    lookup("primarycontactid", {"primarycontactid": "contact"}),
    lookup("parentcaseid", {"parentcaseid": "incident"}),
    lookup("masterid", {"masterid": "incident"}),
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
    "systemuser",
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
    lookup("businessunitid", {"businessunitid": "businessunit"}),
    primary_name="fullname",
    ownership=Ownership.SELF,
)

BUSINESS_UNIT = builtin(
    "businessunit",
    "businessunits",
    text("name", 160, required=True),
    lookup("parentbusinessunitid", {"parentbusinessunitid": "businessunit"}),
)
ACCOUNT = builtin(
    "account", "accounts", text("name", 160), ownership=Ownership.USER, states=CUSTOM_STATES
)
CONTACT = builtin(
    "contact",
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
    "settingdefinition",
    "settingdefinitions",
    text("uniquename", 256, required=True),
    text("displayname", 256),
    text("description", 2000),
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


def _override(name: str, *more: Column) -> Table:
    return builtin(
        name,
        f"{name}s",
        text("uniquename", 256),
        text("displayname", 256),
        text("value", 4000),
        lookup("settingdefinitionid", {"settingdefinitionid": "settingdefinition"}, required=True),
        *more,
        primary_name="uniquename",
        states=CUSTOM_STATES,
    )


ORGANIZATION_SETTING = _override("organizationsetting")
APP_SETTING = _override(
    "appsetting", lookup("parentappmoduleid", {"parentappmoduleid": "appmodule"})
)
APP_MODULE = builtin("appmodule", "appmodules", text("name", 100), text("uniquename", 100))


def activity(
    name: str, statuses: dict[int, dict[int, str]], *more: Column, entity_set: str | None = None
) -> Table:
    """Return one kind of activity; what it regards is bound by a name of its own."""
    labels = {0: "Open", 1: "Completed", 2: "Canceled", 3: "Scheduled"}
    suffix = "" if name == "activitypointer" else f"_{name}"
    regarding = {
        f"regardingobjectid_{table}{suffix}": table for table in ("incident", "account", "contact")
    }
    states = States(labels=labels, statuses=statuses)
    every = [
        guid("activityid"),
        text("subject", 400),
        text("description", 2000),
        read_only(text("activitytypecode")),
        whole("actualdurationminutes"),
        whole("scheduleddurationminutes"),
        moment("actualstart"),
        moment("actualend"),
        moment("scheduledstart"),
        moment("scheduledend"),
        lookup("regardingobjectid", regarding),
        *more,
        *system_columns(Ownership.USER, elastic=False),
        *state_columns(states),
    ]
    pointer = name == "activitypointer"
    return Table(
        schema_name=name.capitalize(),
        entity_set=entity_set or f"{name}s",
        label=name.capitalize(),
        primary_id="activityid",
        primary_name="subject",
        columns={column.name: column for column in every},
        storage="activitypointer",
        discriminator=None if pointer else name,
        privilege_name="activitypointer",
        read_only=pointer,
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
    "incidentresolution",
    {0: {1: "Open"}, 1: {2: "Closed"}, 2: {3: "Canceled"}},
    lookup("incidentid", {"incidentid": "incident"}),
    whole("timespent"),
    read_only(whole("totaltimespent")),
)

BUILTIN_TABLES = (
    BUSINESS_UNIT,
    SYSTEM_USER,
    ACCOUNT,
    CONTACT,
    INCIDENT,
    activity("activitypointer", SIMPLE_STATUSES),
    activity("task", TASK_STATUSES),
    activity("phonecall", PHONE_CALL_STATUSES),
    activity("email", EMAIL_STATUSES),
    activity("appointment", APPOINTMENT_STATUSES),
    replace(INCIDENT_RESOLUTION, read_only=True),
    APP_MODULE,
    SETTING_DEFINITION,
    ORGANIZATION_SETTING,
    APP_SETTING,
)
