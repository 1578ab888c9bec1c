"""Dataverse's tables of how it works: roles, messages and who hears of them, jobs."""

from dataclasses import replace
from uuid import UUID

from tests.mock_dataverse.builtin_tables import builtin
from tests.mock_dataverse.columns import LONGEST_TEXT, WHOLE_MIN, Column, Kind, Level
from tests.mock_dataverse.tables import (
    IMPORTED,
    STAMPS,
    Ownership,
    States,
    Table,
    Writes,
    choice,
    create_only,
    guid,
    internal,
    lookup,
    memo,
    moment,
    read_only,
    state_columns,
    text,
    type_code,
    whole,
    yes_no,
)

ORGANIZATION_ID = UUID("00000000-0000-0000-0000-0000000000a0")
ORGANIZATION = builtin(
    "Organization",
    "organizations",
    read_only(guid("organizationid")),
    create_only(text("name", 160, required=True)),
    yes_no("isauditenabled", required=True),
    memo("orgdborgsettings", LONGEST_TEXT),
    without=IMPORTED,
    writes=Writes.UPDATES,
)

ROLE_TEMPLATE = builtin(
    "RoleTemplate",
    "roletemplates",
    text("name", 100),
    without=(*STAMPS, *IMPORTED, "versionnumber"),
    privilege_name="Role",
    writes=Writes.NOT_SIMULATED,
)
ROLE = builtin(
    "Role",
    "roles",
    text("name", 100, required=True),
    memo("description"),
    create_only(lookup("businessunitid", "businessunit", required=True)),
    read_only(lookup("parentroleid", "role")),
    read_only(lookup("parentrootroleid", "role", required=True)),
    read_only(lookup("roletemplateid", "roletemplate")),
    choice(
        "isinherited",
        {0: "Team privileges only", 1: "Direct User (Basic) access level and Team privileges"},
    ),
    # The depth of each privilege by name, as JSON: shown by RetrieveRolePrivilegesRole only.
    internal(text("privileges", LONGEST_TEXT)),
    ownership=Ownership.BUSINESS,
    writes=Writes.NOT_SIMULATED,
)
PRIVILEGE = builtin(
    "Privilege",
    "privileges",
    text("name", 100),
    whole("accessright", WHOLE_MIN),
    yes_no("canbebasic"),
    yes_no("canbelocal"),
    yes_no("canbedeep"),
    yes_no("canbeglobal"),
    without=(*STAMPS, *IMPORTED, "versionnumber"),
    privilege_name="Role",
    writes=Writes.NOT_SIMULATED,
)
USER_ROLE = builtin(
    "SystemUserRoles",
    "systemuserrolescollection",
    guid("systemuserid"),
    guid("roleid"),
    primary_id="systemuserroleid",
    primary_name="systemuserroleid",
    without=(*STAMPS, *IMPORTED),
    privilege_name="Role",
    writes=Writes.NOT_SIMULATED,
)

SERVICE_ENDPOINT = builtin(
    "ServiceEndpoint",
    "serviceendpoints",
    text("name", 256, required=True),
    memo("description"),
    choice(
        "contract",
        {
            1: "OneWay",
            2: "Queue",
            3: "Rest",
            4: "TwoWay",
            5: "Topic",
            6: "Queue (Persistent)",
            7: "Event Hub",
            8: "Webhook",
            9: "Event Grid",
            10: "Managed Data Lake",
        },
        required=True,
    ),
    choice(
        "authtype",
        {
            0: "Not Specified",
            1: "ACS",
            2: "SAS Key",
            3: "SAS Token",
            4: "Webhook Key",
            5: "Http Header",
            6: "Http Query String",
            7: "Connection String",
            8: "Access Key",
            9: "Managed Identity",
        },
    ),
    choice("connectionmode", {1: "Normal", 2: "Federated"}, required=True),
    choice("messageformat", {1: "Binary XML", 2: "Json", 3: "Text XML"}),
    choice("userclaim", {1: "None", 2: "UserId", 3: "UserInfo"}, required=True),
    text("url", 2000),
    Column(name="authvalue", kind=Kind.TEXT, max_length=2048, readable=False),
    read_only(yes_no("isauthvalueset")),
    without=(*IMPORTED, "versionnumber"),
)
MESSAGE = builtin(
    "SdkMessage",
    "sdkmessages",
    text("name", 256, required=True),
    yes_no("isprivate"),
    without=IMPORTED,
    writes=Writes.NOT_SIMULATED,
)
MESSAGE_FILTER = builtin(
    "SdkMessageFilter",
    "sdkmessagefilters",
    text("name", 256),
    read_only(type_code("primaryobjecttypecode", required=True)),
    yes_no("iscustomprocessingstepallowed", required=True),
    read_only(yes_no("isvisible", required=True)),
    whole("availability", WHOLE_MIN, required=True),
    create_only(lookup("sdkmessageid", "sdkmessage", required=True)),
    without=IMPORTED,
    writes=Writes.NOT_SIMULATED,
)
INTERNAL = "(For internal use only)"
STAGES = {
    5: f"Initial Pre-operation {INTERNAL}",
    10: "Pre-validation",
    15: f"Internal Pre-operation Before External Plugins {INTERNAL}",
    20: "Pre-operation",
    25: f"Internal Pre-operation After External Plugins {INTERNAL}",
    30: f"Main Operation {INTERNAL}",
    35: f"Internal Post-operation Before External Plugins {INTERNAL}",
    40: "Post-operation",
    45: f"Internal Post-operation After External Plugins {INTERNAL}",
    50: "Post-operation (Deprecated)",
    55: f"Final Post-operation {INTERNAL}",
}
STEP = builtin(
    "SdkMessageProcessingStep",
    "sdkmessageprocessingsteps",
    text("name", 256, required=True),
    text("description", 256),
    choice("mode", {0: "Synchronous", 1: "Asynchronous"}, required=True),
    choice("stage", STAGES, required=True),
    whole("rank", WHOLE_MIN, required=True),
    text("filteringattributes", 100_000),
    yes_no("asyncautodelete", required=True),
    choice(
        "supporteddeployment",
        {
            0: "Server Only",
            1: "Microsoft Dynamics 365 for Customer Engagement Client for Outlook Only",
            2: "Both",
        },
        required=True,
    ),
    lookup("sdkmessageid", "sdkmessage", required=True),
    lookup("sdkmessagefilterid", "sdkmessagefilter"),
    # Others than endpoints, which are plug-ins, are not simulated.
    Column(
        name="eventhandler",
        kind=Kind.LOOKUP,
        targets={"eventhandler_serviceendpoint": "serviceendpoint"},
        level=Level.SYSTEM,
    ),
    without=IMPORTED,
    states=States(
        labels={0: "Enabled", 1: "Disabled"}, statuses={0: {1: "Enabled"}, 1: {2: "Disabled"}}
    ),
)
STEP_IMAGE = builtin(
    "SdkMessageProcessingStepImage",
    "sdkmessageprocessingstepimages",
    text("name", 256, required=True),
    text("entityalias", 256, required=True),
    choice("imagetype", {0: "PreImage", 1: "PostImage", 2: "Both"}, required=True),
    text("attributes", 100_000),
    text("messagepropertyname", 256, required=True),
    replace(lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstep"), parental=True),
    without=IMPORTED,
)

JOB_STATES = States(
    labels={0: "Ready", 1: "Suspended", 2: "Locked", 3: "Completed"},
    statuses={
        0: {0: "Waiting For Resources"},
        1: {10: "Waiting"},
        2: {20: "In Progress", 21: "Pausing", 22: "Canceling"},
        3: {30: "Succeeded", 31: "Failed", 32: "Canceled"},
    },
)
OPERATIONS = {
    1: "SystemEvent",
    10: "Workflow",
    13: "BulkDelete",
    202: "ExportSolutionAsyncOperation",
    203: "ImportSolutionAsyncOperation",
}
ASYNC_OPERATION = builtin(
    "AsyncOperation",
    "asyncoperations",
    create_only(text("name", 256)),
    create_only(choice("operationtype", OPERATIONS)),
    read_only(memo("message", 100_000)),
    replace(memo("friendlymessage", 100_000), creatable=False),
    read_only(whole("errorcode", WHOLE_MIN)),
    read_only(moment("startedon")),
    read_only(moment("completedon")),
    *(replace(column, creatable=False) for column in state_columns(JOB_STATES)),
    states=JOB_STATES,
    without=(*IMPORTED, "versionnumber"),
    writes=Writes.NOT_SIMULATED,
)
IMPORT_JOB = builtin(
    "ImportJob",
    "importjobs",
    text("name", 256),
    text("solutionname", 256),
    Column(name="progress", kind=Kind.DOUBLE),
    read_only(moment("startedon")),
    read_only(moment("completedon")),
    text("data", LONGEST_TEXT),
    without=(*IMPORTED, "versionnumber"),
    writes=Writes.NOT_SIMULATED,
)

PLATFORM_TABLES: tuple[Table, ...] = (
    ORGANIZATION,
    ROLE_TEMPLATE,
    ROLE,
    PRIVILEGE,
    USER_ROLE,
    SERVICE_ENDPOINT,
    MESSAGE,
    MESSAGE_FILTER,
    STEP,
    STEP_IMAGE,
    ASYNC_OPERATION,
    IMPORT_JOB,
)
