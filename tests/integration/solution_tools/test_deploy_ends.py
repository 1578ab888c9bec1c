"""What ends a deployment is said in words, and before anything changes where that can be."""

import json
from uuid import UUID

import pytest

from solution.tools.environment.options import TOKEN, WEBHOOK_KEY
from tests.integration.solution_tools.console import Console, written
from tests.integration.solution_tools.deployer import FIRST_TIME, SIGN_IN, Deployer, changes, row
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


def test_a_privilege_that_is_not_offered_ends_it_before_anything_changes(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    read = row(mock, "privilege", name="prvReadOrganizationSetting")
    mock.delete_row("privilege", UUID(read["privilegeid"]))

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 1
    assert "prvReadOrganizationSetting is not there" in outcome.err
    assert console.writes() == []


def test_a_key_that_is_needed_and_not_there_ends_it_before_anything_changes(
    deploy: Deployer, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(WEBHOOK_KEY)

    outcome = deploy()

    assert outcome.code == 2
    assert WEBHOOK_KEY in outcome.err
    assert console.writes() == []


def test_what_dataverse_would_not_take_ends_it_with_the_reasons(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    refusal = {
        "StageSolutionUploadId": str(UUID(int=0)),
        "StageSolutionStatus": "Failed",
        "SolutionValidationResults": [{"Message": "The publisher differs."}],
        "MissingDependencies": [
            {
                "RequiredComponentType": "Entity",
                "RequiredComponentSchemaName": "incident",
                "DependentComponentSchemaName": "cht_TimeLog",
            }
        ],
    }
    body = json.dumps({"StageSolutionResults": refusal})
    mock.fail_next(200, body=body, matching=lambda request: request.path.endswith("StageSolution"))

    outcome = deploy()

    assert outcome.code == 1
    assert "The publisher differs." in outcome.err
    assert "Entity incident is missing, which cht_TimeLog needs" in outcome.err
    assert [written(request) for request in console.writes()] == ["POST StageSolution"]


def test_an_import_that_fails_says_why_and_can_be_tried_again(
    deploy: Deployer, mock: MockDataverse
) -> None:
    mock.switches.import_failure = "A column of this name is there already."

    outcome = deploy()

    assert outcome.code == 1
    assert "the import failed:\n  A column of this name is there already." in outcome.err
    mock.switches.import_failure = None
    assert changes(deploy(*SIGN_IN)) == FIRST_TIME


def test_without_a_token_nothing_is_asked(
    deploy: Deployer, mock: MockDataverse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN)

    outcome = deploy()

    assert outcome.code == 2
    assert TOKEN in outcome.err
    assert mock.requests == []


def test_a_token_that_is_refused_says_so(deploy: Deployer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "outdated-token")

    outcome = deploy()

    assert outcome.code == 1
    assert "Dataverse does not accept the token" in outcome.err
    assert "outdated-token" not in outcome.err


def test_somebody_without_the_rights_is_told_which_role_is_needed(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    mock.fail_next(403, matching=lambda request: request.path.endswith("solutions"))

    outcome = deploy()

    assert outcome.code == 1
    assert "needs the role System Administrator" in outcome.err
    assert console.writes() == []


def test_a_message_of_cases_that_is_not_offered_ends_it_before_anything_changes(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    close = row(mock, "sdkmessage", name="Close")
    mock.update_row("sdkmessage", UUID(close["sdkmessageid"]), {"isprivate": True})

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 1
    assert "offers no Close of incident to webhooks, which is needed" in outcome.err
    assert console.writes() == []
