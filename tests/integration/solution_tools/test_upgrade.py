"""An administrator deploys again: over an older version, or what was changed since."""

import json
from uuid import UUID

import pytest

from solution.model.identity import SOLUTION_NAME, VERSION
from solution.model.webhooks import ENDPOINT_ID, Message, Step
from solution.tools.environment.deployment.publishing import PUBLISH
from solution.tools.environment.form_xml import widget_of
from solution.tools.environment.options import WEBHOOK_KEY
from tests.contract.api import Api
from tests.integration.solution_tools.console import KEY, Console
from tests.integration.solution_tools.deployer import (
    CONNECTED,
    GIVING,
    RECEIVER,
    SIGN_IN,
    Deployer,
    case_form,
    changes,
    endpoint,
    foretold,
    row,
)
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

DASHBOARD = 0
NOWHERE = "https://example.invalid/api/webhooks/dataverse"
"""Where the endpoint of older zips led until it was connected."""


@pytest.fixture
def outdated(deploy: Deployer, mock: MockDataverse) -> None:
    """Have an older version deployed."""
    deploy(*SIGN_IN)
    solution = row(mock, "solution", uniquename=SOLUTION_NAME)
    mock.update_row("solution", UUID(solution["solutionid"]), {"version": "0.0.9.0"})


@pytest.mark.usefixtures("outdated")
def test_an_upgrade_keeps_sign_in_and_address_and_sets_the_key_again(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    console.writes()
    plan = foretold(deploy("--dry-run"))

    outcome = deploy()

    assert changes(outcome) == plan
    assert plan[0].startswith(f"import {SOLUTION_NAME} {VERSION} in place of 0.0.9.0")
    assert plan[2:] == [*GIVING, "set the key of the webhook endpoint"]
    assert widget_of(case_form(mock)) == CONNECTED
    assert (endpoint(mock)["url"], endpoint(mock)["isauthvalueset"]) == (RECEIVER, True)
    (sent,) = [
        json.loads(request.body) for request in console.writes() if "endpoints(" in request.path
    ]
    assert sent == {"authvalue": KEY}


@pytest.mark.usefixtures("outdated")
def test_an_upgrade_without_a_key_changes_nothing_and_asks_for_one(
    deploy: Deployer, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(WEBHOOK_KEY)
    console.writes()

    refused = deploy()

    assert (refused.code, console.writes()) == (2, [])
    assert WEBHOOK_KEY in refused.err


@pytest.mark.usefixtures("outdated")
def test_an_upgrade_with_a_new_address_sends_it_with_its_key_in_one_request(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    deploy.functions_url = "https://new.example/api"
    receiver = "https://new.example/api/webhooks/dataverse"
    moved = f"point the webhook endpoint to {receiver}, set the key of the webhook endpoint"
    plan = foretold(deploy("--dry-run"))
    console.writes()

    assert changes(deploy()) == plan
    assert moved in plan
    (sent,) = [json.loads(each.body) for each in console.writes() if "endpoints(" in each.path]
    assert sent == {"url": receiver, "authvalue": KEY}
    assert endpoint(mock)["url"] == receiver


@pytest.mark.usefixtures("outdated")
def test_an_upgrade_takes_over_the_endpoint_and_steps_that_an_older_zip_brought(
    deploy: Deployer, mock: MockDataverse, administrator: Api
) -> None:
    """Older zips brought them under the same ids: an unwanted step goes, all others stay."""
    mock.update_row("serviceendpoint", ENDPOINT_ID, {"url": NOWHERE, "authvalue": None})
    older = Step(table="task", message=Message.CREATE)
    filters = "sdkmessagefilters?$expand=sdkmessageid($select=name)&$filter=primaryobjecttypecode"
    (heard,) = [
        row
        for row in administrator.values(f"{filters} eq 'task'")
        if row["sdkmessageid"]["name"] == "Create"
    ]
    body = {
        "name": older.name,
        "mode": 1,
        "stage": 40,
        "rank": 1,
        "asyncautodelete": True,
        "sdkmessageid@odata.bind": f"/sdkmessages({heard['_sdkmessageid_value']})",
        "sdkmessagefilterid@odata.bind": f"/sdkmessagefilters({heard['sdkmessagefilterid']})",
        "eventhandler_serviceendpoint@odata.bind": f"/serviceendpoints({ENDPOINT_ID})",
    }
    assert administrator.patch(f"sdkmessageprocessingsteps({older.id})", body).ok

    said = changes(deploy())[2:]

    assert said == [
        *GIVING,
        f"point the webhook endpoint to {RECEIVER}, set the key of the webhook endpoint",
        "take away the webhook step for Create of task",
    ]
    assert (endpoint(mock)["url"], endpoint(mock)["isauthvalueset"]) == (RECEIVER, True)
    assert changes(deploy()) == []


def test_whatever_kind_of_part_is_not_published_is_published(
    deploy: Deployer, mock: MockDataverse, administrator: Api
) -> None:
    deploy()
    for table, column in (
        ("systemform", "formxml"),
        ("savedquery", "layoutxml"),
        ("savedqueryvisualization", "datadescription"),
        ("webresource", "content"),
        ("sitemap", "sitemapxml"),
        ("appmodule", "name"),
    ):
        part = next(each for each in mock.rows(table) if "cht_" in str(each))
        part_id = UUID(str(part[mock.env.schema.table(table).primary_id]))
        mock.update_row(table, part_id, {column: f"{part[column]} "})

        assert foretold(deploy("--dry-run")) == [PUBLISH], table
        administrator.post("PublishAllXml", {})
        assert foretold(deploy("--dry-run")) == [], table


def test_what_is_put_back_is_said_before_it_is_and_only_then(deploy: Deployer) -> None:
    assert "is put back" not in deploy("--dry-run").out
    deploy()

    assert "is put back" not in deploy("--dry-run").out
    assert "is put back" in deploy("--reimport", "--dry-run").out


def test_a_dashboard_that_is_not_published_is_published(
    deploy: Deployer, mock: MockDataverse, administrator: Api
) -> None:
    deploy()
    dashboard = next(each for each in mock.rows("systemform") if each["type"] == DASHBOARD)
    changed = {"formxml": f"{dashboard['formxml']} "}
    mock.update_row("systemform", UUID(str(dashboard["formid"])), changed)

    assert foretold(deploy("--dry-run")) == [PUBLISH]
    administrator.post("PublishAllXml", {})
    assert foretold(deploy("--dry-run")) == []


def test_a_newer_version_is_never_gone_back_on(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    newer = json.dumps({"value": [{"version": "9.0.0.0"}]})
    mock.fail_next(200, body=newer, matching=lambda each: each.path.endswith("solutions"))

    outcome = deploy("--reimport")

    assert outcome.code == 1
    assert f"{SOLUTION_NAME} 9.0.0.0 is installed, which is newer than {VERSION}" in outcome.err
    assert console.writes() == []


def test_the_same_version_is_imported_again_when_that_is_asked_for(
    deploy: Deployer, mock: MockDataverse
) -> None:
    deploy()
    role = row(mock, "role", name="Case Time Supervisor")
    mock.delete_row("role", UUID(role["roleid"]))

    outcome = deploy("--reimport")

    assert changes(outcome)[0].startswith(f"import {SOLUTION_NAME} {VERSION} in place of {VERSION}")
    assert row(mock, "role", name="Case Time Supervisor")["roleid"] == role["roleid"]
