"""The widget as a representative sees it: by roles and words, nothing of its inside."""

import re

from playwright.sync_api import Locator, Page, expect


class Widget:
    """The widget on the case form in front."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def root(self) -> Locator:
        return self._page.get_by_role("region", name="Case handling time").filter(visible=True)

    @property
    def status(self) -> Locator:
        """What a screen reader is told about the tracking."""
        return self.root.get_by_role("status")

    @property
    def timer(self) -> Locator:
        return self.root.get_by_role("timer")

    @property
    def my_time(self) -> Locator:
        return self.root.get_by_role("switch", name="My time")

    @property
    def refresh(self) -> Locator:
        return self.root.get_by_role("button", name="Refresh", exact=True)

    def figure(self, label: str) -> Locator:
        """Return the value beside a label of the breakdown."""
        term = self.root.get_by_role("term").filter(has_text=re.compile(f"^{re.escape(label)}$"))
        return term.locator("xpath=following-sibling::dd[1]")

    def history(self, title: str) -> Locator:
        """Return one of the three lists of the history with its heading."""
        return self.root.get_by_role("region", name=title, exact=True)

    def entries(self, title: str) -> Locator:
        return self.history(title).locator("ul").first.locator(":scope > li")

    def runs(self) -> None:
        expect(self.root.get_by_text("Tracking your time", exact=False)).to_be_visible()

    def stands_still(self, why: str) -> None:
        expect(self.root.get_by_text(why)).to_be_visible()

    def shows(self, **figures: str) -> None:
        """Expect figures: ``total``, ``automatic``, ``manual``, ``logs``, ``activities``."""
        for name, text in figures.items():
            place = self.timer if name == "total" else self.figure(LABELS[name])
            expect(place).to_have_text(text)


LABELS = {
    "automatic": "Automatic time",
    "manual": "Manual time",
    "logs": "Time logs",
    "activities": "Activities",
}
