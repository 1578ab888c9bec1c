"""Unbound functions and actions."""

from collections.abc import Callable

from tests.mock_dataverse.addresses import Operation
from tests.mock_dataverse.bulk_deletion import bulk_delete
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.cases import close_incident
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import HTTP_ERROR, DataverseError, not_simulated
from tests.mock_dataverse.merging import merge
from tests.mock_dataverse.platform_tables import ORGANIZATION_ID
from tests.mock_dataverse.publishing import publish_all_xml, publish_xml
from tests.mock_dataverse.recycling import restore
from tests.mock_dataverse.role_privileges import privileges_of_role
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.settings import retrieve_setting, save_setting
from tests.mock_dataverse.solutions.jobs import (
    import_solution,
    import_solution_async,
    stage_solution,
)

Function = Callable[[Environment, Caller, dict[str, str], Call], Answer]
Action = Callable[[Environment, Caller, Call], Answer]

KNOWN_ELSEWHERE = frozenset(
    {
        "$metadata",
        "ExecuteCosmosSqlQuery",
        "RetrieveCurrentOrganization",
        "RetrieveEnvironmentVariables",
        "RetrieveEnvironmentVariableValue",
        "RetrieveSettingList",
        "RetrieveTotalRecordCount",
        "ExecuteTransaction",
    }
)


def run_operation(env: Environment, caller: Caller, operation: Operation, call: Call) -> Answer:
    """Run a function (GET) or an action (POST)."""
    name = operation.name
    if name in KNOWN_ELSEWHERE:
        raise not_simulated(name)
    if call.method != ("GET" if name in FUNCTIONS else "POST"):
        raise DataverseError(405, HTTP_ERROR, f"The method {call.method} does not fit {name}.")
    if name in FUNCTIONS:
        return FUNCTIONS[name](env, caller, operation.arguments, call)
    return ACTIONS[name](env, caller, call)


def _who_am_i(env: Environment, caller: Caller, _arguments: dict[str, str], _call: Call) -> Answer:
    return json_answer(
        {
            "@odata.context": f"{env.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
            "BusinessUnitId": caller.user.business_unit,
            "UserId": str(caller.user_id),
            "OrganizationId": str(ORGANIZATION_ID),
        }
    )


def _version(env: Environment, _caller: Caller, _arguments: dict[str, str], _call: Call) -> Answer:
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse"
    return json_answer({"@odata.context": context, "Version": "9.2.26113.00100"})


def _languages(
    env: Environment, _caller: Caller, _arguments: dict[str, str], _call: Call
) -> Answer:
    name = "RetrieveProvisionedLanguages"
    context = f"{env.root}$metadata#Microsoft.Dynamics.CRM.{name}Response"
    return json_answer({"@odata.context": context, name: list(env.switches.provisioned_languages)})


FUNCTIONS: dict[str, Function] = {
    "RetrieveProvisionedLanguages": _languages,
    "WhoAmI": _who_am_i,
    "RetrieveVersion": _version,
    "RetrieveSetting": retrieve_setting,
    "RetrieveRolePrivilegesRole": privileges_of_role,
}
ACTIONS: dict[str, Action] = {
    "BulkDelete": bulk_delete,
    "CloseIncident": close_incident,
    "Merge": merge,
    "Restore": restore,
    "SaveSettingValue": save_setting,
    "PublishXml": publish_xml,
    "PublishAllXml": publish_all_xml,
    "StageSolution": stage_solution,
    "ImportSolution": import_solution,
    "ImportSolutionAsync": import_solution_async,
}
OPERATIONS = frozenset({*FUNCTIONS, *ACTIONS, *KNOWN_ELSEWHERE})
