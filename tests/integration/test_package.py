"""What is deployed works as it is deployed: unzipped, with nothing of this repository around it."""

import importlib.metadata
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from solution.tools.function_app import DEPENDENCIES, ROOT, function_app
from tests.api.harness import FUNCTIONS

pytest.importorskip(
    "azure_functions_runtime", reason="azure-functions-runtime needs Python 3.13 or later"
)
pytestmark = pytest.mark.integration

ANSWER_SECONDS = 60
WORKER = ("azure-functions-runtime", "azurefunctions-extensions-base")
"""What the platform's worker brings besides what the app depends on."""


def locked() -> dict[str, str]:
    """Return the version of each dependency that is deployed."""
    text = (ROOT / "requirements.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE))


def copy_installed(name: str, folder: Path) -> None:
    """Copy a package of this interpreter; tests reach no package index."""
    for file in importlib.metadata.files(name) or []:
        if ".." not in file.parts and file.suffix != ".pyc":
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), target)


def install(folder: Path) -> None:
    for name in locked():
        copy_installed(name, folder)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the platform finds: the zip, unzipped."""
    folder = tmp_path_factory.mktemp("deployed")
    with zipfile.ZipFile(io.BytesIO(function_app(install))) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the worker's library and what drives it, and no module of ours."""
    folder = tmp_path_factory.mktemp("worker")
    for name in WORKER:
        copy_installed(name, folder)
    (folder / "tests").symlink_to(ROOT / "tests")
    return folder


def functions_of(app: Path, *, worker: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what the runtime says of an app, in a Python without the packages of this one."""
    answer = subprocess.run(
        [sys.executable, "-S", "-m", "tests.integration.functions_runtime", str(app)],
        cwd=worker,
        env={"PYTHONPATH": str(app / DEPENDENCIES), "PYTHONDONTWRITEBYTECODE": "1"},
        input='{"ask": "functions"}\n',
        capture_output=True,
        text=True,
        timeout=ANSWER_SECONDS,
        check=True,
    )
    return json.loads(answer.stdout)


def test_the_packages_that_are_tested_are_those_that_are_deployed() -> None:
    assert {name: importlib.metadata.version(name) for name in locked()} == locked()


def test_the_runtime_finds_every_function_in_the_unzipped_app(deployed: Path, worker: Path) -> None:
    assert functions_of(deployed, worker=worker)["functions"].keys() == FUNCTIONS.keys()


def test_an_app_without_one_of_its_dependencies_would_be_found_out(
    deployed: Path, worker: Path, tmp_path: Path
) -> None:
    shutil.copytree(deployed, tmp_path / "app")
    shutil.rmtree(tmp_path / "app" / DEPENDENCIES / "stamina")

    assert "stamina" in functions_of(tmp_path / "app", worker=worker)["error"]
