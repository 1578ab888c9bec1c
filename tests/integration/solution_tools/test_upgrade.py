"""An administrator deploys again: over an older version, or what was changed since."""

from uuid import UUID

import pytest

from tests.contract.api import Api
from tests.integration.solution_tools.deployer import Deployer, foretold
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

DASHBOARD = 0


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

    (publishing,) = foretold(deploy("--dry-run"))
    assert publishing.startswith("publish all")
    administrator.post("PublishAllXml", {})
    assert foretold(deploy("--dry-run")) == []
