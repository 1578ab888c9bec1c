"""The day of a scenario: the stack, one browser, and the time that passes in both at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.scenarios.evidence import Evidence
from tests.scenarios.stack import Stack
from tests.scenarios.stepped_clock import START

BEFORE_START = timedelta(seconds=1)
"""The browser's clock can only be stopped a moment after it was taken over."""

STEP_SECONDS = 5
"""The servers' clock stands still within a step: no call may wait as long as they have patience."""

CALM_ROUNDS = 3
ROUNDS_AFTER_THE_LAST_WORD = 20
"""What a page sends as it goes can be seen only when it arrives."""

ROUND_SECONDS = 0.02
SETTLE_SECONDS = 30

BREATHING = """
(() => {
  // The real frames and the real clock: the page's own are taken over.
  const frame = window.requestAnimationFrame.bind(window);
  const now = performance.now.bind(performance);
  const turn = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); done(); };
    port2.postMessage(0);
  });
  const turns = async (ms) => { const until = now() + ms; do await turn(); while (now() < until); };
  window.breathe = async () => {
    if (document.visibilityState === "visible") {
      await Promise.race([new Promise(frame), turns(100)]);
    }
    await turns(4);
  };
})();
"""


class Office:
    """Moves the clocks of browser and servers together, and waits until nothing is under way."""

    def __init__(self, stack: Stack, context: BrowserContext) -> None:
        self.stack = stack
        self.context = context
        self.evidence = Evidence(stack.mock)
        self.errors: list[str] = []
        self._now = START
        self._begun = 0
        self._under_way: dict[Page, set[Request]] = {}
        context.on("page", self._watch)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def setting(self, name: str, value: object) -> None:
        """Set what administrators set, by the setting's name without its prefix."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        self.stack.mock.setting(f"cht_{name}", text)

    def pass_time(self, seconds: float, *, step: float = STEP_SECONDS) -> None:
        """Let time pass everywhere, in steps, so that answers come soon after their questions."""
        self.settle()
        left = seconds
        while left > 0:
            part = min(step, left)
            begun = self._begun
            self.context.clock.run_for(round(part * 1000))
            self._turn()
            if self._begun != begun or self._busy:
                self.settle()
            self._moved(part)
            left -= part
        self.settle()

    def sleep(self, seconds: float) -> None:
        """Close the lid: time passes and nothing runs, then timers that are due run once."""
        self.settle()
        self.context.clock.fast_forward(round(seconds * 1000))
        self._moved(seconds)
        self.settle()

    def settle(self, rounds: int = CALM_ROUNDS) -> None:
        """Return when no call is under way and a few turns of every page brought no new one.

        Raises:
            TimeoutError: that does not come to be.
        """
        give_up_at = time.monotonic() + SETTLE_SECONDS
        calm = 0
        seen = self._activity()
        while calm < rounds:
            if time.monotonic() > give_up_at:
                urls = [each.url for page in self._under_way.values() for each in page]
                raise TimeoutError(f"still under way: {urls}, {self.stack.traffic.under_way}")
            self._breathe()
            now = self._activity()
            calm = 0 if self._busy or now != seen else calm + 1
            seen = now

    def _watch(self, page: Page) -> None:
        under_way = self._under_way.setdefault(page, set())

        def begin(request: Request) -> None:
            self._begun += 1
            under_way.add(request)

        def end(request: Request) -> None:
            under_way.discard(request)

        page.on("request", begin)
        page.on("requestfinished", end)
        page.on("requestfailed", end)
        page.on("close", self._gone)
        page.on("crash", self._gone)

    def _gone(self, page: Page) -> None:
        """What a page was waiting for when it ended no longer concerns anybody."""
        self._under_way.pop(page, None)

    @contextmanager
    def last_words(self) -> Iterator[None]:
        """Let what a page sends as it goes within the block arrive too, over a slow line."""
        with self.stack.traffic.slow_line():
            yield
            self.settle(ROUNDS_AFTER_THE_LAST_WORD)

    @property
    def _busy(self) -> bool:
        return any(self._under_way.values()) or self.stack.traffic.under_way > 0

    def _activity(self) -> tuple[int, int]:
        return self._begun, len(self.stack.traffic.calls)

    def _moved(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self.stack.clock.follow(self._now)

    def _turn(self) -> None:
        """Give what a step began the time to begin, as far as that takes no frame."""
        for page in self._alive():
            page.evaluate("() => 0")

    def _breathe(self) -> None:
        alive = self._alive()
        for page in alive:
            page.evaluate("() => window.breathe?.()")
        if not alive:
            time.sleep(ROUND_SECONDS)

    def _alive(self) -> list[Page]:
        return [page for page in self.context.pages if page.url.startswith("http")]


@contextmanager
def opened(stack: Stack, browser: Browser) -> Iterator[Office]:
    """Begin a day in a browser that was just connected to, and leave nothing in it.

    The clocks of a context cannot be set back, so no two days share a connection.
    """
    (context,) = browser.contexts
    first, *_ = context.pages
    context.add_init_script(BREATHING)
    context.clock.install(time=START - BEFORE_START)
    context.clock.pause_at(START)
    office = Office(stack, context)
    try:
        yield office
    finally:
        for page in context.pages:
            if page is not first:
                page.close()
        context.clear_cookies()
        session = context.new_cdp_session(first)
        session.send(
            "Storage.clearDataForOrigin",
            {"origin": stack.addresses.workspace, "storageTypes": "all"},
        )
        session.detach()
