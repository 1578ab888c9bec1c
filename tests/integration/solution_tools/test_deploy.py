"""An administrator deploys: into nothing, once more, and over what others have done."""

from base64 import b64encode
from pathlib import Path

import pytest

from solution.model.identity import CASE_FORM_LABEL, SOLUTION_NAME, VERSION
from solution.model.roles import SERVICE
from solution.model.tables import TABLES
from solution.model.webhooks import ACTIVITY_STEPS, CASE, ENDPOINT_ID, SETTING_OVERRIDES, STEPS
from solution.tools.environment.deployment.proof import SELF_CHECK
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.package import CASE_FORM_ID
from tests.contract.api import Api
from tests.integration.solution_tools.console import FUNCTIONS, KEY, Console, written
from tests.integration.solution_tools.deployer import (
    APPLICATION,
    CONNECTED,
    FIRST_TIME,
    GIVING,
    RECEIVER,
    SIGN_IN,
    TOLD,
    Deployer,
    case_form,
    changes,
    endpoint,
    foretold,
    row,
)
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

NOT_TOUCHED = ("contact", "incident", *(table.logical_name for table in TABLES))


def test_an_empty_environment_gets_everything(deploy: Deployer, mock: MockDataverse) -> None:
    outcome = deploy(*SIGN_IN)

    assert outcome.code == 0
    assert changes(outcome) == FIRST_TIME
    assert outcome.lines[-1] == f"done, {len(FIRST_TIME)} changed"
    assert [row for name in NOT_TOUCHED for row in mock.rows(name)] == []
    assert row(mock, "solution", uniquename=SOLUTION_NAME)["version"] == VERSION
    assert (endpoint(mock)["url"], endpoint(mock)["isauthvalueset"]) == (RECEIVER, True)
    steps = {each["sdkmessageprocessingstepid"] for each in mock.rows("sdkmessageprocessingstep")}
    assert steps == {str(step.id) for step in STEPS if step.table == CASE}
    assert widget_of(case_form(mock)) == CONNECTED
    user = row(mock, "systemuser", applicationid=str(APPLICATION))
    role = row(mock, "role", name=SERVICE.name)
    assert (
        row(mock, "systemuserroles", systemuserid=user["systemuserid"])["roleid"] == role["roleid"]
    )


def test_an_environment_whose_setting_tables_take_steps_has_them_too(
    deploy: Deployer, mock: MockDataverse
) -> None:
    assert "offers no Create, Update, Delete of appsetting to webhooks" in deploy(*SIGN_IN).out
    mock.switches.steps_on_setting_tables = True

    assert changes(deploy(*SIGN_IN)) == [
        f"register the webhook step for {message} of {table}"
        for table in SETTING_OVERRIDES
        for message in ("Create", "Update", "Delete")
    ]


def test_activities_are_told_of_only_where_that_is_asked_for(
    deploy: Deployer, mock: MockDataverse
) -> None:
    def told_of() -> set[object]:
        steps = {row["sdkmessageprocessingstepid"] for row in mock.rows("sdkmessageprocessingstep")}
        return steps & {str(step.id) for step in ACTIVITY_STEPS}

    deploy(*SIGN_IN, "--activity-webhooks")
    assert len(told_of()) == len(ACTIVITY_STEPS)
    assert changes(deploy("--activity-webhooks")) == []

    said = foretold(deploy("--dry-run"))
    outcome = deploy()

    assert changes(outcome) == said
    assert len(said) == len(ACTIVITY_STEPS)
    assert told_of() == set()
    assert changes(deploy()) == []


def test_an_environment_that_tells_no_name_for_reading_settings_of_apps_gets_everything_else(
    deploy: Deployer, mock: MockDataverse
) -> None:
    mock.fail_next(400, times=100, matching=lambda request: "'appsetting'" in request.path)

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 0
    assert changes(outcome) == [change for change in FIRST_TIME if change not in GIVING]
    assert "note: this environment lets no role read the settings of apps" in outcome.out
    assert changes(deploy(*SIGN_IN)) == []


def test_progress_is_shown_and_tables_are_waited_for(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    mock.switches.import_looks = 6
    mock.switches.settling_looks = 3

    lines = deploy().lines

    progress = [int(line.split()[1]) for line in lines if line.startswith("  importing")]
    assert progress == sorted(set(progress))
    assert len(progress) > 2
    assert progress[-1] == 100
    assert any(line.startswith("  waiting for the table cht_focussegment") for line in lines)
    assert set(console.waited) == {10.0}


def test_a_second_time_changes_nothing(deploy: Deployer, console: Console) -> None:
    deploy(*SIGN_IN)
    console.writes()

    outcome = deploy(*SIGN_IN)

    assert changes(outcome) == []
    assert outcome.lines[-1] == "done, nothing had to change"
    assert console.writes() == []


def test_a_dry_run_says_exactly_what_will_change_and_writes_nothing(
    deploy: Deployer, console: Console
) -> None:
    outcome = deploy(*SIGN_IN, "--dry-run")

    assert outcome.code == 0
    assert foretold(outcome) == FIRST_TIME
    assert console.writes() == []


def test_a_dry_run_over_what_is_there_already_foretells_nothing(
    deploy: Deployer, console: Console
) -> None:
    deploy()
    console.writes()

    outcome = deploy("--dry-run")

    assert [line for line in outcome.lines if not line.startswith("note:")] == [
        "nothing would change",
        f"would {SELF_CHECK}",
    ]
    assert console.writes() == []


def test_what_was_imported_by_hand_is_connected(
    deploy: Deployer, administrator: Api, package: Path
) -> None:
    file = b64encode(package.read_bytes()).decode()
    orders = {"OverwriteUnmanagedCustomizations": True, "PublishWorkflows": True}
    administrator.post("ImportSolution", {"CustomizationFile": file, **orders})

    outcome = deploy(*SIGN_IN)

    assert changes(outcome) == [
        *FIRST_TIME[2:],
        f"tell our case form {TOLD}",
    ]


def test_the_key_goes_to_the_endpoint_and_nowhere_else(
    deploy: Deployer, mock: MockDataverse
) -> None:
    outcome = deploy("--renew-key")

    carrying = [each for each in mock.requests if KEY in each.body or KEY in each.query]
    assert [written(each) for each in carrying] == [f"PATCH serviceendpoints({ENDPOINT_ID})"]
    assert ADMIN_TOKEN not in outcome.out + outcome.err


def test_a_form_that_somebody_has_disconnected_is_told_again(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    deploy()
    console.run("remove-from-form", "--form", CASE_FORM_LABEL)

    assert changes(deploy()) == [f"tell our case form apiBaseUrl={FUNCTIONS}"]
    assert widget_of(case_form(mock)) == Parameters(apiBaseUrl=FUNCTIONS)


def test_a_form_that_somebody_has_deleted_is_missed_and_not_fatal(
    deploy: Deployer, mock: MockDataverse
) -> None:
    deploy()
    forms = mock.env.schema.table("systemform")
    for layer in (forms, mock.env.schema.written(forms)):
        draft = mock.env.store.find(layer, str(CASE_FORM_ID))
        assert draft is not None
        mock.env.store.remove(layer, draft["_sequence"])

    outcome = deploy()

    assert outcome.code == 0
    assert "note: our own case form was deleted here; --reimport brings it back" in outcome.lines
    assert changes(outcome) == []
