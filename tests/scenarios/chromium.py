"""Finds a Chromium, starts it, and installs one where there is none.

``python -m tests.scenarios.chromium`` installs one if it has to.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "CHT_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 60
END_SECONDS = 10
LOOK_EVERY_SECONDS = 0.02
AS_LONG_AS_WE_LIVE = ("/bin/sh", "-c", 'exec "$0" "$@" 3<&0 4>/dev/null')
"""A browser with a debugging pipe ends when the other end of the pipe is gone."""

ARGUMENTS = (
    "--headless",
    "--remote-debugging-pipe",
    "--remote-debugging-port=0",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-sandbox",  # root, as in a container, may not have one
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    "--lang=en-US",
    "about:blank",
)


class NoChromiumError(Exception):
    """There is no browser to test with, or it does not start."""


def find() -> Path | None:
    """Return the Chromium that is named, on the path, or Playwright's own."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def found() -> Path:
    """Return a Chromium.

    Raises:
        NoChromiumError: there is none.
    """
    executable = find()
    if executable is None:
        raise NoChromiumError(
            f"no Chromium was found: set {VARIABLE}, or run `python -m tests.scenarios.chromium`"
        )
    return executable


def install() -> None:
    """Install Debian's Chromium where that is possible, else the one Playwright offers.

    Raises:
        NoChromiumError: neither could be had.
    """
    apt = shutil.which("apt-get")
    try:
        if apt and os.geteuid() == 0:
            subprocess.run([apt, "update"], check=True)
            subprocess.run(
                [apt, "install", "-y", "--no-install-recommends", "chromium"], check=True
            )
        else:
            own = [sys.executable, "-m", "playwright", "install", "chromium"]
            subprocess.run(own, check=True)
    except subprocess.CalledProcessError as error:
        raise NoChromiumError(f"Chromium could not be installed: {error}") from error


@contextmanager
def running(executable: Path) -> Iterator[str]:
    """Run a browser with a profile of its own until the block ends; yields where it listens.

    Raises:
        NoChromiumError: it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="cht-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [*AS_LONG_AS_WE_LIVE, str(executable), f"--user-data-dir={profile}", *ARGUMENTS],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield _address(process, Path(profile) / "DevToolsActivePort")
        finally:
            _end(process)
            if process.stdin:
                process.stdin.close()


def _address(process: "subprocess.Popen[bytes]", announcement: Path) -> str:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            raise NoChromiumError(f"the browser ended with code {process.returncode}")
        lines = announcement.read_text().splitlines() if announcement.exists() else []
        if len(lines) > 1:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(LOOK_EVERY_SECONDS)
    raise NoChromiumError(f"the browser did not start within {START_SECONDS} s")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the browser with the processes it started: ask, then insist."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(END_SECONDS)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def main() -> None:
    """Install a Chromium unless there is one."""
    try:
        if find() is None:
            install()
        print(found())  # noqa: T201 - what the command is asked for
    except NoChromiumError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
