"""Zips that are the same whenever they hold the same, and files that are never half there."""

import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from solution.tools.errors import SolutionError

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold, for every file: when it was built is nobody's business."""

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading raises: no zip, damaged, cut off, encrypted or packed in an unknown way."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files by their path: sorted, files of the root first, without dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: ("/" in name, name)):
            entry = zipfile.ZipInfo(name, date_time=EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on Unix, so that every machine writes the same
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Return the files of a zip by their path; folders are left out.

    Raises:
        SolutionError: it cannot be read, names a file twice, or a path leads out of it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            names = [name for name in opened.namelist() if not name.endswith("/")]
            for name in names:
                refuse_to_leave(name)
            if len(set(names)) != len(names):
                raise SolutionError("the zip holds a file twice")
            return {name: opened.read(name) for name in names}
    except UNREADABLE as error:
        raise SolutionError(f"this is no zip that can be read: {error}") from error


def refuse_to_leave(name: str) -> None:
    """Refuse a path that would be written outside the folder it is meant for.

    Raises:
        SolutionError: the path is absolute, goes up, or is one only on Windows.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise SolutionError(f"{name!r} would be written outside of the folder")


def write_file(target: Path, content: bytes) -> None:
    """Put a file in place whole: who looks sees the old one or the new one, never half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        draft.chmod(0o644)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
