"""Takes the pictures in ``docs/images``: ``python -m tests.scenarios.pictures``."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ViewportSize, sync_playwright

from tests.local_stack.children import ROOT
from tests.local_stack.office.cases import case_id
from tests.scenarios import chromium, office, stack
from tests.scenarios.cases import COFFEE, NETWORK, PARCEL
from tests.scenarios.desk import Desk
from tests.scenarios.office import Office
from tests.scenarios.settings_page import SettingsPage, opened_alone

FOLDER = ROOT / "docs" / "images"
WIDE: ViewportSize = {"width": 1280, "height": 900}
TALL: ViewportSize = {"width": 1280, "height": 1300}
TALLEST = 1000
"""As much of a long history as a picture needs."""

NARROW: ViewportSize = {"width": 320, "height": 1600}
NETWORK_ID = str(case_id(2))


@contextmanager
def _day(browser_address: str) -> Iterator[Office]:
    """Begin a day in an office in which work was done before."""
    with (
        sync_playwright() as driver,
        stack.running(with_work=True) as running,
    ):
        browser = driver.chromium.connect_over_cdp(browser_address, no_defaults=True)
        with office.opened(running, browser) as day:
            yield day
        browser.close()


@contextmanager
def _desk(browser_address: str, **options: str) -> Iterator[Desk]:
    """Open the workspace on such a day."""
    with _day(browser_address) as day:
        desk = Desk(day, day.context.new_page())
        desk.page.set_viewport_size(WIDE)
        desk.page.emulate_media(reduced_motion="reduce")
        desk.go(**options)
        yield desk


def _of_widget(desk: Desk, name: str) -> None:
    card = desk.page.locator("section[aria-labelledby^=cht-case-time-]").filter(visible=True)
    box = card.bounding_box()
    if box is None:
        raise AssertionError("there is no widget to be seen")
    box["height"] = min(box["height"], TALLEST)
    desk.page.screenshot(path=FOLDER / f"widget-{name}.png", clip=box)


def _of_page(desk: Desk, name: str) -> None:
    desk.page.screenshot(path=FOLDER / f"{name}.png")


def _states_of_the_widget(address: str) -> None:
    with _desk(address) as desk:
        desk.open_case(NETWORK)
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "tracking")
        desk.turn_my_time(on=True)
        desk.work(minutes=1, seconds=7)
        _of_widget(desk, "my-time")
        desk.open_history()
        desk.page.set_viewport_size(TALL)
        desk.work(seconds=1)
        _of_widget(desk, "history")
        desk.page.set_viewport_size(WIDE)
        desk.open_correction()
        desk.work(seconds=1)
        _of_page(desk, "edit-automatic-time")
        desk.page.keyboard.press("Escape")
        desk.work(seconds=1)
        desk.close_history()
        desk.open_time_log()
        desk.work(seconds=1)
        _of_page(desk, "add-time-log")
        desk.page.keyboard.press("Escape")
        desk.work(seconds=1)
        desk.go_offline()
        desk.work(minutes=21)
        _of_widget(desk, "offline")
        desk.go_online()
        desk.work(minutes=6)
        desk.open_case(PARCEL)
        desk.work(seconds=3)
        _of_widget(desk, "resolved")


def _workspace(address: str) -> None:
    with _desk(address, panel="1") as desk:
        desk.open_case(COFFEE)
        desk.work(minutes=25)
        desk.open_case(NETWORK)
        desk.work(minutes=18)
        desk.open_child_case()
        desk.work(minutes=12)
        _of_page(desk, "workspace")


def _looks(address: str) -> None:
    with _desk(address, theme="dark", case=NETWORK_ID) as desk:
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "dark")
    with _desk(address, lang="ar", case=NETWORK_ID) as desk:
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "arabic")
    with _desk(address, case=NETWORK_ID) as desk:
        desk.page.set_viewport_size(NARROW)
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "narrow")
    with _desk(address, policy="strict", case=NETWORK_ID) as desk:
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "without-sign-in")
    with _desk(address, case=NETWORK_ID) as desk:
        desk.page.emulate_media(forced_colors="active")
        desk.work(minutes=10, seconds=42)
        _of_widget(desk, "forced-colours")


def _admin_pages(address: str) -> None:
    with _day(address) as day:
        day.stack.mock.setting("cht_UpdateIntervalMinutes", "15")
        settings = SettingsPage.opened(day)
        settings.page.set_viewport_size(WIDE)
        settings.show("Customer Service Hub")
        settings.choose("Show the My time toggle", "No")
        settings.enter("Update interval (minutes)", "20")
        settings.page.screenshot(path=FOLDER / "settings-page.png")
        dark = opened_alone(day, "settings", language=1033, width=1280)
        dark.emulate_media(color_scheme="dark")
        dark.screenshot(path=FOLDER / "settings-page-dark.png")
        arabic = opened_alone(day, "settings", language=1025, width=1280)
        arabic.screenshot(path=FOLDER / "settings-page-arabic.png")
        narrow = opened_alone(day, "settings", language=1033, width=320)
        narrow.screenshot(path=FOLDER / "settings-page-narrow.png")
        health = opened_alone(day, "health", language=1033, width=1000)
        health.screenshot(path=FOLDER / "health-page.png")


def main() -> None:
    """Take every picture anew."""
    with chromium.running(chromium.found()) as address:
        for take in (_states_of_the_widget, _workspace, _looks, _admin_pages):
            take(address)


if __name__ == "__main__":
    main()
