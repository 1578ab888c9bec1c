"""What a minute of ticking costs in the browser, beside the same form without the widget.

Both forms are open for the same minute, each in a window of its own with a process of its own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from bench.table import Line
from tests.local_stack.stack import Wishes, running
from tests.scenarios import chromium

SECONDS = 60.0
SETTLING_SECONDS = 5.0
CASE = "Coffee machine grinds but does not brew"
WITHOUT = "Case without handling time"

WATCH_SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) { window.shifted += entry.value; }
    }).observe({ type: "layout-shift", buffered: false });
}"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A page and the way to its counters."""

    page: Page
    session: CDPSession

    def busy_seconds(self) -> float:
        """Return how long the page's main thread has worked so far."""
        answer = self.session.send("Performance.getMetrics")
        return next(
            float(each["value"]) for each in answer["metrics"] if each["name"] == "TaskDuration"
        )


def measure() -> list[Line]:
    with _workspaces() as (ticking, still):
        before = ticking.busy_seconds(), still.busy_seconds()
        ticking.page.evaluate(WATCH_SHIFTS)
        time.sleep(SECONDS)
        ours = ticking.busy_seconds() - before[0]
        floor = still.busy_seconds() - before[1]
        shifted = float(ticking.page.evaluate("window.shifted"))
    share = (ours - floor) / SECONDS
    return [
        Line(
            "CPU of 60 s of ticking, of one core",
            f"{100 * ours / SECONDS:.2f} %",
            f"{100 * floor / SECONDS:.2f} % (form without it)",
            share / 0.005,
            "≤ 1 (of 0.5 %)",
        ),
        Line("layout shift in 60 s of ticking", f"{shifted:.3f}", aim="0"),
    ]


@contextmanager
def _workspaces() -> Iterator[tuple[Watched, Watched]]:
    with (
        running(Wishes()) as stack,
        chromium.running(chromium.found()) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.connect_over_cdp(address, no_defaults=True)
        url = f"{stack.addresses.workspace}/?panel=0"
        ticking, still = _opened(browser, url), _opened(browser, url)
        still.page.get_by_role("combobox", name="Form").select_option(WITHOUT)
        ticking.page.get_by_role("switch", name="My time").check()
        expect(ticking.page.get_by_text("Tracking your time")).to_be_visible()
        time.sleep(SETTLING_SECONDS)
        yield ticking, still
        browser.close()


def _opened(browser: Browser, url: str) -> Watched:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    session.send("Performance.enable")
    page.goto(url)
    page.get_by_role("link", name=CASE).click()
    return Watched(page, session)
