"""Dataverse's tables of how it works: roles, messages and who hears of them, jobs."""

from uuid import UUID

from tests.mock_dataverse.builtin_tables import builtin
from tests.mock_dataverse.columns import LONGEST_TEXT, Column, Kind
from tests.mock_dataverse.tables import (
    States,
    Table,
    Writes,
    choice,
    guid,
    lookup,
    memo,
    moment,
    read_only,
    text,
    whole,
    yes_no,
)

ORGANIZATION_ID = UUID("00000000-0000-0000-0000-0000000000a0")
ORGANIZATION = builtin(
    "Organization",
    "organizations",
    text("name", 160),
    yes_no("isauditenabled"),
    writes=Writes.UPDATES,
)

ROLE_TEMPLATE = builtin(
    "RoleTemplate",
    "roletemplates",
    text("name", 100),
    privilege_name="Role",
    writes=Writes.NOT_SIMULATED,
)
ROLE = builtin(
    "Role",
    "roles",
    text("name", 100, required=True),
    memo("description"),
    lookup("businessunitid", "businessunit", required=True),
    lookup("parentroleid", "role"),
    lookup("parentrootroleid", "role"),
    read_only(lookup("roletemplateid", "roletemplate")),
    # The depth of each privilege by name, as JSON: shown by RetrieveRolePrivilegesRole only.
    Column(
        name="privileges",
        kind=Kind.TEXT,
        max_length=LONGEST_TEXT,
        creatable=False,
        updatable=False,
        readable=False,
    ),
    writes=Writes.NOT_SIMULATED,
)
USER_ROLE = builtin(
    "SystemUserRoles",
    "systemuserrolescollection",
    guid("systemuserid"),
    guid("roleid"),
    primary_id="systemuserroleid",
    primary_name="systemuserroleid",
    privilege_name="Role",
    writes=Writes.NOT_SIMULATED,
)

SERVICE_ENDPOINT = builtin(
    "ServiceEndpoint",
    "serviceendpoints",
    text("name", 160, required=True),
    memo("description", 1024),
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
    choice("connectionmode", {1: "Normal", 2: "Federated"}),
    choice("messageformat", {1: "Binary XML", 2: "Json", 3: "Text XML"}),
    choice("userclaim", {1: "None", 2: "UserId", 3: "UserInfo"}),
    text("url", 2048),
    Column(name="authvalue", kind=Kind.TEXT, max_length=2048, readable=False),
    read_only(yes_no("isauthvalueset")),
)
MESSAGE = builtin("SdkMessage", "sdkmessages", text("name", 256), writes=Writes.NOT_SIMULATED)
MESSAGE_FILTER = builtin(
    "SdkMessageFilter",
    "sdkmessagefilters",
    text("name", 256),
    text("primaryobjecttypecode", 64),
    yes_no("iscustomprocessingstepallowed"),
    lookup("sdkmessageid", "sdkmessage"),
    writes=Writes.NOT_SIMULATED,
)
STEP = builtin(
    "SdkMessageProcessingStep",
    "sdkmessageprocessingsteps",
    text("name", 256),
    memo("description", 256),
    choice("mode", {0: "Synchronous", 1: "Asynchronous"}),
    choice("stage", {10: "Pre-validation", 20: "Pre-operation", 40: "Post-operation"}),
    whole("rank"),
    text("filteringattributes", 100_000),
    yes_no("asyncautodelete"),
    choice("supporteddeployment", {0: "Server Only", 1: "Client Only", 2: "Both"}),
    lookup("sdkmessageid", "sdkmessage", required=True),
    lookup("sdkmessagefilterid", "sdkmessagefilter"),
    # Others than endpoints, which are plug-ins, are not simulated.
    Column(
        name="eventhandler",
        kind=Kind.LOOKUP,
        targets={"eventhandler_serviceendpoint": "serviceendpoint"},
        required=True,
    ),
    states=States(
        labels={0: "Enabled", 1: "Disabled"}, statuses={0: {1: "Enabled"}, 1: {2: "Disabled"}}
    ),
)
STEP_IMAGE = builtin(
    "SdkMessageProcessingStepImage",
    "sdkmessageprocessingstepimages",
    text("name", 256),
    text("entityalias", 256, required=True),
    choice("imagetype", {0: "PreImage", 1: "PostImage", 2: "Both"}),
    text("attributes", 100_000),
    text("messagepropertyname", 256),
    lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstep", required=True),
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
ASYNC_OPERATION = builtin(
    "AsyncOperation",
    "asyncoperations",
    text("name", 256),
    whole("operationtype"),
    memo("message", LONGEST_TEXT),
    memo("friendlymessage", LONGEST_TEXT),
    whole("errorcode", -(2**31)),
    moment("startedon"),
    moment("completedon"),
    states=JOB_STATES,
    writes=Writes.NOT_SIMULATED,
)
IMPORT_JOB = builtin(
    "ImportJob",
    "importjobs",
    text("name", 256),
    text("solutionname", 65),
    Column(name="progress", kind=Kind.DOUBLE),
    moment("startedon"),
    moment("completedon"),
    memo("data", LONGEST_TEXT),
    writes=Writes.NOT_SIMULATED,
)

PLATFORM_TABLES: tuple[Table, ...] = (
    ORGANIZATION,
    ROLE_TEMPLATE,
    ROLE,
    USER_ROLE,
    SERVICE_ENDPOINT,
    MESSAGE,
    MESSAGE_FILTER,
    STEP,
    STEP_IMAGE,
    ASYNC_OPERATION,
    IMPORT_JOB,
)
