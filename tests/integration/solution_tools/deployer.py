"""Somebody who deploys, again and again, with what stays the same."""

from pathlib import Path
from typing import Any
from uuid import UUID

from solution.model.identity import CASE_FORM_LABEL, SOLUTION_NAME, VERSION
from solution.model.roles import ROLES, SERVICE
from solution.model.webhooks import CASE, ENDPOINT_ID, STEPS
from solution.tools.environment.deployment.proof import SELF_CHECK
from solution.tools.environment.deployment.publishing import PUBLISH
from solution.tools.environment.form_xml import Parameters
from tests.integration.solution_tools.console import FUNCTIONS, Console, Outcome
from tests.mock_dataverse.app import MockDataverse

APPLICATION = UUID("a0a0a0a0-0000-4000-8000-000000000001")
CLIENT_ID = "5c0e7f3a-0000-4000-8000-000000000001"
SCOPE = "api://app/Time.Track"
GIVING = [
    f"give the role {role.name} what lets it read the settings of apps here" for role in ROLES
]
SIGN_IN = ("--sign-in-client-id", CLIENT_ID, "--sign-in-scope", SCOPE)
RECEIVER = f"{FUNCTIONS}/webhooks/dataverse"
CONNECTED = Parameters(apiBaseUrl=FUNCTIONS, signInClientId=CLIENT_ID, signInScope=SCOPE)
TOLD = f"apiBaseUrl={FUNCTIONS}, signInClientId={CLIENT_ID}, signInScope={SCOPE}"
FIRST_TIME = [
    f"import {SOLUTION_NAME} {VERSION}, its case form told {TOLD}",
    PUBLISH,
    *GIVING,
    f"create the webhook endpoint for {RECEIVER}, set the key of the webhook endpoint",
    *(
        f"register the webhook step for {step.message.value} of {step.table}"
        for step in STEPS
        if step.table == CASE
    ),
    f"create an application user for {APPLICATION}",
    f"give the application user the role {SERVICE.name}",
]
"""What a first deployment with a sign-in changes."""


class Deployer:
    """Types `deploy` for one environment."""

    def __init__(self, console: Console, package: Path) -> None:
        self.console = console
        self.functions_url = FUNCTIONS
        self._package = str(package)

    def __call__(self, *words: str) -> Outcome:
        given = ("--functions-url", self.functions_url, "--solution", self._package)
        user = ("--application-id", str(APPLICATION))
        return self.console.run("deploy", *given, *user, *words)


def changes(outcome: Outcome) -> list[str]:
    """Return what was changed, without progress, notes and what the functions say."""
    apart = (" ", "note:", "done", "ok ", "problem ")
    said = [line for line in outcome.lines if not line.startswith(apart)]
    assert said[-1] == SELF_CHECK
    return said[:-1]


def foretold(outcome: Outcome) -> list[str]:
    """Return what a dry run says would change."""
    said = [line for line in outcome.lines if not line.startswith("note:")]
    assert said[-1] == f"would {SELF_CHECK}"
    return [line.removeprefix("would ") for line in said[:-1] if line.startswith("would ")]


def row(mock: MockDataverse, table: str, **values: object) -> dict[str, Any]:
    """Return the one row that says these values."""
    (found,) = [
        each
        for each in mock.rows(table)
        if all(each[name] == value for name, value in values.items())
    ]
    return found


def case_form(mock: MockDataverse) -> str:
    return str(row(mock, "systemform", name=CASE_FORM_LABEL)["formxml"])


def endpoint(mock: MockDataverse) -> dict[str, Any]:
    return row(mock, "serviceendpoint", serviceendpointid=str(ENDPOINT_ID))
