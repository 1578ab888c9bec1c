"""Environments that take less than the one we like: what they refuse is known before it is sent."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest

from solution.model.identity import SOLUTION_NAME, VERSION
from solution.model.webhooks import ENDPOINT_ID
from solution.tools.environment.form_xml import widget_of
from solution.tools.packing.pack import packed_managed
from solution.tools.packing.tree import whole_tree
from tests.integration.solution_tools.console import Console
from tests.integration.solution_tools.deployer import (
    CONNECTED,
    SIGN_IN,
    Deployer,
    case_form,
    changes,
    foretold,
    row,
)
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.customization_tables import WEB_RESOURCE
from tests.mock_dataverse.putting import put_row

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

THEIRS = "00000000-0000-4000-8000-00000000beef"


@pytest.fixture(scope="session")
def managed_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "managed.zip"
    path.write_bytes(packed_managed(whole_tree()))
    return path


@pytest.fixture
def deploy_managed(console: Console, managed_package: Path) -> Deployer:
    return Deployer(console, managed_package)


def solution(mock: MockDataverse) -> dict[str, Any]:
    return row(mock, "solution", uniquename=SOLUTION_NAME)


@pytest.mark.parametrize("more", [(), ("--dry-run",)], ids=["for real", "dry run"])
def test_where_unmanaged_customizations_are_blocked_it_stops_before_anything_is_written(
    deploy: Deployer, mock: MockDataverse, console: Console, more: tuple[str, ...]
) -> None:
    mock.switches.unmanaged_blocked = True

    outcome = deploy(*SIGN_IN, *more)

    assert outcome.code == 1
    assert outcome.err == (
        "deploy: this environment blocks unmanaged customizations, and takes managed solutions"
        " only: deploy with --managed; nothing was changed\n"
    )
    assert console.writes() == []


def test_the_managed_solution_is_taken_there_and_webhooks_are_done_without(
    deploy_managed: Deployer, mock: MockDataverse
) -> None:
    mock.switches.unmanaged_blocked = True
    mock.switches.new_parts_are_published = False

    outcome = deploy_managed(*SIGN_IN, "--managed")

    assert outcome.code == 0
    assert (solution(mock)["ismanaged"], solution(mock)["version"]) == (True, VERSION)
    assert widget_of(case_form(mock)) == CONNECTED
    assert mock.rows("serviceendpoint") == []
    assert "resolutions get their snapshots in the night" in outcome.out
    assert "webhook step" not in outcome.out
    assert deploy_managed("--managed").lines[-1] == "done, nothing had to change"


def test_where_forms_cannot_be_changed_our_own_is_told_by_an_import(
    deploy_managed: Deployer, mock: MockDataverse
) -> None:
    mock.switches.unmanaged_blocked = True
    deploy_managed("--managed")

    outcome = deploy_managed(*SIGN_IN, "--managed")

    assert "no form can be changed here; --reimport brings it with that" in outcome.out
    deploy_managed(*SIGN_IN, "--managed", "--reimport")
    assert widget_of(case_form(mock)) == CONNECTED


def test_the_managed_solution_gets_its_webhooks_where_nothing_is_blocked(
    deploy_managed: Deployer, mock: MockDataverse
) -> None:
    said = foretold(deploy_managed(*SIGN_IN, "--managed", "--dry-run"))

    outcome = deploy_managed(*SIGN_IN, "--managed")

    assert changes(outcome) == said
    assert row(mock, "serviceendpoint")["serviceendpointid"] == str(ENDPOINT_ID)
    assert changes(deploy_managed(*SIGN_IN, "--managed")) == []


def test_an_unmanaged_package_is_no_managed_one(deploy: Deployer) -> None:
    outcome = deploy("--managed")

    assert outcome.code == 2
    assert "is an unmanaged solution" in outcome.err


def test_a_managed_solution_is_not_imported_over_an_unmanaged_one(
    deploy: Deployer, deploy_managed: Deployer, console: Console
) -> None:
    deploy(*SIGN_IN)
    console.writes()

    outcome = deploy_managed("--managed", "--reimport")

    assert "is installed unmanaged: deploy it without --managed" in outcome.err
    assert console.writes() == []


def test_an_unmanaged_solution_is_not_imported_over_a_managed_one(
    deploy: Deployer, deploy_managed: Deployer, console: Console
) -> None:
    deploy_managed("--managed", *SIGN_IN)
    console.writes()

    outcome = deploy("--reimport")

    assert "is installed managed: deploy it with --managed" in outcome.err
    assert console.writes() == []


def test_without_customer_service_it_stops_before_anything_is_written(
    deploy: Deployer, mock: MockDataverse, console: Console
) -> None:
    del mock.env.schema.tables["incident"]

    outcome = deploy()

    assert outcome.code == 1
    assert "install Dynamics 365 Customer Service first; nothing was changed" in outcome.err
    assert console.writes() == []


@pytest.mark.parametrize("other", ["dropped", "refused"])
def test_languages_that_are_not_provisioned_are_left_out_and_named(
    deploy: Deployer, mock: MockDataverse, other: Literal["dropped", "refused"]
) -> None:
    mock.switches.provisioned_languages = (1033, 1036, 1041)
    mock.switches.other_languages = other

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 0
    assert "note: not provisioned here: German, Arabic; names of tables" in outcome.out


def test_where_languages_are_not_told_all_of_ours_are_brought(
    deploy: Deployer, mock: MockDataverse
) -> None:
    asks = "RetrieveProvisionedLanguages"
    mock.faults.add(
        403,
        part=1,
        times=2,
        matching=lambda request: any(asks in part[1] for part in request.parts),
    )

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 0
    assert mock.faults.waiting == 0
    assert "not provisioned" not in outcome.out


def test_everything_at_once_is_deployed_in_the_end(
    deploy: Deployer, deploy_managed: Deployer, mock: MockDataverse, console: Console
) -> None:
    """No steps on settings, nothing unmanaged, two languages missing, an elastic key for ever."""
    mock.switches.unmanaged_blocked = True
    mock.switches.provisioned_languages = (1033, 1031, 1036)
    mock.switches.elastic_key_status = "Pending"

    assert deploy(*SIGN_IN).code == 1
    assert console.writes() == []
    outcome = deploy_managed(*SIGN_IN, "--managed")

    assert outcome.code == 0
    assert "not provisioned here: Japanese, Arabic" in outcome.out


def test_only_what_is_ours_is_published(deploy: Deployer, mock: MockDataverse) -> None:
    mock.switches.new_parts_are_published = False
    put_row(
        mock.env,
        mock.env.schema.written(WEB_RESOURCE),
        THEIRS,
        {"name": "new_/page.html", "webresourcetype": 1, "content": ""},
    )

    deploy(*SIGN_IN)

    published = {row["name"] for row in mock.rows("webresource")}
    assert "new_/page.html" not in published
    assert "cht_/settings.html" in published
    assert [app["uniquename"] for app in mock.rows("appmodule")] == ["cht_CaseHandlingTimeAdmin"]
    assert not any("PublishAllXml" in request.path for request in mock.requests)


@pytest.mark.parametrize("publishable", [True, False])
def test_a_widget_that_is_not_published_by_itself_is_a_note(
    deploy: Deployer, mock: MockDataverse, *, publishable: bool
) -> None:
    mock.switches.controls_are_publishable = publishable

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 0
    assert ("note: Dataverse does not publish the widget by itself" in outcome.out) is (
        not publishable
    )


def test_a_refused_publication_ends_it_in_words(deploy: Deployer, mock: MockDataverse) -> None:
    body = json.dumps({"error": {"code": "0x80040203", "message": "No such dashboard."}})
    mock.fail_next(400, body=body, matching=lambda request: "dashboard" in request.body)

    outcome = deploy(*SIGN_IN)

    assert outcome.code == 1
    assert "deploy: Dataverse refused to publish what the solution brings" in outcome.err
    assert "No such dashboard." in outcome.err
