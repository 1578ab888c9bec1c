from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.scenarios import chromium, office, stack
from tests.scenarios.desk import Desk
from tests.scenarios.office import Office
from tests.scenarios.stack import Stack

PATIENCE_MS = 10_000

OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    """End with the last scenario: it leaves an event loop running, which others trip over."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser_address() -> Iterator[str]:
    with chromium.running(chromium.found()) as address:
        yield address


@pytest.fixture
def stack_of_the_day() -> Iterator[Stack]:
    with stack.running() as running:
        yield running


@pytest.fixture
def day(driver: Playwright, browser_address: str, stack_of_the_day: Stack) -> Iterator[Office]:
    browser = driver.chromium.connect_over_cdp(browser_address, no_defaults=True)
    try:
        browser.contexts[0].set_default_timeout(PATIENCE_MS)
        with office.opened(stack_of_the_day, browser) as day:
            yield day
            assert day.errors == []
    finally:
        browser.close()


@pytest.fixture
def open_desk(day: Office, app: str) -> OpenDesk:
    """Open a window in the scenario's app; the options are those of the page's address."""

    def open_desk(**options: str) -> Desk:
        return Desk.opened(day, app=app, **options)

    return open_desk


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    return open_desk()
