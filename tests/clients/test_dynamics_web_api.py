"""DynamicsWebApi (npm), which a program of tests in JavaScript drives against the mock."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve

FOLDER = Path(__file__).parent


@pytest.mark.integration
@pytest.mark.enable_socket
def test_dynamics_web_api_finds_a_dataverse() -> None:
    node = shutil.which("node")
    assert node, "node is needed"
    installed = FOLDER / "node_modules/dynamics-web-api"
    assert installed.is_dir(), "make tests/clients/node_modules/installed"
    programs = sorted((FOLDER / "dynamics_web_api").glob("*.test.mjs"))
    mock = MockDataverse()

    with serve(mock) as served:
        environment = os.environ | {"DATAVERSE_URL": served.url, "DATAVERSE_TOKEN": ADMIN_TOKEN}
        run = subprocess.run(
            [node, "--test", "--test-reporter=spec", *map(str, programs)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    mock.close()

    assert run.returncode == 0, run.stdout + run.stderr
