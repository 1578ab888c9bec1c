"""Build the function app's deployable zip.

The dependencies are resolved for the Python that we deploy on, not for the one that runs this, so
the zip is deployed as it is, without a remote build. Built twice, it is the same to the byte.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from solution.tools.archive import read_folder, write_file, zipped
from solution.tools.errors import SolutionError

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED_PYTHON = "3.13"
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux2014_x86_64")
OURS = ("function_app.py", "host.json", "requirements.txt", "functions", "dataverse_client")
DEPENDENCIES = Path(".python_packages/lib/site-packages")
"""Where the platform's worker looks for what an app brings along."""
NAME = "function-app.zip"

Install = Callable[[Path], None]
"""Puts the dependencies into a folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help=f"where to put {NAME}")


def run(arguments: argparse.Namespace) -> int:
    target: Path = arguments.folder / NAME
    content = function_app(install_dependencies)
    write_file(target, content)
    print(f"{target}: {len(content) / 1e6:.1f} MB")
    return 0


def function_app(install: Install) -> bytes:
    """Return the zip: our modules, and beside them what ``install`` puts there."""
    with tempfile.TemporaryDirectory() as staging:
        stage(Path(staging), install)
        return zipped(read_folder(Path(staging)))


def stage(folder: Path, install: Install) -> None:
    """Put all that is deployed into a folder, as the platform will find it."""
    for name in OURS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    dependencies = folder / DEPENDENCIES
    install(dependencies)
    # Scripts name the Python of the machine that built them, and records hold their checksums.
    shutil.rmtree(dependencies / "bin", ignore_errors=True)
    for record in dependencies.glob("*.dist-info/RECORD"):
        record.unlink()


def install_dependencies(folder: Path) -> None:
    """Install the locked dependencies for the deployed Python and platform.

    Raises:
        SolutionError: pip could not; what it says stands above.
    """
    platforms = [option for platform in PLATFORMS for option in ("--platform", platform)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--target", str(folder), "--no-compile", "--only-binary=:all:", *platforms]
    command += ["--python-version", DEPLOYED_PYTHON, "--implementation", "cp"]
    command += ["--require-hashes", "-r", str(ROOT / "requirements.txt")]
    if subprocess.run(command, check=False).returncode != 0:
        raise SolutionError("pip could not install the dependencies of the function app")
