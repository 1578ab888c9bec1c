"""Unbound functions and actions."""

from uuid import UUID

from tests.mock_dataverse.addresses import Operation
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.cases import close_incident
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import HTTP_ERROR, DataverseError, not_simulated
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.settings import retrieve_setting, save_setting

ORGANIZATION_ID = UUID("00000000-0000-0000-0000-0000000000a0")
FUNCTIONS = frozenset({"WhoAmI", "RetrieveVersion", "RetrieveSetting"})
ACTIONS = frozenset({"CloseIncident", "SaveSettingValue"})
KNOWN_ELSEWHERE = frozenset(
    {
        "$metadata",
        "EntityDefinitions",
        "RelationshipDefinitions",
        "GlobalOptionSetDefinitions",
        "ExecuteCosmosSqlQuery",
        "Merge",
        "RetrieveCurrentOrganization",
        "RetrieveEnvironmentVariables",
        "RetrieveEnvironmentVariableValue",
        "RetrieveSettingList",
        "RetrieveTotalRecordCount",
        "BulkDelete",
        "ExecuteTransaction",
    }
)
OPERATIONS = FUNCTIONS | ACTIONS | KNOWN_ELSEWHERE


def run_operation(env: Environment, caller: Caller, operation: Operation, call: Call) -> Answer:
    """Run a function (GET) or an action (POST)."""
    name = operation.name
    if name in KNOWN_ELSEWHERE:
        raise not_simulated(name)
    if call.method != ("GET" if name in FUNCTIONS else "POST"):
        raise DataverseError(405, HTTP_ERROR, f"The method {call.method} does not fit {name}.")
    match name:
        case "WhoAmI":
            return who_am_i(env, caller)
        case "RetrieveVersion":
            context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse"
            return json_answer({"@odata.context": context, "Version": "9.2.26113.00100"})
        case "RetrieveSetting":
            return retrieve_setting(env, caller, operation.arguments, call)
        case "CloseIncident":
            return close_incident(env, caller, call)
        case _:
            return save_setting(env, caller, call)


def who_am_i(env: Environment, caller: Caller) -> Answer:
    return json_answer(
        {
            "@odata.context": f"{env.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
            "BusinessUnitId": caller.user.business_unit,
            "UserId": str(caller.user_id),
            "OrganizationId": str(ORGANIZATION_ID),
        }
    )
