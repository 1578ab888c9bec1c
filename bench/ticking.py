"""What a minute of ticking costs in the browser, beside the same form without the widget.

Three forms are open for the same minute, each in a process of its own: one with the widget, one
without, and one with nothing but a text that changes every second. The last is the floor: what it
costs a browser to show a new second at all, which without a graphics card is most of it.
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

TICK = """() => {
    const place = [...document.querySelectorAll("h1")].find((each) => each.checkVisibility());
    let seconds = 0;
    setInterval(() => { place.textContent = `${++seconds} sec`; }, 1000);
}"""

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
    with _forms() as forms:
        ticking, *_ = forms
        before = [form.busy_seconds() for form in forms]
        ticking.page.evaluate(WATCH_SHIFTS)
        time.sleep(SECONDS)
        busy = [form.busy_seconds() - begun for form, begun in zip(forms, before, strict=True)]
        shifted = float(ticking.page.evaluate("window.shifted"))
    ours, still, plain = busy
    return [
        Line(
            "CPU of 60 s of ticking, of one core, over a form at rest",
            f"{_percent(ours - still)} ({_percent(ours)} in all)",
            f"{_percent(plain - still)} (a plain text)",
            (ours - still) / (plain - still),
            "≤ 0.5 %",
        ),
        Line("layout shift in 60 s of ticking", f"{shifted:.3f}", aim="0"),
    ]


def _percent(seconds: float) -> str:
    return f"{100 * seconds / SECONDS:.2f} %"


@contextmanager
def _forms() -> Iterator[tuple[Watched, Watched, Watched]]:
    """Open the form with the widget ticking, one at rest, and one with a plain text that ticks."""
    with (
        running(Wishes()) as stack,
        chromium.running(chromium.found()) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.connect_over_cdp(address, no_defaults=True)
        url = f"{stack.addresses.workspace}/?panel=0"
        ticking, still, plain = (_opened(browser, url) for _ in range(3))
        for form in (still, plain):
            form.page.get_by_role("combobox", name="Form").select_option(WITHOUT)
        plain.page.evaluate(TICK)
        ticking.page.get_by_role("switch", name="My time").check()
        expect(ticking.page.get_by_text("Tracking your time")).to_be_visible()
        time.sleep(SETTLING_SECONDS)
        yield ticking, still, plain
        browser.close()


def _opened(browser: Browser, url: str) -> Watched:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    session.send("Performance.enable")
    page.goto(url)
    page.get_by_role("link", name=CASE).click()
    return Watched(page, session)
