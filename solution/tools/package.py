"""Builds the function app's deployable zip: ``python -m solution.tools.package dist``.

The dependencies are resolved for the Python that we deploy on, not for the one that runs this, so
the zip is deployed as it is, without a remote build. Built twice, it is the same to the byte.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED_PYTHON = "3.13"
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux2014_x86_64")
OURS = ("function_app.py", "host.json", "requirements.txt", "functions", "dataverse_client")
DEPENDENCIES = Path(".python_packages/lib/site-packages")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold, for every file: when it was built is nobody's business."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the function app's deployable zip.")
    parser.add_argument("folder", type=Path, help="where to put it")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "function-app.zip"
    with tempfile.TemporaryDirectory() as staging:
        stage(Path(staging))
        write_zip(Path(staging), target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")  # noqa: T201 - a command's answer


def stage(folder: Path) -> None:
    """Put all that is deployed into a folder, as the platform will find it."""
    for name in OURS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    install_dependencies(folder / DEPENDENCIES)


def install_dependencies(folder: Path) -> None:
    """Install the locked dependencies for the deployed Python and platform."""
    platforms = [option for platform in PLATFORMS for option in ("--platform", platform)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--target", str(folder), "--no-compile", "--only-binary=:all:", *platforms]
    command += ["--python-version", DEPLOYED_PYTHON, "--implementation", "cp"]
    command += ["--require-hashes", "-r", str(ROOT / "requirements.txt")]
    subprocess.run(command, check=True)
    shutil.rmtree(folder / "bin", ignore_errors=True)  # scripts that name this machine's Python


def write_zip(folder: Path, target: Path) -> None:
    """Zip a folder: sorted, without dates, the same every time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), date_time=EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
