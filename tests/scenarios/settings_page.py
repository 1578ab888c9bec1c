"""The pages of the admin app, with what an administrator does on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlencode

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.local_stack.form_session import COOKIE
from tests.scenarios.office import Office

ADMINISTRATOR = "erik"


class SettingsPage:
    """The page in the frame that the admin app gives it. Acts end when all they caused arrived."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office = office
        self.page = page

    @classmethod
    def opened(cls, office: Office, **options: str) -> "SettingsPage":
        """Open the admin app in a tab of its own; the options are those of the page's address."""
        settings = cls(office, office.context.new_page())
        query = urlencode({"app": "admin", "user": ADMINISTRATOR, "theme": "light", **options})
        settings.page.goto(f"{office.stack.addresses.workspace}/?{query}")
        settings.page.bring_to_front()
        office.settle()
        return settings

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def preview(self) -> Locator:
        return self.frame.get_by_role("region", name="What representatives will see")

    @property
    def outcome(self) -> Locator:
        """What the page says about the last save."""
        return self.frame.get_by_role("status")

    def setting(self, label: str) -> Locator:
        return self.frame.get_by_role("group", name=label)

    def show(self, scope: str) -> None:
        """Choose for whom: an app or the whole environment, by the beginning of its name."""
        field = self.frame.get_by_label("Settings for")
        option = field.get_by_role("option", name=scope)
        field.select_option(value=option.get_attribute("value"))

    def choose(self, label: str, answer: str) -> None:
        self.setting(label).get_by_role("radio", name=answer, exact=True).check()

    def inherit(self, label: str) -> None:
        self.setting(label).get_by_role("radio").first.check()

    def enter(self, label: str, value: str) -> None:
        self.setting(label).get_by_label(label).fill(value)

    def save(self) -> None:
        self.frame.get_by_role("button", name="Save", exact=True).click()
        self.office.settle()

    def saves(self) -> None:
        self.save()
        expect(self.outcome).to_contain_text("Saved: ")

    @contextmanager
    def in_front(self) -> Iterator[None]:
        """Let the administrator work; who was signed in in this browser is again afterwards."""
        before = self._signed_in()
        self._sign_in(ADMINISTRATOR)
        self.page.bring_to_front()
        self.office.settle()
        yield
        self._sign_in(before)

    def _signed_in(self) -> str:
        cookies = {each["name"]: each["value"] for each in self.office.context.cookies()}
        return cookies[COOKIE]

    def _sign_in(self, alias: str) -> None:
        url = self.office.stack.addresses.workspace
        self.office.context.add_cookies([{"name": COOKIE, "value": alias, "url": url}])


def opened_alone(
    office: Office, name: Literal["settings", "health"], *, language: int, width: int, **more: str
) -> Page:
    """Open one of the pages without the app around it, as the administrator."""
    page = office.context.new_page()
    origin = office.stack.addresses.workspace
    office.context.add_cookies([{"name": COOKIE, "value": ADMINISTRATOR, "url": origin}])
    page.set_viewport_size({"width": width, "height": 900})
    query = urlencode({"userlcid": language, **more})
    page.goto(f"{origin}/WebResources/cht_/{name}.html?{query}")
    page.bring_to_front()
    office.settle()
    return page


def cut_or_wide(page: Page) -> list[str]:
    """Return what of a page is wider than where it stands."""
    found: list[str] = page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll("body *")]
          .filter((each) => each.getClientRects().length > 0 && each.clientWidth > 1)
          .filter((each) => each.scrollWidth > each.clientWidth + 1)
          .map((each) => `${each.tagName} ${each.className} ${each.textContent}`.slice(0, 120))"""
    )
    return found
